"""Mijn sporen: who used the number of a citizen, when, and what for.

It reads the processing log (Logboek Dataverwerkingen) by the citizen's pseudonym; reading it is his
own act, and is not logged in turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loket.kernel.actor import Kind
from loket.kernel.problems import Forbidden
from loket.ledger.database import rows

if TYPE_CHECKING:
    from datetime import datetime

    from loket.kernel.actor import Actor

SIZE = 50
"""How many traces one page holds."""

_SQL = """
SELECT start_time, name, processing_activity_id, actor, trace_id FROM ledger_verwerking
WHERE data_subject = %(wie)s ORDER BY start_time DESC, id DESC LIMIT %(size)s OFFSET %(after)s
"""


@dataclass(frozen=True)
class Spoor:
    """Eén keer dat iemand het BSN van de burger gebruikte.

    `wat` is de verwerking, `doel` de verwerkingsactiviteit; `wie` het systeem dat het deed, leeg
    als de burger het zelf was (`eigen`) of een medewerker.
    """

    moment: datetime
    wat: str
    doel: str
    wie: str
    eigen: bool
    kenmerk: str


@dataclass(frozen=True)
class Bladzijde:
    """Een bladzijde van de sporen, de nieuwste eerst."""

    nummer: int
    sporen: tuple[Spoor, ...]
    volgende: bool


def bladzijde(actor: Actor, nummer: int) -> Bladzijde:
    """Return a page of the traces of a citizen, in one statement; Forbidden for others."""
    if actor.kind is not Kind.BURGER or actor.number is None:
        raise Forbidden
    asked = {"wie": actor.number, "size": SIZE + 1, "after": (nummer - 1) * SIZE}
    found = [_spoor(*row) for row in rows(_SQL, asked)]
    return Bladzijde(nummer, tuple(found[:SIZE]), len(found) > SIZE)


def _spoor(moment: datetime, wat: str, doel: str, actor: str, kenmerk: str) -> Spoor:
    kind, _, label = actor.partition(":")
    return Spoor(moment, wat, doel, label, kind == Kind.BURGER.value, kenmerk)
