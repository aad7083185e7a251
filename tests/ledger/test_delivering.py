"""Who is of a family gets a spell of deliveries: in order, stopped by a failure, written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from loket.ledger import delivering, dispatch
from loket.ledger.database import one, rows
from loket.ledger.dispatch import Family, Happened, Refused
from tests.ledger.test_dispatch import due_now, make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from uuid import UUID

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant


@dataclass
class Kin:
    """A family that wants what is about catalogi, for each of `keys`, and fails as it is told."""

    keys: list[str] = field(default_factory=lambda: ["a"])
    asked: list[int] = field(default_factory=list)
    heard: list[tuple[str, UUID]] = field(default_factory=list)
    failing: dict[UUID, Exception] = field(default_factory=dict)
    unmakable: set[UUID] = field(default_factory=set)
    meanwhile: Callable[[], object] | None = None

    def wanting(self, events: Sequence[Happened]) -> list[list[str]]:
        self.asked.append(len(events))
        return [self.keys if event.register == "catalogi" else [] for event in events]

    def calls(self, key: str, events: Sequence[Happened]) -> list[Callable[[], str]]:
        if wrong := [event for event in events if event.main_key in self.unmakable]:
            raise ValueError(f"{len(wrong)} kan niet")
        return [lambda event=event: self._call(key, event) for event in events]  # type: ignore[misc]

    def _call(self, key: str, event: Happened) -> str:
        if event.main_key in self.failing:
            raise self.failing[event.main_key]
        self.heard.append((key, event.main_key))
        if self.meanwhile is not None:
            self.meanwhile()
        return "gehoord"


@pytest.fixture
def kin(gemeente: Tenant) -> Iterator[Kin]:
    del gemeente
    made = Kin()
    subscribers, families = dict(dispatch.subscribers), dict(dispatch.families)
    dispatch.subscribers.clear()
    dispatch.families.clear()
    while dispatch.route():
        pass
    dispatch.subscribe_family(Family("kin", made.wanting, made.calls))
    yield made
    dispatch.families.clear()
    dispatch.families.update(families)
    dispatch.subscribers.update(subscribers)


def three(actor: Actor) -> list[UUID]:
    made = [make(actor, domein) for domein in ("AAAAA", "BBBBB", "CCCCC")]
    dispatch.route()
    return made


def states() -> list[tuple[str, int]]:
    return rows("SELECT state, attempts FROM ledger_delivery ORDER BY subscriber, position")


def test_whom_a_batch_is_for_is_asked_once(actor: Actor, kin: Kin) -> None:
    three(actor)
    assert kin.asked == [3]


def test_what_is_due_goes_in_one_spell(actor: Actor, kin: Kin) -> None:
    made = three(actor)
    assert dispatch.deliver_to_family(dispatch.Asleep()) == 3
    assert [main for _, main in kin.heard] == made
    assert states() == [("klaar", 1)] * 3
    assert dispatch.deliver_to_family(dispatch.Asleep()) == 0


def test_a_failure_ends_the_spell_and_leaves_what_came_after(actor: Actor, kin: Kin) -> None:
    _, second, _ = three(actor)
    kin.failing = {second: OSError("ligt eruit")}
    asleep = dispatch.Asleep()
    assert dispatch.deliver_to_family(asleep) == 2
    assert states() == [("klaar", 1), ("wacht", 1), ("wacht", 0)]
    assert dispatch.deliver_to_family(asleep) == 0, "who failed is left alone"
    assert dispatch.deliver_to_family(dispatch.Asleep()) == 1, "its turn is not there yet"
    assert states() == [("klaar", 1), ("wacht", 1), ("klaar", 1)]


def test_a_refusal_holds_back_what_is_about_the_same(actor: Actor, kin: Kin) -> None:
    first, second, _ = three(actor)
    kin.failing = {first: Refused("nooit")}
    dispatch.deliver_to_family(dispatch.Asleep())
    one("UPDATE ledger_delivery SET main_key = %s WHERE main_key = %s", (first, second))
    assert dispatch.deliver_to_family(dispatch.Asleep()) == 1
    assert states() == [("vast", 1), ("wacht", 0), ("klaar", 1)]


def test_what_cannot_be_told_holds_up_nothing_else(actor: Actor, kin: Kin) -> None:
    first, second, third = three(actor)
    kin.unmakable = {second}
    attempted = [dispatch.deliver_to_family(dispatch.Asleep()) for _ in range(4)]
    assert attempted == [1, 1, 1, 0]
    assert [main for _, main in kin.heard] == [first, third]
    assert dispatch.stuck()[0]["outcome"] == "ValueError: 1 kan niet"
    kin.unmakable = set()
    due_now()
    dispatch.deliver_to_family(dispatch.Asleep())
    assert states() == [("klaar", 1), ("klaar", 2), ("klaar", 1)]


def test_what_was_changed_during_the_call_is_delivered_once_more(actor: Actor, kin: Kin) -> None:
    """Somebody asks for it again while it is on its way: that is not written over."""
    make(actor)
    dispatch.route()
    again = "UPDATE ledger_delivery SET changed_at = changed_at + interval '1 second'"
    kin.meanwhile = lambda: one(again)
    dispatch.deliver_to_family(dispatch.Asleep())
    assert states() == [("wacht", 0)]
    kin.meanwhile = None
    dispatch.deliver_to_family(dispatch.Asleep())
    assert states() == [("klaar", 1)]
    assert len(kin.heard) == 2


def test_a_spell_is_over_after_a_number_of_calls_or_some_time(
    actor: Actor, kin: Kin, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(actor)
    monkeypatch.setattr(delivering, "SPELL", 2)
    assert dispatch.deliver_to_family(dispatch.Asleep()) == 2
    make(actor, "DDDDD")
    dispatch.route()
    monkeypatch.setattr(delivering, "SPELL_SECONDS", -1.0)
    assert dispatch.deliver_to_family(dispatch.Asleep()) == 1
    assert len(kin.heard) == 3


def test_who_was_served_longest_ago_goes_first(
    actor: Actor, kin: Kin, monkeypatch: pytest.MonkeyPatch
) -> None:
    kin.keys = ["a", "b", "c"]
    three(actor)
    monkeypatch.setattr(delivering, "SPELL", 1)
    asleep = dispatch.Asleep()
    while dispatch.deliver_to_family(asleep):
        pass
    assert [key for key, _ in kin.heard] == ["a", "b", "c"] * 3
