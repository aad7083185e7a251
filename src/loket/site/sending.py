"""The thread of the worker that sends messages: a slow mail server holds up nothing else."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from django.db import OperationalError, connections

from loket.kernel import tenant
from loket.ledger.database import Away
from loket.services.output.verzenden import verzend
from loket.site import tenants, uitgaand

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant

log = logging.getLogger(__name__)

IDLE: Final = 0.5
"""Seconds between two looks when there is nothing to send."""


def begin(stop: threading.Event) -> threading.Thread:
    """Start to send, until `stop` is set."""
    thread = threading.Thread(target=_send_on, args=(stop,), name="verzender")
    thread.start()
    return thread


def _send_on(stop: threading.Event) -> None:
    while not stop.is_set():
        busy = False
        try:
            for each in tenants.known():
                with tenant.entered(each):
                    busy |= _send_for(each, stop)
        except (OperationalError, Away) as problem:
            log.warning("the database is away: %s", problem)
            connections.close_all()
        if not busy:
            stop.wait(IDLE)
    connections.close_all()


def _send_for(here: Tenant, stop: threading.Event) -> bool:
    """Send for one municipality; its wrong settings hold up no other."""
    try:
        return send_due(stop)
    except (OperationalError, Away):
        raise
    except Exception:
        log.exception("nothing can be sent for %s", here.name)
        return False


def send_due(stop: threading.Event | None = None) -> bool:
    """Send all that is due in the municipality at hand; tell whether there was any."""
    wegen, busy = uitgaand.wegen(), False
    while not (stop and stop.is_set()) and verzend(wegen):
        busy = True
    return busy
