"""Merging two partijen, and taking that back: one transaction, and exactly what it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from loket.grammar.change import Change
from loket.grammar.writing import adjust, follow
from loket.kernel.clock import now
from loket.kernel.problems import Conflict
from loket.ledger.database import fetch
from loket.registers.klantinteracties.betrokkene import betrokkenen
from loket.registers.klantinteracties.categorierelatie import categorie_relaties
from loket.registers.klantinteracties.digitaaladres import digitaleadressen
from loket.registers.klantinteracties.partij import partijen
from loket.registers.klantinteracties.partijidentificator import partij_identificatoren
from loket.registers.klantinteracties.rekeningnummer import rekeningnummers
from loket.registers.klantinteracties.samenvoeging import samenvoegingen
from loket.registers.klantinteracties.vertegenwoordiging import vertegenwoordigingen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

Step = tuple["Resource", Any, str, Any]
"""One field of one record, and what it becomes."""

PAIR = ("vertegenwoordigende_partij", "vertegenwoordigde_partij")
REFERS: tuple[tuple[Resource, str], ...] = (
    (betrokkenen, "was_partij"),
    (digitaleadressen, "verstrekt_door_partij"),
    (rekeningnummers, "partij"),
    (partij_identificatoren, "identificeerde_partij"),
    (categorie_relaties, "partij"),
    *((vertegenwoordigingen, name) for name in PAIR),
    (partijen, "werkte_voor_partij"),
)
"""What refers to a partij, and goes along when it is merged."""

_BY_NAME: dict[str, Resource] = {resource.name: resource for resource, _ in REFERS}


def merge(
    actor: Actor, call: Call, stays: Any, goes: Any, *, grond: str, bewijs: Sequence[str]
) -> Any:
    """Let one partij go into another, and note of all that changes what it was."""
    change = Change(partijen, actor, "partial_update", call, stays)
    noted = []
    for resource, record, name, value in _steps(stays, goes):
        note = {"soort": resource.name, "uuid": str(record.pk), "veld": name}
        noted.append({**note, "was": _text(record, name), "werd": _plain(value)})
        adjust(resource, record, change, **{name: value})
    who = actor.user_label or actor.user or actor.label or actor.id
    return follow(
        samenvoegingen, change, blijvende_partij=stays, opgegane_partij=goes, grond=grond,
        bewijs=list(bewijs), door=who[:255], samengevoegd_op=now(), verplaatst=noted,
        ongedaan_grond="",
    )  # fmt: skip


def unmerge(actor: Actor, call: Call, merged: Any, *, grond: str) -> Any:
    """Set back what a merge changed, unless it was changed again since; the last merge first."""
    if merged.ongedaan_op is not None:
        raise Conflict("Deze samenvoeging is al ongedaan gemaakt.")
    if merged.blijvende_partij.opgegaan_in_id is not None:
        raise Conflict("De partij die bleef, is later zelf opgegaan; maak dat eerst ongedaan.")
    change = Change(samenvoegingen, actor, "partial_update", call, merged)
    for note in reversed(merged.verplaatst):
        resource = _BY_NAME[note["soort"]]
        record: Any = fetch(resource.record, UUID(note["uuid"]), lock=True)
        if record is not None and _text(record, note["veld"]) == note["werd"]:
            adjust(resource, record, change, **{note["veld"]: _value(resource, note)})
    adjust(samenvoegingen, merged, change, ongedaan_op=now(), ongedaan_grond=grond)
    return merged


def _steps(stays: Any, goes: Any) -> Iterator[Step]:
    """Yield what a merge changes, in the order in which it can be done."""
    for resource, name in REFERS:
        model: Any = resource.record
        for record in model.objects.filter(**{f"{name}_id": goes.pk}).order_by("pk"):
            if resource is vertegenwoordigingen and _is_there(record, name, stays):
                continue  # it stays where it is: what it says, the other says already
            if resource is digitaleadressen and _is_second_default(record, stays):
                yield resource, record, "is_standaard_adres", False
            yield resource, record, name, stays
    yield partijen, goes, "indicatie_actief", False
    yield partijen, goes, "opgegaan_in", stays


def _is_there(record: Any, name: str, stays: Any) -> bool:
    """Tell whether a representation would be there twice, or of somebody by himself."""
    keys = {f"{each}_id": getattr(record, f"{each}_id") for each in PAIR} | {f"{name}_id": stays.pk}
    return len(set(keys.values())) == 1 or type(record).objects.filter(**keys).exists()


def _is_second_default(record: Any, stays: Any) -> bool:
    """Tell whether an address would be the second default of its kind."""
    there = type(record).objects.filter(
        verstrekt_door_partij=stays,
        soort_digitaal_adres=record.soort_digitaal_adres,
        is_standaard_adres=True,
    )
    return bool(record.is_standaard_adres and there.exists())


def _text(record: Any, name: str) -> str:
    """Return what a field holds, as it is noted."""
    return _plain(getattr(record, f"{name}_id" if hasattr(record, f"{name}_id") else name))


def _plain(value: Any) -> str:
    value = getattr(value, "pk", value)
    return "" if value is None else str(value)


def _value(resource: Resource, note: dict[str, str]) -> Any:
    """Return what was noted, as the field holds it."""
    related: Any = resource.record._meta.get_field(note["veld"]).related_model
    if related is None:
        return note["was"] == "True"
    return fetch(related, UUID(note["was"])) if note["was"] else None
