"""Gebruiksrecht: conditions on the use of a document (Documenten API 1.7.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.writing import adjust
from loket.registers.documenten.enkelvoudiginformatieobject import (
    EnkelvoudigInformatieObject,
    enkelvoudiginformatieobjecten,
)
from loket.registers.documenten.register import DOCUMENTEN

if TYPE_CHECKING:
    from loket.grammar.writing import Change


class Gebruiksrecht(Record):
    """Voorwaarden aan het gebruik van een document, anders dan raadpleging."""

    informatieobject = field.ref(
        EnkelvoudigInformatieObject, "Het INFORMATIEOBJECT.", back="gebruiksrechten"
    )
    startdatum = field.moment("Vanaf wanneer de voorwaarden gelden.")
    einddatum = field.moment("Tot wanneer de voorwaarden gelden.", optional=True)
    omschrijving_voorwaarden = field.prose("De voorwaarden.")

    class Meta:
        verbose_name_plural = "gebruiksrechten"

    def __str__(self) -> str:
        return f"{self.informatieobject}: {self.omschrijving_voorwaarden[:50]}"


def wijs_aan(gebruiksrecht: Gebruiksrecht, change: Change) -> None:
    """Let the document say that there are gebruiksrechten (drc-006)."""
    document = gebruiksrecht.informatieobject
    adjust(enkelvoudiginformatieobjecten, document, change, indicatie_gebruiksrecht=True)
    if change.before is not None and change.before.informatieobject_id != document.pk:
        neem_terug(change.before, change)


def neem_terug(gebruiksrecht: Gebruiksrecht, change: Change) -> None:
    """Let the document say that nothing is known, once its last gebruiksrecht is gone."""
    document = gebruiksrecht.informatieobject
    if not document.gebruiksrechten.exists():
        adjust(enkelvoudiginformatieobjecten, document, change, indicatie_gebruiksrecht=None)


gebruiksrechten = Resource(
    DOCUMENTEN,
    "gebruiksrechten",
    Gebruiksrecht,
    parent="informatieobject",
    paged=False,
    filters=[
        "informatieobject", "startdatum__lt", "startdatum__lte", "startdatum__gt",
        "startdatum__gte", "einddatum__lt", "einddatum__lte", "einddatum__gt", "einddatum__gte",
    ],
    reactions=[wijs_aan],
    farewells=[neem_terug],
)  # fmt: skip
