"""What was handed out and to whom: delivered again on request, and counted for who keeps watch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from loket.kernel.clock import now
from loket.ledger.database import atomic, one, rows
from loket.ledger.subscribers import EVENT, families, happened, named, subscribers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from loket.ledger.subscribers import Happened

BATCH: Final = 2000
"""Events that are read at a time."""

LOOKED_AT: Final = 20_000
"""Events that are looked at, at most, to tell how large a replay would be."""

_LAST = "SELECT coalesce(max(position), 0) FROM ledger_event"
_NEXT = f"""
SELECT {EVENT} FROM ledger_event e WHERE e.position >= %s AND e.position <= %s
ORDER BY e.position LIMIT %s
"""
_AGAIN = """
INSERT INTO ledger_delivery (subscriber, position, main_key, state, attempts, next_at, changed_at,
    outcome)
SELECT %s, p, k, 'wacht', 0, %s, %s, '' FROM unnest(%s::bigint[], %s::uuid[]) u(p, k)
ON CONFLICT (subscriber, position) DO UPDATE SET state = 'wacht', attempts = 0,
    next_at = excluded.next_at, changed_at = excluded.changed_at
"""
_UNDONE = """
SELECT s.subscriber, s.state, s.number, e.moment FROM (
    SELECT subscriber, state, count(*) AS number, min(position) AS position
    FROM ledger_delivery WHERE state <> 'klaar' GROUP BY 1, 2) s
JOIN ledger_event e USING (position)
"""
_UNROUTED = """
SELECT o.number, e.moment FROM (
    SELECT count(*) AS number, min(position) AS position FROM ledger_outbox) o
LEFT JOIN ledger_event e USING (position)
"""


@dataclass(frozen=True)
class Extent:
    """How many deliveries a replay would be, and up to where.

    Not `complete`, it is at least so many: there is more than was looked at.
    """

    number: int
    until: int
    complete: bool


@dataclass(frozen=True)
class Undone:
    """How many deliveries to a subscriber are in a state, and when the oldest happened."""

    subscriber: str
    state: str
    number: int
    since: datetime


def replay(subscriber: str, position: int, until: int | None = None) -> int:
    """Deliver again, to one subscriber, every event from a position on; return how many. KeyError.

    It goes up to and including `until`, or else what is the last event now. Events are read and
    written down by the batch, so that memory holds few of them; it is one transaction all the
    same, so that who delivers sees all of it at once and keeps the order.
    """
    named(subscriber)
    moment, done = now(), 0
    with atomic():
        for events in _batches(position, last() if until is None else until):
            wanted = _wanted(subscriber, events)
            if wanted:
                positions = [event.position for event in wanted]
                keys = [event.main_key for event in wanted]
                one(_AGAIN, (subscriber, moment, moment, positions, keys))
            done += len(wanted)
    return done


def extent(
    subscriber: str, position: int, until: int | None = None, most: int = LOOKED_AT
) -> Extent:
    """Return how many deliveries a replay would be, having looked at `most` events. KeyError."""
    named(subscriber)
    number, looked, end = 0, 0, last() if until is None else until
    for events in _batches(position, end):
        number += len(_wanted(subscriber, events))
        looked += len(events)
        if looked >= most:
            return Extent(number, end, complete=events[-1].position >= end)
    return Extent(number, end, complete=True)


def last() -> int:
    """Return the position of the last event."""
    return int(one(_LAST)[0])


def known(subscriber: str) -> bool:
    """Tell whether the house knows a subscriber, or the family that it is one of."""
    try:
        named(subscriber)
    except KeyError:
        return False
    return True


def undone() -> list[Undone]:
    """Return what is not done yet, by subscriber and state."""
    return [Undone(*row) for row in rows(_UNDONE, anew=True)]


def unrouted() -> tuple[int, datetime | None]:
    """Return how many events were not handed to anybody yet, and when the oldest happened."""
    number, since = one(_UNROUTED, anew=True)
    return number, since


def _batches(position: int, until: int) -> Iterator[list[Happened]]:
    """Yield the events from a position up to another, in order."""
    while position <= until:
        found: Any = rows(_NEXT, (position, until, BATCH), anew=True)
        if not found:
            return
        events = [happened(row) for row in found]
        yield events
        position = events[-1].position + 1


def _wanted(name: str, events: Sequence[Happened]) -> list[Happened]:
    """Return those that a subscriber wants; of a family it is asked once for all of them."""
    family, colon, key = name.partition(":")
    if not colon:
        return [event for event in events if subscribers[name].wants(event)]
    wanting = families[family].wanting(events)
    return [event for event, keys in zip(events, wanting, strict=True) if key in keys]
