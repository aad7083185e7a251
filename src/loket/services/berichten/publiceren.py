"""The moment from which a recipient sees a bericht: noted once, for who subscribed to hear of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.grammar.change import HOUSE, Change
from loket.grammar.resource import Call
from loket.grammar.writing import adjust
from loket.kernel.actor import Actor
from loket.kernel.clock import now
from loket.ledger.database import atomic, fetch, rows
from loket.registers.berichten.bericht import berichten

if TYPE_CHECKING:
    from uuid import UUID

MOST: Final = 500
"""Berichten that one round deals with; the next goes on."""

_ACTOR: Final = Actor.system("publicatie van berichten")
_DUE: Final = """
SELECT id FROM berichten_bericht WHERE gepubliceerd_op IS NULL AND publicatiedatum <= %s
ORDER BY publicatiedatum LIMIT %s
"""


def publiceer() -> int:
    """Note of each bericht whose moment has come that it is published; return how many."""
    return sum(_publiceer(key) for (key,) in rows(_DUE, (now(), MOST)))


def _publiceer(key: UUID) -> bool:
    """Note it, unless another worker was first."""
    with atomic():
        bericht: Any = fetch(berichten.record, key, lock=True)
        if bericht is None or bericht.gepubliceerd_op is not None:
            return False
        call = Call(base=HOUSE, toelichting="de publicatiedatum is er")
        change = Change(berichten, _ACTOR, "partial_update", call, bericht)
        adjust(berichten, bericht, change, gepubliceerd_op=now())
    return True
