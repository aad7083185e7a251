"""Kanaal: about what notifications are sent; the house makes one for each of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.change import HOUSE
from loket.grammar.record import Record
from loket.grammar.register import registers
from loket.grammar.resource import Call, Resource
from loket.grammar.words import camel
from loket.ledger.database import rows
from loket.registers.notificaties.register import NOTIFICATIES, PUBLICEREN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.kernel.actor import Actor

EIGEN = {
    "catalogi": ("zaaktypen", "besluittypen", "informatieobjecttypen"),
    "klantinteracties": ("partijen", "internetaken", "klantcontacten"),
}
"""Registers with a kanaal for some of their resources, and of the others none."""


class Kanaal(Record):
    """Waarover notificaties gaan, en waarop een abonnement kan kiezen."""

    naam = field.text("De naam.", 50)
    documentatie_link = field.url("Waar het kanaal beschreven staat.", 200, optional=True)
    filters = field.many(
        field.text("Een kenmerk.", 100), "De kenmerken waarop gekozen kan worden.", optional=True
    )

    class Meta:
        verbose_name_plural = "kanalen"
        constraints: ClassVar = [models.UniqueConstraint(fields=["naam"], name="kanaal_naam")]

    def __str__(self) -> str:
        return str(self.naam)


kanalen = Resource(
    NOTIFICATIES,
    "kanaal",
    Kanaal,
    verbs=("list", "retrieve", "create", "update", "partial_update"),
    filters=["naam"],
    default_order="naam",
    paged=False,
    unique={"kanaal_naam": ("naam", "unique")},
    scopes=dict.fromkeys(("create", "update", "partial_update"), PUBLICEREN),
)

audit_commands(kanalen)


def van(register: str, main_resource: str, resource: str) -> str:
    """Return the kanaal of what happened to a record; nothing when nobody is told of it."""
    if register in EIGEN:
        return next((each for each in (resource, main_resource) if each in EIGEN[register]), "")
    return next((each.kanaal for each in registers.values() if each.name == register), "")


def kenmerk(path: str) -> str:
    """Return how a kenmerk is called in a message: `zaaktype.catalogus`."""
    return ".".join(camel(step) for step in path.split("."))


def _eigen() -> Iterator[tuple[str, list[str]]]:
    """Yield the kanalen of the house, with the kenmerken of what they are about."""
    for each in registers.values():
        if each.open or not each.kanaal or each is NOTIFICATIES:
            continue
        found: dict[str, list[str]] = {}
        for resource in each.resources:
            name = van(each.name, resource.name, resource.name)
            if name and not _belongs(resource, name) and resource.facet_of is None:
                known = found.setdefault(name, [])
                known += [
                    kenmerk(path) for path in resource.kenmerken if kenmerk(path) not in known
                ]
        yield from found.items()


def _belongs(resource: Resource, kanaal: str) -> bool:
    """Tell whether a record only stands in the trail of another, without a kanaal of its own."""
    return bool(resource.parent) and resource.name != kanaal


def maak_eigen(actor: Actor) -> None:
    """Make the kanalen of the house that are not there yet; what beheer changed stays."""
    there = {naam for (naam,) in rows("SELECT naam FROM notificaties_kanaal")}
    for naam, filters in _eigen():
        if naam not in there:
            body: dict[str, Any] = {"naam": naam, "filters": filters}
            kanalen.create(actor, body, Call(base=HOUSE, toelichting="eigen kanaal"))
