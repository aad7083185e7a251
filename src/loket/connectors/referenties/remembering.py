"""What trusted addresses said, remembered per municipality; also while their source is away."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loket.connectors.referenties.fetching import fetch
from loket.connectors.referenties.trusting import Base, BaseError, based, under
from loket.grammar.outside import UNREADABLE, Unavailable
from loket.kernel import tenant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

KEEP = 4 * 3600.0
"""Seconds for which an answer is not asked again."""

KEEP_NOTHING = 10.0
"""Seconds for which nothing, nonsense or silence is not asked again."""

MOST = 5000
"""Answers that one process remembers."""


@dataclass
class _Memory:
    """An answer, when it was given, and until when the source need not be asked."""

    answer: Any
    fresh_until: float
    away: str = ""


class Referenties:
    """The trusted addresses of the current municipality; `bases` says which ones they are."""

    def __init__(
        self,
        bases: Callable[[], Iterable[str]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bases = bases
        self._clock = clock
        self._remembered: OrderedDict[tuple[str, str], _Memory] = OrderedDict()
        self._lock = threading.Lock()

    def trusts(self, url: str) -> bool:
        """Tell whether an address lies under a base of this municipality."""
        return under(self._trusted(), url) is not None

    def get(self, url: str) -> Any:
        """Return the JSON at a trusted address, or None when nothing is there; Unavailable."""
        bases = self._trusted()
        if under(bases, url) is None:
            return None
        key = (tenant.current().name, url)
        with self._lock:
            known = self._remembered.get(key)
        if known is None or known.fresh_until <= self._clock():
            known = self._asked(bases, url, known)
            self._keep(key, known)
        if known.away:
            raise Unavailable(known.away)
        return known.answer

    def _asked(self, bases: list[Base], url: str, known: _Memory | None) -> _Memory:
        """Ask the source; while it is away, what it said before still counts."""
        try:
            answer = fetch(bases, url)
        except Unavailable as problem:
            soon = self._clock() + KEEP_NOTHING
            if known is not None and known.answer is not None:
                return _Memory(known.answer, soon)
            return _Memory(None, soon, problem.detail)
        lasts = answer is not None and answer is not UNREADABLE
        return _Memory(answer, self._clock() + (KEEP if lasts else KEEP_NOTHING))

    def _keep(self, key: tuple[str, str], memory: _Memory) -> None:
        with self._lock:
            self._remembered[key] = memory
            self._remembered.move_to_end(key)
            while len(self._remembered) > MOST:
                self._remembered.popitem(last=False)

    def _trusted(self) -> list[Base]:
        made = []
        for text in self._bases():
            try:
                made.append(based(text))
            except BaseError:
                continue  # whoever keeps the settings was told when it was put there
        return made
