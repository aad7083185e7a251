"""Gesprek: one conversation, of which each subject is a klantcontact of its own (K4, K9)."""

from __future__ import annotations

from typing import Any

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.kernel.clock import now
from loket.registers.klantinteracties.register import KLANTINTERACTIES


class Gesprek(Record):
    """Een gesprek of uitwisseling van berichten; over elk onderwerp is er een klantcontact."""

    kanaal = field.text("Het kanaal, zoals telefoon of balie.", 50)
    omschrijving = field.text("Waar het gesprek over ging.", 200, optional=True)
    begonnen_op: Any = field.moment(
        "Wanneer het begon; anders het moment van vastleggen.",
        optional=True, nullable=False, default=now,
    )  # fmt: skip
    klantcontacten = field.back("De klantcontacten: een per onderwerp.")

    class Meta:
        verbose_name_plural = "gesprekken"


gesprekken = Resource(
    KLANTINTERACTIES,
    "gesprekken",
    Gesprek,
    owned="false",
    verbs=("list", "retrieve", "create"),
    filters=["kanaal", "begonnen_op__gte", "begonnen_op__lte"],
)
