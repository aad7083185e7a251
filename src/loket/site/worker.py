"""The worker: hands out events and delivers them, for every tenant, until it is told to stop."""

from __future__ import annotations

import logging
import signal
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import OperationalError, connections

from loket.kernel import tenant
from loket.ledger import dispatch
from loket.ledger.database import Away
from loket.registers.documenten import importwerk
from loket.services.taken import termijnen
from loket.site import files, sending, subscriptions, tenants

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

IDLE = 0.2
"""Seconds between two looks when there is nothing to do."""

SWEEP_EVERY = 24 * 60 * 60.0
"""Seconds between two times that half files are thrown away."""

CALLERS = 4
"""Threads that call subscribers; each calls one, so that who is slow holds up nobody else."""

TERMS_EVERY = 60.0
"""Seconds between two looks at the terms of tasks."""

TROUBLE = 1.0
"""Seconds to wait when the database is away."""


def work() -> None:
    """Work until a signal comes; a delivery under way is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    subscriptions.connect()
    files.connect()
    bell = threading.Condition()
    threads = [*_callers(stop, bell), sending.begin(stop)]
    _main_work(stop, bell)
    for each in threads:
        each.join()


def _callers(stop: threading.Event, bell: threading.Condition) -> list[threading.Thread]:
    """Start the threads that call subscribers."""
    asleep = dispatch.Asleep()
    made = [
        threading.Thread(target=call_subscribers, args=(stop, bell, asleep), name=f"abonnees-{nr}")
        for nr in range(CALLERS)
    ]
    for each in made:
        each.start()
    return made


def _main_work(stop: threading.Event, bell: threading.Condition) -> None:
    rounds = [Round(SWEEP_EVERY, files.sweep), Round(TERMS_EVERY, let_days_pass)]
    while not stop.is_set():
        try:
            for each in rounds:
                each.when_due()
            busy = round_of_work(stop, bell)
        except (OperationalError, Away) as problem:
            log.warning("the database is away: %s", problem)
            connections.close_all()
            stop.wait(TROUBLE)
        else:
            if not busy:
                stop.wait(IDLE)


@dataclass
class Round:
    """Something to do every so many seconds, and at once when the worker begins."""

    every: float
    what: Callable[[], object]
    at: float = 0.0

    def when_due(self) -> None:
        """Do it when its time has come."""
        if time.monotonic() >= self.at:
            self.what()
            self.at = time.monotonic() + self.every


def let_days_pass() -> None:
    """Do in every tenant what a day brings: reminders, and terms that are over."""
    for each in tenants.everyone():
        with tenant.entered(each):
            termijnen.herinner()
            termijnen.verstrijk()


def call_subscribers(
    stop: threading.Event, bell: threading.Condition, asleep: dispatch.Asleep
) -> None:
    """Deliver to whoever subscribed, in every tenant, beside the other threads that do so.

    It looks when the bell says that something was handed out, and else every now and then.
    """
    while not stop.is_set():
        busy = False
        try:
            for each in tenants.everyone():
                with tenant.entered(each):
                    while not stop.is_set() and dispatch.deliver_to_family(asleep):
                        busy = True
        except (OperationalError, Away) as problem:
            log.warning("the database is away: %s", problem)
            connections.close_all()
            stop.wait(TROUBLE)
        if not busy:
            with bell:
                bell.wait(IDLE)
    connections.close_all()


def round_of_work(stop: threading.Event, bell: threading.Condition) -> bool:
    """Do what is due in every tenant; tell whether there was anything."""
    busy = False
    for each in tenants.everyone():
        with tenant.entered(each):
            if dispatch.route():
                busy = True
                with bell:
                    bell.notify_all()
            while not stop.is_set() and dispatch.deliver_one():
                busy = True
            busy |= importwerk.work_off()
    return busy
