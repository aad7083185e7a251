"""The terms of tasks: somebody is reminded once, and what was not done in time is closed.

Each task is dealt with in a transaction of its own, through the door of its register, so that who
subscribed hears of it. A task that cannot be dealt with holds up no other.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from loket.grammar.change import HOUSE, Change
from loket.grammar.resource import Call
from loket.grammar.writing import adjust
from loket.kernel.actor import Actor
from loket.kernel.clock import now, today
from loket.kernel.problems import Problem
from loket.ledger.database import atomic, fetch, rows
from loket.registers.taken.externetaak import externetaken
from loket.registers.taken.waarden import TaakStatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

log = logging.getLogger(__name__)

MOST = 500
"""Tasks that one round deals with; the next goes on."""

_ACTOR = Actor.system("termijnen van taken")
_OVER = """
SELECT id FROM taken_externetaak WHERE status = 'open'
AND einddatum_handelings_termijn < %(vandaag)s ORDER BY einddatum_handelings_termijn LIMIT %(most)s
"""
_TO_REMIND = """
SELECT id FROM taken_externetaak WHERE status = 'open' AND herinnerd_op IS NULL
AND datum_herinnering <= %(vandaag)s AND startdatum <= %(vandaag)s
AND einddatum_handelings_termijn >= %(vandaag)s ORDER BY datum_herinnering LIMIT %(most)s
"""


def verstrijk() -> int:
    """Close what was not done by its last day; return how many tasks that were."""
    return _each(_OVER, _sluit)


def herinner() -> int:
    """Note of each task whose day of reminder has come that it is reminded of, once."""
    return _each(_TO_REMIND, _herinner)


def _each(sql: str, deal: Callable[[UUID], bool]) -> int:
    done = 0
    for (key,) in rows(sql, {"vandaag": today(), "most": MOST}):
        try:
            done += deal(key)
        except Problem as problem:
            log.warning("task %s stays as it is: %s", key, problem.detail)
    return done


def _sluit(key: UUID) -> bool:
    call = Call(base=HOUSE, toelichting="de laatste dag is voorbij")
    externetaken.patch(_ACTOR, key, {"status": TaakStatus.NIET_UITGEVOERD.value}, call)
    return True


def _herinner(key: UUID) -> bool:
    """Note it, unless another worker or the citizen was first."""
    with atomic():
        taak: Any = fetch(externetaken.record, key, lock=True)
        if taak is None or taak.herinnerd_op is not None or taak.status != TaakStatus.OPEN:
            return False
        call = Call(base=HOUSE, toelichting="de dag van de herinnering is er")
        change = Change(externetaken, _ACTOR, "partial_update", call, taak)
        adjust(externetaken, taak, change, herinnerd_op=now())
    return True
