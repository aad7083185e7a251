"""Adresverificatie: that a code was sent to an address, to see whether it works."""

from __future__ import annotations

from typing import Any

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.digitaaladres import DigitaalAdres
from loket.registers.klantinteracties.register import KLANTINTERACTIES


class Adresverificatie(Record):
    """Een code die naar een digitaal adres is gestuurd, om te zien of het werkt."""

    digitaal_adres = field.ref(DigitaalAdres, "Het adres.", back="verificaties", once=True)
    verzonden_op: Any = field.moment("Wanneer de code is gemaakt.", computed=True)
    geldig_tot: Any = field.moment("Tot wanneer de code geldt.", computed=True)
    pogingen = field.integer("Hoe vaak er een code is ingevuld.", optional=True, default=0)
    bevestigd_op: Any = field.moment("Wanneer het klopte.", computed=True, nullable=True)

    class Meta:
        verbose_name_plural = "adresverificaties"


adresverificaties = Resource(
    KLANTINTERACTIES,
    "adresverificaties",
    Adresverificatie,
    owned="false",
    verbs=("list", "retrieve"),
    filters=["digitaal_adres__uuid"],
)
