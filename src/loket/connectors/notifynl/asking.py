"""One call to NotifyNL, within bounds, and whose fault it is when it does not succeed."""

from __future__ import annotations

import time
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import httpx
import jwt

from loket.connectors.notifynl.reading import listed, named
from loket.connectors.notifynl.values import DefinitiefMislukt, TijdelijkMislukt, VerzendenMislukt
from loket.grammar.codec import decode
from loket.kernel import clock
from loket.kernel.problems import Malformed

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    from loket.connectors.notifynl.values import NotifyNL

LARGEST: Final = 2**20
"""Bytes of the largest answer that is read."""

LONGEST: Final = 1000
"""Characters that are kept of what NotifyNL says."""

_SUCCESS: Final = (HTTPStatus.OK, HTTPStatus.CREATED)
_OUR_FAULT: Final = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)
_HEADERS: Final = {
    "Accept": "application/json",
    "Accept-Encoding": "identity",  # so that what is counted is what comes in
    "User-Agent": "loket-notifynl",
}


class Answer(NamedTuple):
    """What NotifyNL said, and the JSON in it."""

    code: int
    text: str
    told: dict[str, Any]


def ask(
    config: NotifyNL,
    path: str,
    body: Mapping[str, Any] | None = None,
    query: Mapping[str, str] | None = None,
) -> Answer:
    """POST the body, or GET if there is none, and return the answer; VerzendenMislukt.

    A connection that breaks after the body went out is TijdelijkMislukt too, though NotifyNL may
    have taken the message: `find` tells.
    """
    url = f"{config.base.rstrip('/')}/v2/notifications{path}"
    headers = _HEADERS | {"Authorization": f"Bearer {_token(config)}"}
    verb = "GET" if body is None else "POST"
    try:
        with (
            httpx.Client(verify=_trusted(), timeout=config.timeout, headers=headers) as client,
            client.stream(verb, url, json=body, params=query) as response,
        ):
            code = response.status_code
            content = _content(response, time.monotonic() + config.timeout)
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        # not "from problem": its request holds the message and the token
        raise TijdelijkMislukt(f"{type(problem).__name__}: {problem}") from None
    return _understood(code, content)


def unreadable(code: int) -> VerzendenMislukt:
    """Return what it means that an answer is not as the API promises."""
    return TijdelijkMislukt("The answer is not one of NotifyNL.", code)


def _token(config: NotifyNL) -> str:
    """Make a token, which is valid for 30 seconds."""
    claims = {"iss": config.service, "iat": int(clock.now().timestamp())}
    return jwt.encode(claims, config.secret, algorithm="HS256")


@cache
def _trusted() -> ssl.SSLContext:
    """Read the certificates once: that takes longer than a call."""
    return httpx.create_ssl_context()


def _content(response: httpx.Response, until: float) -> bytes:
    content = bytearray()
    for piece in response.iter_raw():
        content += piece
        if len(content) > LARGEST:
            raise TijdelijkMislukt("The answer is too large.", response.status_code)
        if time.monotonic() > until:
            raise TijdelijkMislukt("The answer takes too long.", response.status_code)
    return bytes(content)


def _understood(code: int, content: bytes) -> Answer:
    try:
        told = decode(content)
    except Malformed:
        told = None
    if code not in _SUCCESS:
        raise _refusal(code, _faults(told))
    try:
        return Answer(code, content.decode(errors="replace")[:LONGEST], named(told))
    except ValueError:
        raise unreadable(code) from None


def _refusal(code: int, faults: str) -> VerzendenMislukt:
    """Return whose fault it is: ours only when NotifyNL itself says so, not one before it."""
    if code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return DefinitiefMislukt(faults or "The message is too large.", code)
    if code in _OUR_FAULT and faults:
        return DefinitiefMislukt(faults, code)
    return TijdelijkMislukt(faults, code) if faults else unreadable(code)


def _faults(told: Any) -> str:
    """Return what is wrong, in NotifyNL's words; a 500 is documented as a bare list."""
    try:
        errors = listed(told if isinstance(told, list) else named(told).get("errors"))
        said = [f"{each.get('error')}: {each.get('message')}" for each in map(named, errors)]
    except ValueError:
        return ""
    return "; ".join(said)[:LONGEST]
