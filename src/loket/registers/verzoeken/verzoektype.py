"""Verzoektype: a kind of request; its versions say what such a request holds."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.filters import Along
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.verzoeken.register import OF_TYPES, VERZOEKEN

URN = "urn:nld:loket:verzoeken:verzoektype:"


class VerzoekType(Record):
    """Een soort verzoek, zoals een melding of een aanvraag."""

    urn = field.derived(f"'{URN}' || {{row}}.id", {"type": "string", "format": "urn"}, "De URN.")
    versies = field.back(
        "De versies van het verzoektype.", hidden=False, shows=("versie", "status")
    )
    naam = field.text("De naam.", 100)
    omschrijving = field.prose("Een omschrijving.", 4000, optional=True)

    class Meta:
        verbose_name_plural = "verzoektypen"


verzoektypen = Resource(
    VERZOEKEN,
    "verzoektypen",
    VerzoekType,
    filters=[Along("uuid", "uuid"), "naam", "omschrijving__icontains"],
    expand=[],
    scopes=OF_TYPES,
)

audit_commands(verzoektypen)
