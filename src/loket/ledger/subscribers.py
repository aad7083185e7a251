"""Who must know of what happens: services of the house, and families of others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

EVENT = (
    "e.position, e.id, e.moment, e.register, e.resource, e.key, e.main_resource, e.main_key, "
    "e.actie, e.kenmerken::text, e.regime, e.url, e.main_url"
)
"""The columns of an event, for `happened`."""


@dataclass(frozen=True)
class Happened:
    """An event as a subscriber gets it; urls without the house's address."""

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
    url: str = ""
    main_url: str = ""


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
    """Many subscribers that come and go, each known in the ledger as `name:key`.

    `wanting` gives for each of some events the keys of those that it is for. `calls` makes the
    calls by which one of them is told of each; a call tells what was answered, raises as `deliver`
    of a subscriber does, and asks nothing of the database. They are delivered to by threads of
    their own, one call at a time each, and one that fails is left alone for a while, so that none
    waits for another.
    """

    name: str
    wanting: Callable[[Sequence[Happened]], Sequence[Sequence[str]]]
    calls: Callable[[str, Sequence[Happened]], Sequence[Callable[[], str]]]

    def subscriber(self, key: str) -> Subscriber:
        """Return one of them."""
        return Subscriber(
            f"{self.name}:{key}", lambda event: key in self.wanting([event])[0],
            lambda event: self.calls(key, [event])[0](),
        )  # fmt: skip


class Refused(Exception):
    """The delivery cannot succeed, now or later."""


subscribers: dict[str, Subscriber] = {}
families: dict[str, Family] = {}


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


def happened(row: Any) -> Happened:
    """Return the event of a row with the columns `EVENT`."""
    *head, kenmerken, regime, url, main_url = row
    made: list[Any] = [*head, dict(_read(kenmerken)), regime, url, main_url]
    return Happened(*made)


@lru_cache(maxsize=4096)
def _read(text: str) -> dict[str, Any]:
    """Read kenmerken; those of many events are the same."""
    shown: dict[str, Any] = json.loads(text)
    return shown
