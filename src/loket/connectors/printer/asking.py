"""One call to a print queue, within bounds, and whose fault it is when it does not succeed."""

from __future__ import annotations

import ssl
import time
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import httpx

from loket.connectors.printer.encoding import Garbled, Group, Message, Value, decode, encode
from loket.connectors.printer.values import DefinitiefMislukt, TijdelijkMislukt, VerzendenMislukt
from loket.connectors.printer.words import Operation, Status, Tag, phrase

if TYPE_CHECKING:
    from pathlib import Path

    from loket.connectors.printer.encoding import Attributes
    from loket.connectors.printer.values import Ipp

LARGEST: Final = 2**20
"""Bytes of the largest answer that is read."""

LONGEST: Final = 1000
"""Characters that are kept of what a queue says."""

_SUCCESS: Final = range(0x0100)
_CLIENT_ERROR: Final = range(0x0400, 0x0500)
_NOT_THE_LETTERS_FAULT: Final = frozenset(
    {
        Status.CLIENT_ERROR_FORBIDDEN,
        Status.CLIENT_ERROR_NOT_AUTHENTICATED,
        Status.CLIENT_ERROR_NOT_AUTHORIZED,
        Status.CLIENT_ERROR_NOT_POSSIBLE,  # CUPS: there are too many jobs, or a quota is reached
        Status.CLIENT_ERROR_TIMEOUT,
        Status.CLIENT_ERROR_NOT_FOUND,  # there is no such queue
        Status.CLIENT_ERROR_GONE,
        Status.CLIENT_ERROR_ACCOUNT_INFO_NEEDED,
        Status.CLIENT_ERROR_ACCOUNT_CLOSED,
        Status.CLIENT_ERROR_ACCOUNT_LIMIT_REACHED,
        Status.CLIENT_ERROR_ACCOUNT_AUTHORIZATION_FAILED,
    }
)
_HEADERS: Final = {
    "Accept": "application/ipp",
    "Accept-Encoding": "identity",  # so that what is counted is what comes in
    "Content-Type": "application/ipp",
    "User-Agent": "loket-printer",
}


def ask(printer: Ipp, operation: Operation, asked: Attributes, document: bytes = b"") -> Message:
    """Ask a queue to do something and return its answer; VerzendenMislukt.

    A connection that breaks after the letter went out is TijdelijkMislukt too, though the queue
    may have taken it.
    """
    attributes: Attributes = {
        "attributes-charset": [Value(Tag.CHARSET, "utf-8")],
        "attributes-natural-language": [Value(Tag.LANGUAGE, "nl")],
        "printer-uri": [Value(Tag.URI, printer.uri)],
        "requesting-user-name": [Value(Tag.NAME, printer.user)],
        **asked,
    }
    body = encode(Message(operation, [Group(Tag.OPERATION, attributes)], document))
    try:
        answer = decode(_posted(printer, body))
    except Garbled:
        raise unreadable(HTTPStatus.OK) from None
    if answer.code not in _SUCCESS:
        raise _refusal(answer.code, said(answer))
    return answer


def said(answer: Message) -> str:
    """Return what a queue says of its answer, or the standard's words for it."""
    told = answer.group(Tag.OPERATION).text("status-message")
    return (told or phrase(answer.code))[:LONGEST]


def unreadable(code: int) -> VerzendenMislukt:
    """Return what it means that an answer is not as the standard promises."""
    return TijdelijkMislukt("The answer is not one of a print queue.", code)


def _posted(printer: Ipp, body: bytes) -> bytes:
    login = None if printer.password is None else (printer.user, printer.password)
    try:
        with (
            httpx.Client(
                verify=_trusted(printer.trusted),
                timeout=printer.timeout,
                headers=_HEADERS,
                auth=login,
            ) as client,
            client.stream("POST", printer.url, content=body) as response,
        ):
            if response.status_code != HTTPStatus.OK:
                raise _turned_away(response)
            return _content(response, time.monotonic() + printer.timeout)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as problem:
        # not "from problem": its request holds the letter and the password
        raise TijdelijkMislukt(f"{type(problem).__name__}: {problem}"[:LONGEST]) from None


@cache
def _trusted(certificates: Path | None) -> ssl.SSLContext:
    """Read the certificates once: that takes longer than a call."""
    if certificates is None:
        return httpx.create_ssl_context()
    return ssl.create_default_context(cafile=certificates)


def _content(response: httpx.Response, until: float) -> bytes:
    content = bytearray()
    for piece in response.iter_raw():
        content += piece
        if len(content) > LARGEST:
            raise TijdelijkMislukt("The answer is too large.", response.status_code)
        if time.monotonic() > until:
            raise TijdelijkMislukt("The answer takes too long.", response.status_code)
    return bytes(content)


def _turned_away(response: httpx.Response) -> VerzendenMislukt:
    """Return whose fault it is that HTTP ends here: ours only when the letter is too large."""
    code = response.status_code
    kind = DefinitiefMislukt if code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else TijdelijkMislukt
    return kind(f"HTTP {response.reason_phrase}".strip()[:LONGEST], code)


def _refusal(code: int, answer: str) -> VerzendenMislukt:
    ours = code in _CLIENT_ERROR and code not in _NOT_THE_LETTERS_FAULT
    return (DefinitiefMislukt if ours else TijdelijkMislukt)(answer, code)
