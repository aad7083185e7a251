from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from loket.grammar.resource import Call
from loket.kernel.problems import Invalid
from loket.ledger import dispatch
from loket.ledger.database import one
from loket.ledger.dispatch import Happened, Refused, Subscriber
from loket.registers.catalogi.catalogus import catalogussen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant

CALL = Call(base="http://127.0.0.1:8700")
BODY = {"domein": "ABCDE", "rsin": "517439943", "contactpersoonBeheerNaam": "Beheer"}


class Listener:
    """A subscriber that writes down what it hears, and fails when it is told to."""

    def __init__(self) -> None:
        self.heard: list[tuple[UUID, int]] = []
        self.failure: Exception | None = None

    def deliver(self, event: Happened) -> str:
        if self.failure is not None:
            raise self.failure
        self.heard.append((event.main_key, event.position))
        return "gehoord"


@pytest.fixture
def listener(gemeente: Tenant) -> Iterator[Listener]:
    del gemeente
    made = Listener()
    kept = dict(dispatch.subscribers)
    dispatch.subscribers.clear()
    dispatch.subscribe(
        Subscriber("luisteraar", lambda event: event.register == "catalogi", made.deliver)
    )
    yield made
    dispatch.subscribers.clear()
    dispatch.subscribers.update(kept)


def make(actor: Actor, domein: str = "ABCDE") -> UUID:
    key = catalogussen.create(actor, {**BODY, "domein": domein}, CALL).record.pk
    assert isinstance(key, UUID)
    return key


def run() -> int:
    done = 0
    while dispatch.route() or dispatch.deliver_one():
        done += 1
    return done


def due_now() -> None:
    one("UPDATE ledger_delivery SET next_at = now() - interval '1 second'")


def test_every_event_is_delivered_once_and_in_order(actor: Actor, listener: Listener) -> None:
    first, second = make(actor), make(actor, "VWXYZ")
    catalogussen.patch(actor, first, {"naam": "Nieuw"}, CALL)
    run()
    assert [key for key, _ in listener.heard] == [first, second, first]
    assert run() == 0
    assert dispatch.waiting() == 0


def test_a_refused_write_leaves_no_event(actor: Actor, listener: Listener) -> None:
    with pytest.raises(Invalid):
        catalogussen.create(actor, {"domein": "kort"}, CALL)
    run()
    assert listener.heard == []


def test_a_failure_is_tried_again_and_holds_back_what_follows_on_the_same_record(
    actor: Actor, listener: Listener
) -> None:
    first, other = make(actor), make(actor, "VWXYZ")
    catalogussen.patch(actor, first, {"naam": "Nieuw"}, CALL)
    dispatch.route()
    listener.failure = OSError("buurman ligt eruit")
    assert dispatch.deliver_one()
    listener.failure = None
    run()
    assert [key for key, _ in listener.heard] == [other]
    assert [row["outcome"] for row in dispatch.stuck()] == ["OSError: buurman ligt eruit"]
    due_now()
    run()
    assert [key for key, _ in listener.heard] == [other, first, first]


def test_what_keeps_failing_gets_stuck_until_it_is_released(
    actor: Actor, listener: Listener
) -> None:
    make(actor)
    dispatch.route()
    listener.failure = OSError("nog steeds")
    for _ in range(dispatch.MOST_ATTEMPTS):
        due_now()
        assert dispatch.deliver_one()
    due_now()
    assert not dispatch.deliver_one()
    assert dispatch.stuck()[0]["state"] == "vast"
    listener.failure = None
    assert dispatch.release() == 1
    run()
    assert len(listener.heard) == 1


def test_a_refusal_gets_stuck_at_once(actor: Actor, listener: Listener) -> None:
    make(actor)
    listener.failure = Refused("dit adres bestaat niet")
    run()
    stuck = dispatch.stuck()
    assert (stuck[0]["state"], stuck[0]["outcome"]) == ("vast", "dit adres bestaat niet")


def test_replay_delivers_again_from_a_position(actor: Actor, listener: Listener) -> None:
    for domein in ("AAAAA", "BBBBB", "CCCCC"):
        make(actor, domein)
    run()
    second = listener.heard[1][1]
    assert dispatch.replay("luisteraar", second) == 2
    run()
    assert [position for _, position in listener.heard[3:]] == [second, second + 1]


def test_the_pause_doubles_up_to_half_an_hour() -> None:
    pauses = [dispatch.pause_after(attempts).total_seconds() for attempts in (1, 2, 3, 11, 12, 40)]
    assert pauses == [1, 2, 4, 1024, 1800, 1800]
