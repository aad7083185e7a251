"""Whether a version of a type can be published: what still lacks, and what it will close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NoReturn

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.problems import Invalid
from loket.ledger.database import atomic
from loket.registers.catalogi.publiceren import publicaties
from loket.registers.catalogi.soorten import DELEN, TYPEN, parts_of
from loket.registers.catalogi.versie import other_versions
from loket.registers.catalogi.zaaktype import zaaktypen

if TYPE_CHECKING:
    from datetime import date

    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor

_WANTED: Final = {
    "statustypen": "Er zijn geen statustypen: een zaak kan geen status krijgen en niet sluiten.",
    "resultaattypen": "Er zijn geen resultaattypen: een zaak kan geen resultaat krijgen.",
    "roltypen": "Er zijn geen roltypen: een zaak kan geen initiator of behandelaar krijgen.",
}


@dataclass(frozen=True)
class Lack:
    """What still lacks: the reason, and where to mend it.

    `field` is the field on the wire, `part` the kind of part, `concept` the other type (its path
    and key) that must be published first. `stops` says whether publication is refused for it.
    """

    reason: str
    stops: bool = True
    field: str = ""
    part: str = ""
    concept: tuple[str, str] | None = None


@dataclass(frozen=True)
class Closing:
    """The version that publication ends, and its last day."""

    version: Any
    last_day: date


class _RehearsedError(Exception):
    """The publication went well, and is taken back."""


def publication(resource: Resource) -> Any:
    """Return the command that publishes a type."""
    return next(each for each in publicaties if each.of is resource)


def lacking(resource: Resource, version: Any, actor: Actor) -> list[Lack]:
    """Return what still lacks; whatever publication itself refuses is among it.

    Publication is rehearsed and taken back, so that this never says anything else than the door.
    """
    found = [_lack(resource, version, fault) for fault in _refused(resource, version, actor)]
    if resource is zaaktypen:
        for path, reason in _WANTED.items():
            if not parts_of(DELEN[path], version):
                found.append(Lack(reason, stops=False, part=path))
    return found


def _refused(resource: Resource, version: Any, actor: Actor) -> tuple[Any, ...]:
    try:
        with atomic():
            publication(resource).run(actor, Call(base=HOUSE, key=version.pk))
            _take_back()
    except _RehearsedError:
        return ()
    except Invalid as problem:
        return problem.faults


def _take_back() -> NoReturn:
    raise _RehearsedError


def _lack(resource: Resource, version: Any, fault: Any) -> Lack:
    if fault.code == "concept-relation":
        for path, concept in _concepts(resource, version):
            if f"'{concept.omschrijving}'" in fault.reason:
                return Lack(fault.reason, concept=(path, str(concept.pk)))
    return Lack(fault.reason, field=fault.name)


def _concepts(resource: Resource, version: Any) -> list[tuple[str, Any]]:
    """Return the types that a version names, in the versions that are not published yet."""
    found = []
    for path, names in _names(resource, version).items():
        target = TYPEN[path]
        record: Any = target.record
        found += [
            (path, each)
            for each in record.objects.filter(
                catalogus_id=version.catalogus_id, concept=True, omschrijving__in=names
            ).order_by("omschrijving", "begin_geldigheid")
        ]
    return found


def _names(resource: Resource, version: Any) -> dict[str, list[str]]:
    if resource is zaaktypen:
        documents = parts_of(DELEN["zaaktype-informatieobjecttypen"], version)
        return {
            "besluittypen": version.besluittypen,
            "informatieobjecttypen": [each.informatieobjecttype for each in documents],
        }
    return {"informatieobjecttypen": getattr(version, "informatieobjecttypen", [])}


def closing(version: Any) -> Closing | None:
    """Return the version that ends when this one is published, if one does."""
    previous = other_versions(version).filter(
        einde_geldigheid=None, begin_geldigheid__lt=version.begin_geldigheid
    )
    found = previous.order_by("-begin_geldigheid").first()
    return found and Closing(found, version.begin_geldigheid - timedelta(days=1))
