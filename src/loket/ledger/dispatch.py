"""From the ledger to whoever must know: at least once, in order per main record, nothing lost.

The one door to it: `subscribers` says who must know, `routing` writes down of what, `delivering`
tells them; here stands how all that goes, and how what is stuck is set going again.
"""

from __future__ import annotations

from typing import Any

from loket.kernel.clock import now
from loket.ledger.database import one, rows
from loket.ledger.deliveries import extent, replay
from loket.ledger.delivering import MOST_ATTEMPTS, deliver_one, deliver_to_family
from loket.ledger.pausing import Asleep, pause_after
from loket.ledger.routing import BATCH, route
from loket.ledger.subscribers import (
    Family,
    Happened,
    Refused,
    Subscriber,
    families,
    named,
    subscribe,
    subscribe_family,
    subscribers,
)

__all__ = [
    "BATCH",
    "MOST_ATTEMPTS",
    "Asleep",
    "Family",
    "Happened",
    "Refused",
    "Subscriber",
    "deliver_one",
    "deliver_to_family",
    "extent",
    "families",
    "named",
    "pause_after",
    "release",
    "replay",
    "route",
    "status",
    "stuck",
    "subscribe",
    "subscribe_family",
    "subscribers",
    "waiting",
]


def status() -> list[dict[str, Any]]:
    """Return per subscriber and state how many deliveries there are, and since when."""
    found = rows(
        "SELECT subscriber, state, count(*), min(changed_at), max(attempts) "
        "FROM ledger_delivery GROUP BY 1, 2 ORDER BY 1, 2"
    )
    names = ("subscriber", "state", "count", "oldest", "attempts")
    return [dict(zip(names, row, strict=True)) for row in found]


def waiting() -> int:
    """Return how many events have not been handed to their subscribers yet."""
    return int(one("SELECT count(*) FROM ledger_outbox")[0])


def stuck(limit: int = 100) -> list[dict[str, Any]]:
    """Return the deliveries that failed, with the reason, the oldest first."""
    found = rows(
        "SELECT d.id, d.subscriber, d.position, e.resource, e.actie, d.state, d.attempts, "
        "d.next_at, d.outcome FROM ledger_delivery d JOIN ledger_event e USING (position) "
        "WHERE d.state = 'vast' OR (d.state = 'wacht' AND d.attempts > 0) "
        "ORDER BY d.position LIMIT %s",
        (limit,),
    )
    names = (
        "id",
        "subscriber",
        "position",
        "resource",
        "actie",
        "state",
        "attempts",
        "next_at",
        "outcome",
    )
    return [dict(zip(names, row, strict=True)) for row in found]


def release(delivery: int | None = None, subscriber: str | None = None) -> int:
    """Let what is stuck be tried again at once: one delivery, or all (of a subscriber)."""
    found = rows(
        "UPDATE ledger_delivery SET state = 'wacht', attempts = 0, next_at = %s, changed_at = %s "
        "WHERE (state = 'vast' OR (state = 'wacht' AND attempts > 0)) "
        "AND (%s::bigint IS NULL OR id = %s) AND (%s::text IS NULL OR subscriber = %s) "
        "RETURNING id",
        (now(), now(), delivery, delivery, subscriber, subscriber),
    )
    return len(found)
