"""Delivering: at least once, in order per main record, nothing lost.

A delivery of the house itself is attempted while its row is held. Who is of a family gets a spell:
what is due for one of them, call after call, by whoever holds its lock; how it went is written down
afterwards, in one statement. A worker that dies leaves what it was at as it was. What keeps failing
gets stuck, and holds back what comes after it on the same main record, until somebody releases it.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from loket.kernel.clock import now
from loket.ledger.database import atomic, one, rows
from loket.ledger.pausing import pause_after
from loket.ledger.subscribers import EVENT, Refused, families, happened, subscribers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from loket.ledger.pausing import Asleep
    from loket.ledger.subscribers import Happened

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 12
SPELL: Final = 200
"""Deliveries in one spell, at most."""

SPELL_SECONDS: Final = 1.0
"""After this many seconds a spell is over: what was done is written down, and others may."""

_FIRST = f"""
SELECT d.id, d.subscriber, d.attempts, d.changed_at, {EVENT}
FROM unnest(%(namen)s::text[]) naam CROSS JOIN LATERAL (
    SELECT * FROM ledger_delivery d
    WHERE d.subscriber = naam AND d.state = 'wacht' AND d.next_at <= %(nu)s AND NOT EXISTS (
        SELECT FROM ledger_delivery b WHERE b.subscriber = naam AND b.main_key = d.main_key
        AND b.position < d.position AND b.state <> 'klaar')
    ORDER BY d.position LIMIT 1 FOR UPDATE SKIP LOCKED
) d JOIN ledger_event e USING (position) ORDER BY position LIMIT 1
"""
_SPELL = f"""
SELECT d.id, d.subscriber, d.attempts, d.changed_at, {EVENT} FROM (
    SELECT * FROM ledger_delivery d
    WHERE d.subscriber = %(naam)s AND d.state = 'wacht' AND d.next_at <= %(nu)s AND (
        SELECT true FROM ledger_delivery b WHERE b.subscriber = %(naam)s AND b.main_key = d.main_key
        AND b.position < d.position AND b.state <> 'klaar'
        AND (b.state <> 'wacht' OR b.next_at > %(nu)s) LIMIT 1) IS NULL
    ORDER BY d.position LIMIT %(meeste)s
) d JOIN ledger_event e USING (position) ORDER BY position
"""
"""What is due for one: nothing that comes after something that is stuck, or must wait.

Not as NOT EXISTS, for which all that waits may be read first, however few are asked for.
"""

_WAITING = """
WITH RECURSIVE s AS (
    SELECT min(subscriber) AS naam FROM ledger_delivery
    WHERE state = 'wacht' AND subscriber >= %(van)s AND subscriber < %(tot)s
    UNION ALL
    SELECT (SELECT min(d.subscriber) FROM ledger_delivery d
        WHERE d.state = 'wacht' AND d.subscriber > s.naam AND d.subscriber < %(tot)s)
    FROM s WHERE s.naam IS NOT NULL)
SELECT naam FROM s WHERE naam IS NOT NULL
"""
"""Who of a family has something waiting: from one to the next along the index."""

_MARK = """
UPDATE ledger_delivery d SET state = u.state, attempts = u.attempts, outcome = u.outcome,
    next_at = u.next_at, changed_at = u.changed_at
FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::int[], %s::text[],
    %s::timestamptz[], %s::timestamptz[])
    u(id, seen, state, attempts, outcome, next_at, changed_at)
