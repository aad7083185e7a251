"""What it takes to read an installation: where, as whom, how patiently; and what can go wrong.

The texts of what goes wrong are Dutch: a beheerder reads them on his screen.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import jwt

if TYPE_CHECKING:
    from collections.abc import Sequence

APIS: Final = ("catalogi", "documenten", "zaken", "besluiten")
"""The APIs that hold a municipality's case-oriented work, in the order in which they refer."""

INTERACTIES: Final = ("klantinteracties", "contactgegevens")
"""The APIs of Open Klant, which hold who a municipality spoke with, and about what."""

_TOKEN_SECONDS = 300


class SourceProblem(Exception):
    """Something stands between us and the source; the text says what, for people."""


class Unreachable(SourceProblem):
    """Nobody answers, or not in time, also after waiting and asking again."""


class Denied(SourceProblem):
    """The source does not know us, or does not let us read this."""


class NotZgw(SourceProblem):
    """Somebody answers, but not as a ZGW API does."""


class Broken(SourceProblem):
    """The source answers with a fault of its own."""


class Gone(SourceProblem):
    """There is nothing (any more) at this address."""


@dataclass(frozen=True)
class Access:
    """As whom we read: a client and its secret; `purpose` is for a source that keeps BSNs apart."""

    client_id: str
    secret: str
    purpose: str = ""
    user: str = "loket-verhuizing"

    def authorization(self) -> str:
        """Make a token, as the ZGW standard describes it, for a header."""
        moment = int(time.time())
        claims = {
            "iss": self.client_id,
            "client_id": self.client_id,
            "iat": moment,
            "exp": moment + 2 * _TOKEN_SECONDS,
            "user_id": self.user,
            "user_representation": "Verhuizing naar Loket",
        }
        return f"Bearer {jwt.encode(claims, self.secret, algorithm='HS256')}"


@dataclass(frozen=True)
class TokenAccess:
    """As whom we read Open Klant: one who holds this token."""

    token: str
    purpose: str = ""

    def authorization(self) -> str:
        """Return the token for a header."""
        return f"Token {self.token}"


@dataclass(frozen=True)
class Patience:
    """How long one answer may take, how often to ask again, and the first pause in seconds."""

    timeout: float = 60.0
    attempts: int = 5
    pause: float = 0.5
    longest: float = 30.0

    def before(self, attempt: int) -> float:
        """Return the pause before an attempt, counted from 1: none, then doubling."""
        return 0.0 if attempt <= 1 else min(self.longest, self.pause * 2 ** (attempt - 2))


def roots_under(address: str, apis: Sequence[str] = APIS, **own: str) -> dict[str, str]:
    """Return the root of each API: as given, or where Open Zaak has it under one address."""
    base = address.rstrip("/")
    return {
        name: (own.get(name) or f"{base}/{name}/api/v1").rstrip("/")
        for name in apis
        if base or own.get(name)
    }
