"""What NotifyNL calls us for: a message arrived, or did not."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

from loket.connectors.notifynl import reading
from loket.grammar.codec import decode
from loket.kernel.problems import Malformed, Unauthorised

if TYPE_CHECKING:
    from loket.connectors.notifynl.values import Delivery

LARGEST: Final = 2**16
"""Bytes of the largest call that is read."""


def read_callback(body: bytes, authorization: str | None, token: str) -> Delivery:
    """Return the news in a call; Unauthorised unless it has our token, Malformed.

    `authorization` is the header of that name. News of a letter that came back is read as well.
    """
    if not _is_ours(authorization or "", token):
        raise Unauthorised
    if len(body) > LARGEST:
        raise Malformed(f"Een terugmelding is hoogstens {LARGEST} bytes.")
    told = decode(body)
    try:
        return reading.news(told)
    except ValueError:
        raise Malformed("Dit is geen terugmelding van NotifyNL.") from None


def _is_ours(authorization: str, token: str) -> bool:
    """Compare in a time that tells nothing; without a token of our own nobody passes."""
    scheme, _, given = authorization.partition(" ")
    same = hmac.compare_digest(_octets(given.strip()), _octets(token))
    return same and bool(token) and scheme.lower() == "bearer"


def _octets(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
