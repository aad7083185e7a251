"""The worker: does for every tenant what nobody waits for, until it is told to stop."""

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
from loket.services.berichten.publiceren import publiceer
from loket.services.taken import termijnen
from loket.site import files, notifying, sending, subscriptions, tenants, terugpost

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

IDLE = 0.2
"""Seconds between two looks when there is nothing to do."""

SWEEP_EVERY = 24 * 60 * 60.0
"""Seconds between two times that half files are thrown away."""

TERMS_EVERY = 60.0
"""Seconds between two looks at the terms of tasks."""


def work() -> None:
    """Work until a signal comes; a delivery under way is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    subscriptions.connect()
    files.connect()
    bell = notifying.Bell()
    threads = [*terugpost.begin(stop), *notifying.begin(stop, bell), sending.begin(stop)]
    _main_work(stop, bell)
    for each in threads:
        each.join()


def _main_work(stop: threading.Event, bell: notifying.Bell) -> None:
    rounds = [Round(SWEEP_EVERY, files.sweep), Round(TERMS_EVERY, let_days_pass)]
    while not stop.is_set():
        heard = bell.rung
        try:
            for each in rounds:
                each.when_due()
            busy = round_of_work(stop)
        except (OperationalError, Away) as problem:
            log.warning("the database is away: %s", problem)
            connections.close_all()
            stop.wait(notifying.TROUBLE)
        else:
            if not busy:
                bell.wait(heard, IDLE)


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
    """Do in every tenant what a day brings: reminders, terms that are over, what is published."""
    for each in tenants.everyone():
        with tenant.entered(each):
            termijnen.herinner()
            termijnen.verstrijk()
            publiceer()


def round_of_work(stop: threading.Event) -> bool:
    """Do what is due in every tenant; tell whether there was anything."""
    busy = False
    for each in tenants.known():
        with tenant.entered(each):
            while not stop.is_set() and dispatch.deliver_one():
                busy = True
            busy |= importwerk.work_off()
    return busy
