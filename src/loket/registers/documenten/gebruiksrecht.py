"""Gebruiksrecht: conditions on the use of a document (Documenten API 1.7.1)."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.documenten.enkelvoudiginformatieobject import EnkelvoudigInformatieObject
from loket.registers.documenten.register import DOCUMENTEN


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
)  # fmt: skip
