"""Fetching JSON of one address, within bounds of time, size and place."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from loket.connectors.referenties.trusting import reachable, under
from loket.grammar.codec import decode
from loket.grammar.outside import UNREADABLE, Unavailable
from loket.kernel.problems import Malformed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.connectors.referenties.trusting import Base

CONNECT, READ = 2.0, 5.0
"""Seconds to wait for a connection, and for the whole of an answer."""

LARGEST = 2**20
"""Bytes of the largest answer that is read."""

MOST_REDIRECTS = 3
_TEMPORARY: Final = {408, 425, 429}
_TIMEOUT = httpx.Timeout(READ, connect=CONNECT)


def fetch(bases: Sequence[Base], url: str) -> Any:
    """Return the JSON at a trusted address; None when nothing is there; Unavailable.

    A redirect is followed while it leads to what is trusted. What is no JSON, or too large, is
    UNREADABLE.
    """
    until = time.monotonic() + CONNECT + READ
    for _ in range(MOST_REDIRECTS + 1):
        base = under(bases, url)
        if base is None:
            return None
        answer = _ask(base, url, until)
        if not isinstance(answer, _Elsewhere):
            return answer
        url = urljoin(url, answer)
    return None


class _Elsewhere(str):
    """The address that an answer redirects to."""

    __slots__ = ()


def _ask(base: Base, url: str, until: float) -> Any:
    try:
        places = reachable(base)
    except OSError:
        raise _away(base) from None
    if not places:
        return None
    for number in places:
        try:
            return _ask_at(base, number, url, until)
        except httpx.ConnectError:
            continue
        except (httpx.HTTPError, httpx.InvalidURL):
            raise _away(base) from None
    raise _away(base)


def _ask_at(base: Base, number: str, url: str, until: float) -> Any:
    """Ask at a network address, so that no second look at the name leads elsewhere."""
    parts = urlsplit(url)
    place = f"[{number}]" if ":" in number else number
    at = urlunsplit((base.scheme, f"{place}:{base.port}", parts.path, parts.query, ""))
    said = {"Host": parts.netloc, "Accept": "application/json"}
    known = {"sni_hostname": base.host}
    with (
        httpx.Client(trust_env=False, timeout=_TIMEOUT) as client,
        client.stream("GET", at, headers=said, extensions=known) as answer,
    ):
        return _understood(base, answer, until)


def _understood(base: Base, answer: httpx.Response, until: float) -> Any:
    if answer.has_redirect_location:
        return _Elsewhere(answer.headers["location"])
    if answer.status_code in _TEMPORARY or answer.is_server_error:
        raise _away(base)
    if answer.status_code != httpx.codes.OK:
        return None
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > LARGEST:
            return UNREADABLE
        if time.monotonic() > until:
            raise _away(base)
    try:
        return decode(bytes(body))
    except Malformed:
        return UNREADABLE


def _away(base: Base) -> Unavailable:
    return Unavailable(f"De bron {base.host} antwoordt nu niet; probeer het later opnieuw.")
