"""One question to a register, within bounds; it is never asked twice."""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import httpx

from loket.connectors.asking import tokens
from loket.connectors.asking.failing import BevragenMislukt, Geweigerd, Onbereikbaar, VraagOnjuist
from loket.connectors.asking.reading import faults, named
from loket.grammar.codec import decode
from loket.kernel.problems import Malformed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loket.connectors.asking.access import Access

LARGEST: Final = 2**20
"""Bytes of the largest answer that is read."""

_CONNECT: Final = 1.0
"""Seconds to wait for a connection: one that is not there by then will not come."""

_HEADERS: Final = {
    "Accept-Encoding": "identity",  # so that what is counted is what comes in
    "User-Agent": "loket",
}
_REFUSED: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_WRONG: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_ACCEPTABLE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A GET of a path, or a POST where there is a body; nothing of it is ever shown."""

    path: str = field(repr=False)
    query: Mapping[str, str | list[str]] | None = field(default=None, repr=False)
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    accept: str = "application/json"


class Answer(NamedTuple):
    """What the register said: the JSON in it, empty where there is nothing (404)."""

    code: int
    told: dict[str, Any]


def ask(access: Access, question: Question) -> Answer:
    """Ask, and return the answer; BevragenMislukt.

    That there is nothing by a number is an answer as well, if the register itself says so.
    """
    until = time.monotonic() + access.timeout
    with _client(access) as client:
        headers = _let_in(client, access, until) | {"Accept": question.accept}
        code, told = _call(client, access.root, question, headers, until)
    if code == HTTPStatus.UNAUTHORIZED and access.login:
        tokens.forget(access.login)
    if code == HTTPStatus.OK and isinstance(told, dict):
        return Answer(code, named(told))
    if code == HTTPStatus.NOT_FOUND and faults(told):
        return Answer(code, {})
    raise _refusal(code, faults(told))


def _let_in(client: httpx.Client, access: Access, until: float) -> dict[str, str]:
    """Return the headers that let us in; those of the settings never go before them."""
    headers = dict(access.headers)
    if access.key:
        headers[access.key_header] = access.key
    if access.login:
        token = tokens.known(access.login)
        if not token:
            code, told = _fetch(
                client, "POST", access.login.url, until, data=tokens.asked(access.login)
            )
            token = tokens.keep(access.login, code, told)
        headers["Authorization"] = f"Bearer {token}"
    return headers


def _call(
    client: httpx.Client, root: str, question: Question, headers: dict[str, str], until: float
) -> tuple[int, Any]:
    url = f"{root.rstrip('/')}/{question.path}"
    if question.body is None:
        return _fetch(client, "GET", url, until, headers=headers, params=question.query)
    return _fetch(client, "POST", url, until, headers=headers, json=dict(question.body))


def _fetch(
    client: httpx.Client, verb: str, url: str, until: float, **options: Any
) -> tuple[int, Any]:
    """Do one request and return its status, with the JSON of the answer, or None without any."""
    left = max(until - time.monotonic(), 0.01)
    timeout = httpx.Timeout(left, connect=min(_CONNECT, left))
    try:
        with client.stream(verb, url, timeout=timeout, **options) as response:
            content = _content(response, until)
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        # not "from problem", and not its text: the request holds a number and a key
        raise Onbereikbaar(type(problem).__name__) from None
    try:
        return response.status_code, decode(content)
    except Malformed:
        return response.status_code, None


def _content(response: httpx.Response, until: float) -> bytes:
    content = bytearray()
    for piece in response.iter_raw():
        content += piece
        if len(content) > LARGEST:
            raise Onbereikbaar("The answer is too large.", response.status_code)
        if time.monotonic() > until:
            raise Onbereikbaar("The answer takes too long.", response.status_code)
    return bytes(content)


def _refusal(code: int, said: str) -> BevragenMislukt:
    if code in _REFUSED:
        return Geweigerd(said or "We are not let in.", code)
    if code in _WRONG and said:
        return VraagOnjuist(said, code)
    return Onbereikbaar(said or "The answer is not one of the register.", code)


def _client(access: Access) -> httpx.Client:
    try:
        trust = _trust(_stamped(access.certificate), _stamped(access.trusted))
    except (OSError, ssl.SSLError) as problem:
        raise Geweigerd(f"The certificate cannot be read: {type(problem).__name__}.") from None
    return httpx.Client(verify=trust, headers=_HEADERS)


def _stamped(path: Path | None) -> tuple[Path, int] | None:
    return (path, path.stat().st_mtime_ns) if path else None


@lru_cache(maxsize=32)
def _trust(own: tuple[Path, int] | None, others: tuple[Path, int] | None) -> ssl.SSLContext:
    """Read the certificates once for as long as they stay the same: it takes longer than a call."""
    context = httpx.create_ssl_context()
    if others:
        context.load_verify_locations(others[0])
    if own:
        context.load_cert_chain(own[0])
    return context
