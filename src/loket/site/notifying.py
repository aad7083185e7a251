"""The threads of the worker by which news goes round: one hands out, the others call subscribers.

Handing out waits for nobody: not for a service of the house that is slow, and not for a subscriber.
"""

from __future__ import annotations

import logging
import threading
from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import OperationalError, connections

from loket.kernel import tenant
from loket.ledger import dispatch
from loket.ledger.database import Away
from loket.site import tenants

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 0.1
"""Seconds between two looks whether something happened."""

IDLE: Final = 0.2
"""Seconds between two looks whether somebody is to be called again, when nothing happens."""

CALLERS: Final = 4
"""Threads that call subscribers; each calls one, so that who is slow holds up nobody else."""

TROUBLE: Final = 1.0
"""Seconds to wait when the database is away."""


class Bell:
    """Says that something was handed out; what rings while somebody looks is heard afterwards."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rung = 0

    @property
    def rung(self) -> int:
        """How often it rang, to be given to `wait`."""
        return self._rung

    def ring(self) -> None:
        """Wake everybody who waits."""
        with self._condition:
            self._rung += 1
            self._condition.notify_all()

    def wait(self, heard: int, seconds: float) -> None:
        """Wait until it has rung more often than `heard`, but no longer than this."""
        with self._condition:
            self._condition.wait_for(lambda: self._rung != heard, seconds)


def begin(stop: threading.Event, bell: Bell) -> list[threading.Thread]:
    """Start to hand out and to call, until `stop` is set."""
    call = partial(call_on, stop, bell, dispatch.Asleep())
    made = [threading.Thread(target=hand_out_on, args=(stop, bell), name="verdeler")]
    made += [threading.Thread(target=call, name=f"abonnees-{nr}") for nr in range(CALLERS)]
    for each in made:
        each.start()
    return made


def hand_out_on(stop: threading.Event, bell: Bell) -> None:
    """Hand out what happened, in every tenant."""
    while not stop.is_set():
        if everywhere(stop, dispatch.route):
            bell.ring()
        else:
            stop.wait(LOOK_EVERY)
    connections.close_all()


def call_on(stop: threading.Event, bell: Bell, asleep: dispatch.Asleep) -> None:
    """Deliver to whoever subscribed, in every tenant in turn, beside the others that do so.

    It looks when the bell says that something was handed out, and else every now and then.
    """
    while not stop.is_set():
        heard = bell.rung
        if not everywhere(stop, lambda: dispatch.deliver_to_family(asleep)):
            bell.wait(heard, IDLE)
    connections.close_all()


def everywhere(stop: threading.Event, act: Callable[[], int]) -> bool:
    """Act in every tenant; tell whether there was anything to do. When that fails, wait a while."""
    busy = False
    try:
        for each in tenants.known():
            with tenant.entered(each):
                busy |= not stop.is_set() and bool(act())
    except (OperationalError, Away) as problem:
        log.warning("the database is away: %s", problem)
        connections.close_all()
        stop.wait(TROUBLE)
    except Exception:  # a thread that ends would not be missed
        log.exception("what must go on failed")
        connections.close_all()
        stop.wait(TROUBLE)
    return busy