WHERE d.id = u.id AND d.changed_at = u.seen
"""
"""Write down how it went; not what somebody released or replayed meanwhile."""


@dataclass(frozen=True)
class _Due:
    """A delivery to attempt; `seen` is when its row last changed."""

    id: int
    subscriber: str
    attempts: int
    seen: datetime
    event: Happened


@dataclass(frozen=True)
class _Done:
    """How an attempt went."""

    due: _Due
    state: str
    outcome: str
    moment: datetime

    def row(self) -> tuple[Any, ...]:
        """Return what is written down."""
        attempts = self.due.attempts + 1
        pause = pause_after(attempts) if self.state == "wacht" else timedelta(0)
        outcome = self.outcome[:2000].replace("\0", "")
        shown = (self.due.id, self.due.seen, self.state, attempts, outcome)
        return (*shown, self.moment + pause, self.moment)


def _due(row: Any) -> _Due:
    delivery, name, attempts, seen, *event = row
    return _Due(delivery, name, attempts, seen, happened(event))


def deliver_one() -> bool:
    """Attempt the first delivery that is due to a service of the house; tell if there was one."""
    with atomic():
        row = one(_FIRST, {"nu": now(), "namen": list(subscribers)}, anew=True)
        if row is None:
            return False
        due = _due(row)
        deliver = subscribers[due.subscriber].deliver
        _mark([_attempt(due, lambda: _apart(deliver, due.event))])
    return True


def _apart(deliver: Callable[[Happened], str], event: Happened) -> str:
    """Let somebody act; what it wrote is undone when it fails."""
    with atomic():
        return deliver(event)


def _attempt(due: _Due, call: Callable[[], str]) -> _Done:
    """Call, and return how it went."""
    try:
        outcome = call()
    except Refused as problem:
        return _Done(due, "vast", str(problem), now())
    except Exception as problem:  # noqa: BLE001 - whatever it was, it is tried again
        log.warning("%s failed on event %s: %s", due.subscriber, due.event.position, problem)
        state = "wacht" if due.attempts + 1 < MOST_ATTEMPTS else "vast"
        return _Done(due, state, f"{type(problem).__name__}: {problem}", now())
    return _Done(due, "klaar", outcome, now())


def _mark(done: Sequence[_Done]) -> None:
    columns = zip(*(each.row() for each in done), strict=True)
    one(_MARK, [list(each) for each in columns])


def deliver_to_family(asleep: Asleep) -> int:
    """Deliver what is due to one of a family that nobody else is delivering to.

    Return how many deliveries were attempted. Who failed is put to sleep, longer each time, and
    wakes with its first success. Who was served longest ago goes first.
    """
    for name in asleep.in_turn(_waiting()):
        done = _spell(name)
        if done:
            asleep.note(name, done=done[-1].state == "klaar")
            return len(done)
    return 0


def _waiting() -> list[str]:
    return [
        name
        for family in families
        for (name,) in rows(_WAITING, {"van": f"{family}:", "tot": f"{family};"}, anew=True)
    ]


def _spell(name: str) -> list[_Done]:
    """Deliver to one of a family for a while, unless somebody else does; return how it went.

    No row is held during the calls, for that would keep the database from tidying up: the lock
    keeps others away, and what was released or replayed meanwhile is delivered once more.
    """
    with atomic():
        if not one("SELECT pg_try_advisory_xact_lock(hashtext(%s))", (f"loket {name}",))[0]:
            return []
        found = rows(_SPELL, {"nu": now(), "naam": name, "meeste": SPELL}, anew=True)
        if not found:
            return []
        done = _called([_due(row) for row in found])
        _mark(done)
    return done


def _called(due: Sequence[_Due]) -> list[_Done]:
    """Call until something fails or the time is over; return how each call went."""
    until = time.monotonic() + SPELL_SECONDS
    done: list[_Done] = []
    try:
        calls = _calls(due)
    except Exception as problem:  # noqa: BLE001 - one of them cannot be made
        if len(due) > 1:
            return _called(due[:1])
        calls = [_failing(problem)]
    for each, call in zip(due, calls, strict=True):
        done.append(_attempt(each, call))
        if done[-1].state != "klaar" or time.monotonic() > until:
            break
    return done


def _calls(due: Sequence[_Due]) -> Sequence[Callable[[], str]]:
    family, _, key = due[0].subscriber.partition(":")
    with atomic():
        return families[family].calls(key, [each.event for each in due])


def _failing(problem: Exception) -> Callable[[], str]:
    def call() -> str:
        raise problem

    return call
