"""Calling whoever subscribed: the consumer's side of the Notificaties API 1.0 (VNG)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from loket.connectors.notificaties.lines import TIMEOUT, Answer, Cut, Lines, Timeout, target_of
from loket.connectors.notificaties.signing import Request
from loket.grammar.codec import encode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loket.connectors.notificaties.signing import Signer

__all__ = ["JSON", "TEST", "TIMEOUT", "Caller", "Failed", "Gone", "Timeout"]

JSON: Final = "application/json"

TEST: Final = {
    "kanaal": "test",
    "hoofdObject": "https://loket.example/test",
    "resource": "test",
    "resourceUrl": "https://loket.example/test",
    "actie": "test",
    "aanmaakdatum": "2020-01-01T00:00:00Z",
    "kenmerken": {},
}
"""What is sent to try a callback."""

_OF_STRANGERS: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_NEVER: Final = (HTTPStatus.GONE,)


class Failed(Exception):
    """The subscriber did not take it; it may be tried again."""


class Gone(Failed):
    """The subscriber says that it is gone for good (410)."""


class Caller:
    """Keeps connections to subscribers open; safe to be used by several threads at once."""

    def __init__(self, timeout: Timeout = TIMEOUT) -> None:
        self._lines = Lines(timeout)

    def deliver(
        self, url: str, auth: str, message: Mapping[str, Any], identity: str, media: str = JSON,
        signer: Signer | None = None,
    ) -> str:  # fmt: skip
        """Hand a notification over; return what the subscriber answered. Failed, Gone.

        `identity` is the same when it comes again, so that a subscriber can know it.
        """
        headers = {"Authorization": auth, "Idempotency-Key": identity, "Content-Type": media}
        answer = self._ask(url, message, headers, signer)
        if answer.status in _NEVER:
            raise Gone(answer.said)
        if not answer.well:
            raise Failed(answer.said)
        return answer.said

    def probe(self, url: str, auth: str) -> str:
        """Return what is amiss with a callback, by the standard's code; nothing when it is well."""
        try:
            if self._ask(url, TEST, {"Content-Type": JSON}).status not in _OF_STRANGERS:
                return "no-auth-on-callback-url"
            answer = self._ask(url, TEST, {"Content-Type": JSON, "Authorization": auth})
        except Failed:
            return "invalid-callback-url"
        return "" if answer.well else "invalid-callback-url"

    def _ask(
        self, url: str, body: Mapping[str, Any], headers: Mapping[str, str],
        signer: Signer | None = None,
    ) -> Answer:  # fmt: skip
        octets = encode(dict(body))
        try:
            if signer is not None:
                headers = _signed(signer, url, octets, headers)
            return self._lines.post(url, octets, headers)
        except (Cut, ValueError) as problem:
            raise Failed(str(problem)) from None


def _signed(signer: Signer, url: str, body: bytes, headers: Mapping[str, str]) -> Mapping[str, str]:
    """Return headers with a signature; ValueError."""
    request = Request(target_of(url), dict(headers))
    signer.sign(request, body)
    return request.headers
