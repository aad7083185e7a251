"""Mijn sporen: who used a citizen's number or looked at what is his, when, and what for.

It reads the processing log (Logboek Dataverwerkingen) by the citizen's pseudonym; reading it is his
own act, and is not logged in turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loket.kernel.actor import GEMACHTIGDE, Kind
from loket.kernel.problems import Forbidden
from loket.ledger.database import rows
from loket.services.mijnservices.burger import PURPOSE

if TYPE_CHECKING:
    from datetime import datetime

    from loket.kernel.actor import Actor

SIZE = 50
"""How many traces one page holds."""

VASTLEGGEN: Final = "bsn vastleggen"
INLOGGEN: Final = "inloggen"
"""What the log calls keeping a number, and what it is when somebody logs in with his own."""

_SQL = """
SELECT start_time, name, betreft, processing_activity_id, actor, trace_id FROM ledger_verwerking
WHERE data_subject = %(wie)s
  AND (%(zelf)s::boolean IS NULL OR starts_with(actor, %(burger)s) = %(zelf)s)
ORDER BY start_time DESC, id DESC LIMIT %(size)s OFFSET %(after)s
"""


class Door(StrEnum):
    """Wiens gebruik getoond wordt: dat van de burger zelf, of dat van ieder ander."""

    ANDEREN = "anderen"
    UZELF = "uzelf"


@dataclass(frozen=True)
class Spoor:
    """Eén keer dat iemand het BSN van de burger gebruikte, of iets van hem bekeek.

    `wat` is de verwerking, `betreft` waar die over ging, `doel` de verwerkingsactiviteit; `wie` het
    systeem dat het deed, leeg als de burger het zelf was (`eigen`), iemand die hij machtigde
    (`gemachtigde`), of een medewerker.
    """

    moment: datetime
    wat: str
    betreft: str
    doel: str
    wie: str
    eigen: bool
    gemachtigde: bool
    kenmerk: str


@dataclass(frozen=True)
class Bladzijde:
    """Een bladzijde van de sporen, de nieuwste eerst."""

    nummer: int
    sporen: tuple[Spoor, ...]
    volgende: bool


def bladzijde(actor: Actor, nummer: int, door: Door | None = None) -> Bladzijde:
    """Return a page of the traces of a citizen, in one statement; Forbidden for others.

    By default the traces of everybody.
    """
    if actor.kind is not Kind.BURGER or actor.number is None:
        raise Forbidden
    asked = {
        "wie": actor.number, "size": SIZE + 1, "after": (nummer - 1) * SIZE,
        "burger": f"{Kind.BURGER.value}:", "zelf": None if door is None else door is Door.UZELF,
    }  # fmt: skip
    found = [_spoor(*row) for row in rows(_SQL, asked)]
    return Bladzijde(nummer, tuple(found[:SIZE]), len(found) > SIZE)


def _spoor(moment: datetime, wat: str, betreft: str, doel: str, actor: str, kenmerk: str) -> Spoor:
    kind, _, label = actor.partition(":")
    if (wat, doel) == (VASTLEGGEN, PURPOSE):
        wat = INLOGGEN
    return Spoor(
        moment, wat, betreft, doel, label, kind == Kind.BURGER.value, kind == GEMACHTIGDE, kenmerk
    )
