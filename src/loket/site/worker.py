"""The worker: hands out events and delivers them, for every tenant, until it is told to stop."""

from __future__ import annotations

import logging
import signal
import threading
import time

from django.db import OperationalError, connections

from loket.kernel import tenant
from loket.ledger import dispatch
from loket.ledger.database import Away
from loket.registers.documenten import importwerk
from loket.site import files, subscriptions, tenants

log = logging.getLogger(__name__)

IDLE = 0.2
"""Seconds between two looks when there is nothing to do."""

SWEEP_EVERY = 24 * 60 * 60.0
"""Seconds between two times that half files are thrown away."""

TROUBLE = 1.0
"""Seconds to wait when the database is away."""


def work() -> None:
    """Work until a signal comes; a delivery under way is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    subscriptions.connect()
    files.connect()
    sweep_at = 0.0
    while not stop.is_set():
        try:
            if time.monotonic() >= sweep_at:
                files.sweep()
                sweep_at = time.monotonic() + SWEEP_EVERY
            busy = round_of_work(stop)
        except (OperationalError, Away) as problem:
            log.warning("the database is away: %s", problem)
            connections.close_all()
            stop.wait(TROUBLE)
        else:
            if not busy:
                stop.wait(IDLE)


def round_of_work(stop: threading.Event) -> bool:
    """Do what is due in every tenant; tell whether there was anything."""
    busy = False
    for each in tenants.everyone():
        with tenant.entered(each):
            busy |= dispatch.route() > 0
            while not stop.is_set() and dispatch.deliver_one():
                busy = True
            busy |= importwerk.work_off()
    return busy
