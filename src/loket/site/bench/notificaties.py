"""How fast news goes round: from the outbox to deliveries, and from there to who subscribed.

The events are made by SQL, the abonnementen through the front door, and a worker of the house
delivers to subscribers in processes of their own. Each round is measured with one subscriber, with
one for whom what comes is signed, and with two more that are of no use: one is dead, one takes a
call and never answers.
"""

from __future__ import annotations

import random
import socket
import statistics
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table

from loket.ledger.database import atomic, connection
from loket.site import subscriptions
from loket.site.bench.abonnee import count, heard, listening
from loket.site.bench.nieuws import (
    forget_deliveries,
    make_events,
    out_of_order,
    route_all,
    subscribe,
    working,
)
from loket.site.bench.serving import used
from loket.site.child import HOST
from loket.site.process_table import within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ROUTED: Final = 60_000
CALLS: Final = 5_000
ROUNDS: Final = 3
SINGLES: Final = 60
PATIENCE: Final = 300
_ALONE: Final = "1 abonnee"
_SIGNED: Final = "ondertekend"
_BURDENED: Final = "met een dode en een dove"
_KINDS: Final = (_ALONE, _SIGNED, _BURDENED)


@dataclass
class Notified:
    """What was measured, and what it is measured with: the folder, the database, the bar."""

    folder: Path
    postgres: int
    bar: Callable[[str, int], Callable[[int], None]]
    figures: list[dict[str, Any]] = field(default_factory=list)

    def figure(self, name: str, value: float, unit: str, bar: str = "") -> None:
        """Keep a figure."""
        self.figures.append({"name": name, "value": round(value, 3), "unit": unit, "bar": bar})


@dataclass
class Round:
    """One time that events were handed out, or told."""

    rate: float
    ms: float


def measure(notified: Notified) -> None:
    """Measure everything."""
    subscriptions.connect()
    _routing(notified, 0)
    _routing(notified, 1)
    _delivering(notified)
    _latency(notified)


def _routing(notified: Notified, subscribers: int) -> None:
    name = f"verdelen, {subscribers} abonnee" + ("" if subscribers == 1 else "s")
    tell = notified.bar(name, ROUNDS * ROUTED)
    rounds = [_routed(notified, subscribers, tell, nr * ROUTED) for nr in range(ROUNDS)]
    rate = statistics.median(each.rate for each in rounds)
    notified.figure(name, rate, "gebeurtenissen/s", "≥ 20.000")
    spent = statistics.median(each.ms for each in rounds)
    notified.figure(f"{name}, processortijd", spent, "ms per gebeurtenis")


def _routed(
    notified: Notified, subscribers: int, tell: Callable[[int], None], already: int
) -> Round:
    """Hand out ROUTED events to so many subscribers."""
    forget_deliveries()
    for _ in range(subscribers):
        subscribe(f"http://{HOST}:9/hier")
    route_all()
    make_events(ROUTED)
    connection().execute("ANALYZE ledger_event, ledger_outbox")
    before, begun = used(notified.postgres) + time.process_time(), time.perf_counter()
    route_all(lambda done: tell(already + done))
    took = time.perf_counter() - begun
    spent = used(notified.postgres) + time.process_time() - before
    return Round(ROUTED / took, 1000 * spent / ROUTED)


def _delivering(notified: Notified) -> None:
    tell = notified.bar("bezorgen", len(_KINDS) * ROUNDS)
    made: dict[str, list[Round]] = {kind: [] for kind in _KINDS}
    for nr in range(ROUNDS):
        for place, kind in enumerate(_KINDS):
            made[kind].append(_round(notified, kind))
            tell(len(_KINDS) * nr + place + 1)
    for kind, rounds in made.items():
        rate = statistics.median(each.rate for each in rounds)
        notified.figure(f"bezorgen, {kind}", rate, "notificaties/s", "≥ 1.000")
        spent = statistics.median(each.ms for each in rounds)
        notified.figure(f"bezorgen, {kind}, processortijd", spent, "ms per notificatie")
    for kind, bar in ((_SIGNED, ""), (_BURDENED, "1")):
        ratio = sum(each.rate for each in made[kind]) / sum(each.rate for each in made[_ALONE])
        notified.figure(f"{kind}, tegenover alleen", ratio, "×", bar)


