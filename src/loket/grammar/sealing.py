"""A BSN in an address that the house itself writes: sealed, so that it can be followed, not read.

A client may send a BSN in a query, since the standards have it so; the address of the next page
does not say it again. It is good for a day.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from loket.kernel.problems import InvalidValue

SIGN = "gesloten."
SECONDS = 24 * 60 * 60


@lru_cache(maxsize=4)
def _seal(secret: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"loket bsn in adres" + secret.encode()).digest()))


def sealed(value: str) -> str:
    """Return a value as it may stand in an address."""
    return SIGN + _seal(settings.SECRET_KEY).encrypt(value.encode()).decode()


def opened(raw: str) -> str:
    """Return the value that was sealed, or what was sent open; InvalidValue."""
    if not raw.startswith(SIGN):
        return raw
    try:
        token = raw.removeprefix(SIGN).encode()
        return _seal(settings.SECRET_KEY).decrypt(token, ttl=SECONDS).decode()
    except (InvalidToken, UnicodeError):
        reason = "Dit adres is niet (meer) geldig; vraag de eerste bladzijde opnieuw."
        raise InvalidValue("invalid", reason) from None
