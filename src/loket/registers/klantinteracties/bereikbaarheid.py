"""Bereikbaarheid: that somebody said to be reachable over a channel, for one kind of message.

Awb 2:8 (Wmebv) lets the municipality send electronically only to who said so, and what he said of
one kind of message does not hold of another. It is not changed, but withdrawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.kernel.clock import today
from loket.registers.klantinteracties.lijsten import uit_lijst
from loket.registers.klantinteracties.partij import Partij
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import Contactkanaal, Lijst

if TYPE_CHECKING:
    from datetime import date

    from loket.grammar.change import Change


class Bereikbaarheid(Record):
    """Dat een partij voor een soort bericht langs een kanaal bereikt wil worden."""

    partij = field.ref(Partij, "De PARTIJ.", back="bereikbaarheden", once=True)
    soort_bericht = field.text(
        "Voor welke soort berichten, zoals besluit of herinnering.", 50, once=True
    )
    kanaal = field.choice(Contactkanaal, "Langs welk kanaal.", once=True)
    gegeven_op: date = field.day(
        "Wanneer de partij dit zei.", optional=True, nullable=False, default=today, once=True
    )
    bron = field.text("Waar het uit blijkt, zoals een formulier of gesprek.", 200, once=True)
    ingetrokken_op: date | None = field.day("Wanneer de partij dit introk.", optional=True)

    class Meta:
        verbose_name_plural = "bereikbaarheden"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partij", "soort_bericht", "kanaal"],
                condition=models.Q(ingetrokken_op=None),
                name="bereikbaarheid_eenmaal",
            ),
        ]


@rule("ingetrokken-voor-gegeven", on="ingetrokkenOp")
def ingetrokken_na_gegeven(record: Bereikbaarheid) -> bool:
    """Intrekken kan niet voor de dag waarop het gezegd is."""
    return record.ingetrokken_op is None or record.ingetrokken_op >= record.gegeven_op


@rule("al-ingetrokken", on="ingetrokkenOp", verbs=("update",))
def blijft_ingetrokken(record: Bereikbaarheid, change: Change) -> bool:
    """Wat is ingetrokken, blijft ingetrokken; leg opnieuw vast wat de partij nu zegt."""
    before: Bereikbaarheid = change.before
    return before.ingetrokken_op in (None, record.ingetrokken_op)


bereikbaarheden = Resource(
    KLANTINTERACTIES,
    "bereikbaarheden",
    Bereikbaarheid,
    parent="partij",
    verbs=("list", "retrieve", "create", "partial_update"),
    filters=["partij__uuid", "soort_bericht", "kanaal", "ingetrokken_op__isnull"],
    checks=[uit_lijst(soort_bericht=Lijst.SOORT_BERICHT)],
    rules=[ingetrokken_na_gegeven, blijft_ingetrokken],
    unique={"bereikbaarheid_eenmaal": ("nonFieldErrors", "unique")},
)