def _round(notified: Notified, kind: str) -> Round:
    """Let the worker make CALLS deliveries to somebody; with the two others where that is asked."""
    forget_deliveries()
    file = notified.folder / "abonnee"
    file.unlink(missing_ok=True)
    with ExitStack() as stack:
        if kind == _BURDENED:
            subscribe(stack.enter_context(_dead()))
            deaf = notified.folder / "doof"
            subscribe(stack.enter_context(listening(deaf, "--hang")).url)
        subscribe(stack.enter_context(listening(file)).url, signed=kind == _SIGNED)
        route_all()
        make_events(CALLS)
        route_all()
        worker = stack.enter_context(working(notified.folder))
        within(PATIENCE, lambda: count(file) > 0)
        before, already = used(worker.pid) + used(notified.postgres), count(file)
        if not within(PATIENCE, lambda: count(file) >= CALLS):
            raise TimeoutError(f"{count(file)} of {CALLS} notifications came")
        spent = used(worker.pid) + used(notified.postgres) - before
        lines = heard(file)
    wrong = out_of_order(lines)
    if wrong or len({each.event for each in lines}) != CALLS:
        raise RuntimeError(f"{wrong} notifications out of order, of {len(lines)}")
    took = lines[-1].moment - lines[0].moment
    return Round((CALLS - 1) / took, 1000 * spent / (CALLS - already))


@contextmanager
def _dead() -> Iterator[str]:
    """Hold a port at which nobody listens."""
    with socket.socket() as bound:
        bound.bind((HOST, 0))
        yield f"http://{HOST}:{bound.getsockname()[1]}/hier"


def _latency(notified: Notified) -> None:
    """Measure from commit to callback in a house that is idle, out of step with the worker."""
    tell = notified.bar("van vastleggen tot aanroep", SINGLES)
    forget_deliveries()
    file = notified.folder / "abonnee"
    file.unlink(missing_ok=True)
    took = []
    with listening(file) as abonnee, working(notified.folder) as worker:
        subscribe(abonnee.url)
        for nr in range(SINGLES):
            with atomic():
                make_events(1)
            begun = time.time()
            if not within(PATIENCE, lambda nr=nr: count(file) > nr):  # type: ignore[misc]
                raise TimeoutError("a notification does not come")
            took.append(1000 * (heard(file)[-1].moment - begun))
            time.sleep(random.uniform(0.2, 0.6))  # noqa: S311 - spreads, hides nothing
            tell(nr + 1)
        idle = _idle(worker.pid, notified.postgres)
    took = took[5:]  # the worker starts
    notified.figure("van vastleggen tot aanroep, mediaan", statistics.median(took), "ms", "< 200")
    notified.figure("van vastleggen tot aanroep, p95", statistics.quantiles(took, n=20)[-1], "ms")
    notified.figure("worker in rust, met PostgreSQL", idle, "% van een kern")


def _idle(*pids: int) -> float:
    """Return what processes cost while nothing happens, as a percentage of one core."""
    begun, before = time.perf_counter(), sum(map(used, pids))
    time.sleep(5)
    return 100 * (sum(map(used, pids)) - before) / (time.perf_counter() - begun)


def table(figures: list[dict[str, Any]]) -> Table:
    """Return the figures for on the screen."""
    made = Table(box=None)
    for name in ("notificaties", "gemeten", "", "grens"):
        made.add_column(name, justify="right" if name == "gemeten" else "left")
    for each in figures:
        shown = f"{each['value']:.3g}" if each["value"] < 100 else f"{each['value']:.0f}"
        made.add_row(each["name"], shown, each["unit"], each["bar"])
    return made
