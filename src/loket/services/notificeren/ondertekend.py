"""Whether what a service delivers is signed as was agreed with it: by it, of now, and once."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from loket.connectors.notificaties import Failed
from loket.connectors.notificaties.keys import PublishedKeys
from loket.connectors.notificaties.signing import HOLDS, SKEW, UnknownKey, Unsigned, nonce_of
from loket.grammar.files import Unavailable
from loket.kernel.clock import now
from loket.kernel.problems import Ondertekening
from loket.registers.notificaties.gezien import is_eerste

if TYPE_CHECKING:
    from loket.connectors.notificaties.signing import Request
    from loket.services.notificeren.diensten import Dienst

REMEMBERED: Final = HOLDS + 3 * SKEW + timedelta(minutes=1)
"""Longer than a signature is taken, with clocks that differ."""

KEYS: Final = PublishedKeys()


def controleer(dienst: Dienst, request: Request, body: bytes) -> None:
    """Demand a signature where that was agreed; Ondertekening, Unavailable."""
    if not dienst.sleutels:
        return
    try:
        nonce = _nonce(dienst, request, body)
    except Unsigned as problem:
        raise Ondertekening(str(problem)) from None
    except Failed as problem:
        raise Unavailable(f"Niet na te gaan: {problem}.") from None
    seen = sha256(f"{dienst.key} {nonce}".encode()).hexdigest()
    if not is_eerste(seen, now(), now() + REMEMBERED):
        raise Ondertekening("Dit is al eens aangekomen: de nonce is gebruikt.")


def _nonce(dienst: Dienst, request: Request, body: bytes) -> str:
    """Check against the keys that are known, and against those there now for one that is not."""
    try:
        return nonce_of(request, body, KEYS.at(dienst.sleutels))
    except UnknownKey:
        return nonce_of(request, body, KEYS.at(dienst.sleutels, anew=True))
