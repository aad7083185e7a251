"""From the ledger to whoever must know: at least once, in order per main record, nothing lost.

An event leaves the outbox when its deliveries are written, in one transaction. A delivery is
attempted while its row is held, so that a worker that dies leaves it as it was. What keeps
failing gets stuck, and holds back what comes after it on the same main record, until somebody
releases it.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from loket.kernel import tenant
from loket.kernel.clock import now
from loket.ledger.database import atomic, one, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

log = logging.getLogger(__name__)

BATCH = 200
MOST_ATTEMPTS = 12
LONGEST_PAUSE = timedelta(minutes=30)


@dataclass(frozen=True)
class Happened:
    """An event as a subscriber gets it."""

    position: int
    id: UUID
    moment: Any
    register: str
    resource: str
    key: UUID
    main_resource: str
    main_key: UUID
    actie: str
    kenmerken: dict[str, Any]
    regime: str


@dataclass(frozen=True)
class Subscriber:
    """Somebody who must know: `wants` chooses events, `deliver` acts and says what it did.

    `deliver` may be called again for the same event: it must know by the event's id.
    It raises `Refused` for what will never succeed; any other exception is tried again.
    """

    name: str
    wants: Callable[[Happened], bool]
    deliver: Callable[[Happened], str]


@dataclass(frozen=True)
class Family:
    """Many subscribers that come and go: `wanting` names those that an event is for.

    Each is known in the ledger as `name:key`. They are delivered to by threads of their own, one
    at a time each, and one that fails is left alone for a while, so that none waits for another.
    """

    name: str
    wanting: Callable[[Happened], list[str]]
    deliver: Callable[[str, Happened], str]

    def subscriber(self, key: str) -> Subscriber:
        """Return one of them."""
        return Subscriber(
            f"{self.name}:{key}", lambda event: key in self.wanting(event),
            lambda event: self.deliver(key, event),
        )  # fmt: skip


class Refused(Exception):
    """The delivery cannot succeed, now or later."""


subscribers: dict[str, Subscriber] = {}
families: dict[str, Family] = {}

_EVENT = (
    "e.position, e.id, e.moment, e.register, e.resource, e.key, e.main_resource, e.main_key, "
    "e.actie, e.kenmerken::text, e.regime"
)


def subscribe(subscriber: Subscriber) -> None:
    """Make a subscriber known; its name is its identity in the ledger."""
    subscribers[subscriber.name] = subscriber


def subscribe_family(family: Family) -> None:
    """Make a family of subscribers known."""
    families[family.name] = family


def named(name: str) -> Subscriber:
    """Return a subscriber, or one of a family, by its name in the ledger; KeyError."""
    family, colon, key = name.partition(":")
    return families[family].subscriber(key) if colon else subscribers[name]


def _happened(row: Any) -> Happened:
    *head, kenmerken, regime = row
    made: list[Any] = [*head, json.loads(kenmerken), regime]
    return Happened(*made)


def route(limit: int = BATCH) -> int:
    """Hand events from the outbox to their subscribers; return how many left it.

    One worker at a time does so in a tenant; the others find the work taken and go on.
    """
    with atomic():
        if not one("SELECT pg_try_advisory_xact_lock(hashtext('loket.route'))")[0]:
            return 0
        found = rows(
            f"SELECT {_EVENT} FROM ledger_outbox o JOIN ledger_event e USING (position) "
            "ORDER BY o.position LIMIT %s",
            (limit,),
        )
        _hand_out([_happened(row) for row in found])
        if found:
            one("DELETE FROM ledger_outbox WHERE position = ANY(%s)", ([row[0] for row in found],))
            one("SELECT pg_notify('loket_events', %s)", (str(found[-1][0]),))
    return len(found)


def _hand_out(events: list[Happened]) -> None:
    wanted = [(name, event) for event in events for name in _wanting(event)]
    if not wanted:
        return
    moment = now()
    one(
        "INSERT INTO ledger_delivery (subscriber, position, main_key, state, attempts, "
        "next_at, changed_at, outcome) SELECT n, p, k, 'wacht', 0, %s, %s, '' "
        "FROM unnest(%s::text[], %s::bigint[], %s::uuid[]) u(n, p, k) "
        "ON CONFLICT (subscriber, position) DO NOTHING",
        (
            moment,
            moment,
            [name for name, _ in wanted],
            [event.position for _, event in wanted],
            [event.main_key for _, event in wanted],
        ),
    )


def _wanting(event: Happened) -> list[str]:
    """Return the names of the subscribers that an event is for."""
    names = [each.name for each in subscribers.values() if each.wants(event)]
    return names + [
        f"{each.name}:{key}" for each in families.values() for key in each.wanting(event)
    ]


_DUE = (
    f"SELECT d.id, d.subscriber, d.attempts, {_EVENT} "
    "FROM ledger_delivery d JOIN ledger_event e USING (position) "
    "WHERE d.state = 'wacht' AND d.next_at <= %(nu)s AND {whose} "
    "AND NOT EXISTS (SELECT FROM ledger_delivery b WHERE b.subscriber = d.subscriber "
    "AND b.main_key = d.main_key AND b.position < d.position AND b.state <> 'klaar') "
    "ORDER BY d.position LIMIT 1 FOR UPDATE OF d SKIP LOCKED"
)


def deliver_one() -> bool:
    """Attempt the first delivery that is due; tell whether there was one."""
    sql = _DUE.format(whose="d.subscriber = ANY(%(namen)s)")
    with atomic():
        row = one(sql, {"nu": now(), "namen": list(subscribers)})
        if row is None:
            return False
        delivery, name, attempts, *event = row
        _attempt(delivery, subscribers[name], attempts + 1, _happened(event))
    return True


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


def deliver_to_family(asleep: Asleep) -> bool:
    """Attempt a delivery to one of a family that nobody else is delivering to; tell if there was.

    Who failed is put to sleep, longer each time, and wakes with its first success.
    """
    for name in _waiting():
        if not asleep.may(name):
            continue
        with atomic():
            if not one("SELECT pg_try_advisory_xact_lock(hashtext(%s))", (f"loket {name}",))[0]:
                continue
            sql = _DUE.format(whose="d.subscriber = %(naam)s")
            row = one(sql, {"nu": now(), "naam": name})
            if row is None:
                continue
            delivery, _, attempts, *event = row
            done = _attempt(delivery, named(name), attempts + 1, _happened(event))
        asleep.note(name, done=done)
        return True
    return False


def _waiting() -> Iterator[str]:
    for family in families:
        for (name,) in rows(_WAITING, {"van": f"{family}:", "tot": f"{family};"}):
            yield name


class Asleep:
    """Who failed lately, and until when it is left alone; shared by the threads of one worker."""

    def __init__(self) -> None:
        self._until: dict[str, tuple[int, Any]] = {}

    def may(self, name: str) -> bool:
        """Tell whether somebody may be called."""
        _, until = self._until.get(self._key(name), (0, None))
        return until is None or until <= now()

    def note(self, name: str, *, done: bool) -> None:
        """Remember how it went."""
        if done:
            self._until.pop(self._key(name), None)
            return
        times = self._until.get(self._key(name), (0, None))[0] + 1
        self._until[self._key(name)] = (times, now() + pause_after(times))

    @staticmethod
    def _key(name: str) -> str:
        return f"{tenant.current().name} {name}"


def _attempt(delivery: int, subscriber: Subscriber, attempts: int, event: Happened) -> bool:
    """Deliver, and mark how it went; tell whether it was taken."""
    try:
        with atomic():
            outcome = subscriber.deliver(event)
    except Refused as problem:
        _mark(delivery, "vast", attempts, str(problem))
        return False
    except Exception as problem:  # noqa: BLE001 - whatever it was, it is tried again
        log.warning("%s failed on event %s: %s", subscriber.name, event.position, problem)
        state = "wacht" if attempts < MOST_ATTEMPTS else "vast"
        _mark(delivery, state, attempts, f"{type(problem).__name__}: {problem}")
        return False
    _mark(delivery, "klaar", attempts, outcome)
    return True


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after a number of failed attempts: 1 s, 2 s, 4 s … half an hour."""
    return min(timedelta(seconds=2 ** min(attempts - 1, 12)), LONGEST_PAUSE)


