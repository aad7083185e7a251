"""How long whoever failed is left alone, and whose turn it is."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from loket.kernel import tenant
from loket.kernel.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_PAUSE = timedelta(minutes=30)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after a number of failed attempts: 1 s, 2 s, 4 s … half an hour."""
    return min(timedelta(seconds=2 ** min(attempts - 1, 12)), LONGEST_PAUSE)


class Asleep:
    """Who failed lately, and until when it is left alone; shared by the threads of one worker."""

    def __init__(self) -> None:
        self._until: dict[str, tuple[int, Any]] = {}
        self._served: dict[str, float] = {}

    def may(self, name: str) -> bool:
        """Tell whether somebody may be called."""
        _, until = self._until.get(self._key(name), (0, None))
        return until is None or until <= now()

    def in_turn(self, names: Iterable[str]) -> list[str]:
        """Return those that may be called, who was served longest ago first."""
        return sorted(filter(self.may, names), key=lambda n: self._served.get(self._key(n), 0.0))

    def note(self, name: str, *, done: bool) -> None:
        """Remember how it went."""
        key = self._key(name)
        self._served[key] = time.monotonic()
        if done:
            self._until.pop(key, None)
            return
        times = self._until.get(key, (0, None))[0] + 1
        self._until[key] = (times, now() + pause_after(times))

    @staticmethod
    def _key(name: str) -> str:
        return f"{tenant.current().name} {name}"
