"""Losing no notification: subscribers that fail at random, and a worker that is killed.

The short form has 300 events and kills the worker twice; LOKET_SOAK=1 has 100,000 and kills it
fifty times, LOKET_SOAK_EVENTS another number.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from loket.kernel import tenant
from loket.ledger.database import control, one, rows
from loket.site import tenants
from loket.site.bench import abonnee
from loket.site.bench.nieuws import make_events, out_of_order, subscribe, working
from loket.site.postgres import database_url
from loket.site.process_table import within

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loket.site.postgres import Postgres

LONG = os.environ.get("LOKET_SOAK") == "1"
EVENTS = int(os.environ.get("LOKET_SOAK_EVENTS") or (100_000 if LONG else 300))
KILLS = 50 if LONG else 2
SUBSCRIBERS = 3
FAULTS = ("--faults", "0.001") if LONG else ("--faults", "0.005", "--slow", "1")
"""How often a subscriber fails: an answer 500, a reset, or silence until the worker gives up."""

PATIENCE = 3600 if LONG else 120
SLICE = 60
"""Seconds after which the worker is killed, however little was done."""


@dataclass
class Hearer:
    """A subscriber that fails at random, and where it writes down what it heard."""

    file: Path
    running: abonnee.Abonnee

    @classmethod
    def begin(cls, file: Path) -> Hearer:
        return cls(file, abonnee.begin(file, *FAULTS))

    def crash(self) -> None:
        """End, and come back at the same place."""
        self.running.stop()
        self.running = abonnee.begin(self.file, *FAULTS, "--port", str(self.running.port))

    def stop(self) -> None:
        self.running.stop()

    @property
    def events(self) -> set[str]:
        return {each.event for each in abonnee.heard(self.file)}


@pytest.fixture
def hearers(postgres: Postgres, tmp_path: Path) -> Iterator[list[Hearer]]:
    """Subscribers of a municipality in which what is written stays."""
    del postgres
    made = tenants.add("rondgang", ["rondgang.localhost"], "Gemeente Rondgang")
    with ExitStack() as stack, tenant.entered(made):
        found = []
        for nr in range(SUBSCRIBERS):
            found.append(Hearer.begin(tmp_path / f"abonnee-{nr}"))
            stack.callback(found[-1].stop)
            subscribe(found[-1].running.url, signed=nr == 0)
        yield found
    with control(database_url(tenants.CONTROL)) as database:
        database.execute("DELETE FROM tenant WHERE name = 'rondgang'")


def _heard(hearers: list[Hearer]) -> int:
    return sum(abonnee.count(each.file) for each in hearers)


def _done() -> bool:
    """Tell whether nothing is on its way any more."""
    open_ones = (
        "SELECT (SELECT count(*) FROM ledger_outbox) "
        "+ (SELECT count(*) FROM ledger_delivery WHERE state = 'wacht')"
    )
    return bool(one(open_ones)[0] == 0)


def test_no_notification_is_lost(
    hearers: list[Hearer], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    each_time = EVENTS // KILLS
    for nr in range(KILLS):
        with working(tmp_path):  # it is killed at the end of this block, in the middle of its work
            make_events(each_time)
            enough = _heard(hearers) + each_time * SUBSCRIBERS // 2
            within(SLICE, lambda enough=enough: _heard(hearers) >= enough)  # type: ignore[misc]
        if nr % 5 == 1:
            hearers[nr // 5 % SUBSCRIBERS].crash()
    with working(tmp_path):
        assert within(PATIENCE, _done), "there is something on its way for ever"
    made = {str(key) for (key,) in rows("SELECT id FROM ledger_event WHERE register = 'zaken'")}
    assert len(made) == each_time * KILLS
    for each in hearers:
        assert each.events == made
        assert out_of_order(abonnee.heard(each.file)) == 0
    states = rows("SELECT state, count(*) FROM ledger_delivery GROUP BY 1")
    assert states == [("klaar", len(made) * SUBSCRIBERS)]
    _tell(hearers, len(made), capsys)


def _tell(hearers: list[Hearer], number: int, capsys: pytest.CaptureFixture[str]) -> None:
    twice = _heard(hearers) - number * SUBSCRIBERS
    (again,) = one("SELECT count(*) FROM ledger_delivery WHERE attempts > 1")
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{number} events, {SUBSCRIBERS} subscribers, {KILLS} kills of the worker: none lost "
            f"or out of order; {again} deliveries failed first, {twice} calls came again"
        )
