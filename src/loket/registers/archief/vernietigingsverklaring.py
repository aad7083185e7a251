"""Vernietigingsverklaring: what was destroyed by a list; it stays, and never changes."""

from __future__ import annotations

from typing import Any

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.archief.register import ARCHIEF
from loket.registers.archief.vernietigingslijst import Vernietigingslijst


class Vernietigingsverklaring(Record):
    """De verklaring van vernietiging (Archiefbesluit 1995, artikel 8)."""

    nummer = field.number("VERKLARING", "Het nummer van de verklaring.", computed=True)
    lijst = field.ref(
        Vernietigingslijst, "De VERNIETIGINGSLIJST.", back="verklaringen", cascade=False,
        computed=True,
    )  # fmt: skip
    opgemaakt_op: Any = field.moment("Wanneer de verklaring is opgemaakt.", computed=True)
    opsteller = field.text("Wie de lijst aanbood.", 255, computed=True)
    beoordelaar = field.text("Wie de lijst vaststelde.", 255, computed=True)
    grondslag = field.prose("Op welke grond vernietigd is.", computed=True)
    zaken: int = field.integer("Hoeveel zaken vernietigd zijn.", computed=True)
    documenten: int = field.integer("Hoeveel documenten vernietigd zijn.", computed=True)
    besluiten: int = field.integer("Hoeveel besluiten vernietigd zijn.", computed=True)
    niet_vernietigd: int = field.integer("Hoeveel zaken van de lijst bleven.", computed=True)
    controlegetal = field.text("SHA-256 over de vernietigde regels.", 64, computed=True)

    class Meta:
        verbose_name_plural = "vernietigingsverklaringen"

    def __str__(self) -> str:
        return str(self.nummer)


vernietigingsverklaringen = Resource(
    ARCHIEF,
    "vernietigingsverklaringen",
    Vernietigingsverklaring,
    verbs=("list", "retrieve"),
    filters=["nummer", "lijst__uuid"],
    ordering=["opgemaakt_op"],
)