def _mark(delivery: int, state: str, attempts: int, outcome: str) -> None:
    moment = now()
    next_at = moment + pause_after(attempts) if state == "wacht" else moment
    one(
        "UPDATE ledger_delivery SET state = %s, attempts = %s, outcome = %s, next_at = %s, "
        "changed_at = %s WHERE id = %s",
        (state, attempts, outcome[:2000], next_at, moment, delivery),
    )


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


def replay(subscriber: str, position: int) -> int:
    """Deliver again, to one subscriber, every event from a position on; return how many."""
    found = rows(
        f"SELECT {_EVENT} FROM ledger_event e WHERE e.position >= %s ORDER BY e.position",
        (position,),
    )
    to = named(subscriber)
    wanted = [row[0] for row in found if to.wants(_happened(row))]
    moment = now()
    with atomic():
        done = rows(
            "INSERT INTO ledger_delivery (subscriber, position, main_key, state, attempts, "
            "next_at, changed_at, outcome) "
            "SELECT %s, e.position, e.main_key, 'wacht', 0, %s, %s, '' FROM ledger_event e "
            "WHERE e.position = ANY(%s) ON CONFLICT (subscriber, position) "
            "DO UPDATE SET state = 'wacht', attempts = 0, next_at = excluded.next_at, "
            "changed_at = excluded.changed_at RETURNING id",
            (subscriber, moment, moment, wanted),
        )
    return len(done)
