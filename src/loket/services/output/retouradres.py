"""The address to which a mail comes back: it names the message, and only this house can make it.

Behind a plus sign stand the key of the message, a trace of the address that it went to, and a
signature of both for this municipality; in 42 signs that survive a server that changes the case.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32decode, b32encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.conf import settings

from loket.kernel import tenant

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 20
"""The longest that may stand before the plus sign: 64 signs in all (RFC 5321, 4.5.3.1.1)."""

_TOKEN: Final = re.compile(r"\+([a-z2-7]{42})@", re.IGNORECASE)
_KEY, _TRACE, _SIGNED = 16, 2, 8
_PAD: Final = "======"


@dataclass(frozen=True)
class Merk:
    """What an address says that a mail came back to."""

    notificatie: UUID
    spoor: bytes

    def is_van(self, adres: str) -> bool:
        """Tell whether the mail went to this address."""
        return hmac.compare_digest(self.spoor, _trace(adres))


def retouradres(basis: str, notificatie: UUID, adres: str) -> str:
    """Return where a mail comes back that goes to `adres`; `basis` is an address of our own."""
    local, _, domain = basis.rpartition("@")
    said = notificatie.bytes + _trace(adres)
    token = b32encode(said + _signature(said)).decode().rstrip("=").lower()
    return f"{local}+{token}@{domain}"


def tokens(sent_to: Iterable[str]) -> list[str]:
    """Return what may be a token in the addresses that something was sent to."""
    return [found.group(1).upper() for each in sent_to for found in _TOKEN.finditer(each)]


def gelezen(token: str) -> Merk | None:
    """Return what a token says; None when the municipality at hand did not make it."""
    raw = b32decode(token + _PAD)
    said, signature = raw[:-_SIGNED], raw[-_SIGNED:]
    if not hmac.compare_digest(signature, _signature(said)):
        return None
    return Merk(UUID(bytes=said[:_KEY]), said[_KEY:])


def _trace(adres: str) -> bytes:
    return sha256(adres.lower().encode()).digest()[:_TRACE]


def _signature(said: bytes) -> bytes:
    secret = sha256(b"loket retouradres" + settings.SECRET_KEY.encode()).digest()
    name = tenant.current().name.encode()
    return hmac.digest(secret, name + b"\0" + said, "sha256")[:_SIGNED]
