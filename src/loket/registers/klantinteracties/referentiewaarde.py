"""Referentiewaarde: what a municipality lets people choose from: kanalen, talen and the like."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.filters import Filter, taken_by
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.times import Day
from loket.kernel.clock import today
from loket.registers.klantinteracties.contactinstellingen import INSTELLEN
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import Lijst

GELDIG = (
    "{row}.begin_geldigheid <= {value} "
    "AND ({row}.einde_geldigheid IS NULL OR {row}.einde_geldigheid >= {value})"
)


class Referentiewaarde(Record):
    """Een waarde in een lijst waaruit de gemeente laat kiezen."""

    lijst = field.choice(Lijst, "De lijst waar de waarde in staat.", once=True)
    code = field.text("De code, zoals die in berichten staat.", 50, once=True)
    naam = field.text("Hoe mensen haar noemen.", 200)
    begin_geldigheid = field.day("De eerste dag.", optional=True, nullable=False, default=today)
    einde_geldigheid = field.day("De laatste dag.", optional=True)

    class Meta:
        verbose_name_plural = "referentiewaarden"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lijst", "code"], name="referentiewaarde_code"),
        ]

    def __str__(self) -> str:
        return str(self.naam)


referentiewaarden = Resource(
    KLANTINTERACTIES,
    "referentiewaarden",
    Referentiewaarde,
    owned="false",
    default_order="code",
    filters=[
        "lijst",
        "code",
        Filter("geldigOp", GELDIG, taken_by(Day("")), Day("").schema(), "De dag waarop zij geldt."),
    ],
    unique={"referentiewaarde_code": ("code", "unique")},
    scopes=dict.fromkeys(("create", "update", "partial_update", "destroy"), INSTELLEN),
)
