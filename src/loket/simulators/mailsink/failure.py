"""Failing on purpose: which way, how often, and how many times."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from enum import StrEnum
from threading import Lock
from typing import Any


class Mode(StrEnum):
    """How the mail server fails."""

    NONE = "none"
    TEMPORARY = "temporary"
    """It answers 451 to the recipient."""
    PERMANENT = "permanent"
    """It answers 550 to the recipient."""
    DROP = "drop"
    """It breaks the connection when the content is in, and keeps nothing."""
    LOST_REPLY = "lost-reply"
    """It keeps the mail, but breaks the connection before it says so."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A way to fail, for a share of the mails, `times` in all (None: for ever)."""

    mode: Mode = Mode.NONE
    rate: float = 1.0
    times: int | None = None

    def __post_init__(self) -> None:
        """Refuse a rate that is no share, and a count that is no count."""
        if not 0 <= self.rate <= 1:
            raise ValueError("De kans (rate) ligt tussen 0 en 1.")
        if self.times is not None and self.times < 0:
            raise ValueError("Het aantal keren (times) is niet negatief.")

    @classmethod
    def from_json(cls, raw: Any) -> Failure:
        """Read a failure from JSON, or raise ValueError with what is wrong."""
        if not isinstance(raw, dict) or not raw.keys() <= {"mode", "rate", "times"}:
            raise ValueError("Verwacht: mode, en eventueel rate en times.")
        rate, times = raw.get("rate", 1.0), raw.get("times")
        if type(rate) not in {int, float}:
            raise ValueError("De kans (rate) is geen getal.")
        if times is not None and type(times) is not int:
            raise ValueError("Het aantal keren (times) is geen geheel getal.")
        return cls(Mode(str(raw.get("mode"))), float(rate), times)

    def as_json(self) -> dict[str, Any]:
        """Return the failure as JSON."""
        return asdict(self)


class Luck:
    """Decides for each mail whether it fails; set and asked from different threads."""

    def __init__(self, failure: Failure) -> None:
        self._lock = Lock()
        self.failure = failure

    def set(self, failure: Failure) -> None:
        """Fail like this from now on."""
        with self._lock:
            self.failure = failure

    def strikes(self, *modes: Mode) -> Mode | None:
        """Return how this mail fails, if in one of `modes`; count it."""
        with self._lock:
            failure = self.failure
            if failure.mode not in modes or failure.times == 0:
                return None
            if secrets.SystemRandom().random() >= failure.rate:
                return None
            if failure.times is not None:
                self.failure = Failure(failure.mode, failure.rate, failure.times - 1)
            return failure.mode
