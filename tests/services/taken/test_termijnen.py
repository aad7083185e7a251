"""As days pass, a task is reminded of once, and closed when nobody did it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from loket.kernel import clock
from loket.kernel.clock import today
from loket.ledger.database import rows
from loket.services.taken import termijnen
from tests.registers.taken.test_taken import PERSOON, ROOT, body, made

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Api


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let so many days pass."""

    def go(days: int) -> None:
        day = clock.today() + timedelta(days)
        monkeypatch.setattr(termijnen, "today", lambda: day)

    return go


def shown(api: Api, taak: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = api.get(taak["url"]).json()
    return found


def test_it_is_reminded_of_once_when_the_day_comes(api: Api, later: Callable[[int], None]) -> None:
    taak = made(api.post(f"{ROOT}/externetaken", json=body(days=30, isToegewezenAan=PERSOON)))
    assert termijnen.herinner() == 0
    later(23)
    assert (termijnen.herinner(), termijnen.herinner()) == (1, 0)
    assert shown(api, taak)["herinnerdOp"]
    told = rows(
        "SELECT actie, toelichting FROM ledger_event WHERE key = %s ORDER BY position",
        (taak["uuid"],),
    )
    assert told[1:] == [("partial_update", "de dag van de herinnering is er")]
    assert shown(api, taak)["isToegewezenAan"] == PERSOON


def test_a_later_day_is_another_reminder(api: Api, later: Callable[[int], None]) -> None:
    taak = made(api.post(f"{ROOT}/externetaken", json=body(days=30)))
    later(24)
    termijnen.herinner()
    moved = (today() + timedelta(28)).isoformat()
    assert api.patch(taak["url"], json={"datumHerinnering": moved}).json()["herinnerdOp"] is None
    assert termijnen.herinner() == 0
    later(28)
    assert termijnen.herinner() == 1


def test_what_was_not_done_in_time_is_closed_the_day_after(
    api: Api, later: Callable[[int], None]
) -> None:
    taak, done = (made(api.post(f"{ROOT}/externetaken", json=body(days=5))) for _ in range(2))
    api.patch(done["url"], json={"status": "uitgevoerd"})
    later(5)
    assert termijnen.verstrijk() == 0  # the last day is a day to do it
    later(6)
    assert (termijnen.verstrijk(), termijnen.verstrijk()) == (1, 0)
    assert shown(api, taak)["status"] == "niet_uitgevoerd"
    assert shown(api, done)["status"] == "uitgevoerd"
    assert termijnen.herinner() == 0
