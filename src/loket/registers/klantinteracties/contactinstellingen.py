"""Contactinstellingen: what the municipality decides about klantcontacten; there is exactly one."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.register import KLANTINTERACTIES

INSTELLEN = ("klantinteracties.instellen",)


class Contactinstellingen(Record):
    """Hoe de gemeente met klantcontacten omgaat."""

    aanvultermijn = field.integer(
        "Tot hoeveel minuten na een contact het nog mag worden aangevuld.",
        most=10_080, optional=True, default=30,
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "contactinstellingen"

    def __str__(self) -> str:
        return "contactinstellingen"


contactinstellingen = Resource(
    KLANTINTERACTIES,
    "contactinstellingen",
    Contactinstellingen,
    owned="false",
    verbs=("list", "retrieve", "update", "partial_update"),
    single=True,
    scopes={"update": INSTELLEN, "partial_update": INSTELLEN},
)
