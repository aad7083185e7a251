"""From the outbox to deliveries: who must know of what happened.

An event leaves the outbox when its deliveries are written, in one transaction. What waits is taken
by the thousand, and whom a batch is for is asked once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.kernel.clock import now
from loket.ledger.database import atomic, one, rows
from loket.ledger.subscribers import EVENT, families, happened, subscribers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loket.ledger.subscribers import Happened

BATCH = 2000
"""Events that are handed out in one transaction, at most."""

_TAKE = f"""
WITH taken AS (
    DELETE FROM ledger_outbox WHERE position = ANY(ARRAY(
        SELECT position FROM ledger_outbox ORDER BY position LIMIT %s))
    RETURNING position)
SELECT {EVENT} FROM taken t JOIN ledger_event e USING (position) ORDER BY e.position
"""
_HAND_OUT = """
INSERT INTO ledger_delivery (subscriber, position, main_key, state, attempts, next_at, changed_at,
    outcome)
SELECT n, p, k, 'wacht', 0, %s, %s, ''
FROM unnest(string_to_array(%s, ','), string_to_array(%s, ',')::bigint[],
    string_to_array(%s, ',')::uuid[]) u(n, p, k)
ON CONFLICT (subscriber, position) DO NOTHING
"""
"""Names, numbers and keys come as one text each: that costs a fifth of what a list of them does."""


def route(limit: int = BATCH) -> int:
    """Hand events from the outbox to their subscribers; return how many left it.

    One worker at a time does so in a tenant; the others find the work taken and go on.
    """
    with atomic():
        if not one("SELECT pg_try_advisory_xact_lock(hashtext('loket.route'))")[0]:
            return 0
        events = [happened(row) for row in rows(_TAKE, (limit,), anew=True)]
        if events:
            _hand_out(events)
            one("SELECT pg_notify('loket_events', %s)", (str(events[-1].position),))
    return len(events)


def _hand_out(events: Sequence[Happened]) -> None:
    wanted = list(_wanted(events))
    if not wanted:
        return
    moment = now()
    names = ",".join(name for name, _ in wanted)
    positions = ",".join(str(event.position) for _, event in wanted)
    keys = ",".join(str(event.main_key) for _, event in wanted)
    one(_HAND_OUT, (moment, moment, names, positions, keys))


def _wanted(events: Sequence[Happened]) -> Iterator[tuple[str, Happened]]:
    """Yield the name of a subscriber with each event that is for it."""
    for each in subscribers.values():
        yield from ((each.name, event) for event in events if each.wants(event))
    for family in families.values():
        for event, keys in zip(events, family.wanting(events), strict=True):
            yield from ((f"{family.name}:{key}", event) for key in keys)
