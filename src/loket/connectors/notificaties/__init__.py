"""Calling whoever subscribed: the consumer's side of the Notificaties API 1.0 (VNG)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from loket.connectors.notificaties.lines import TIMEOUT, Answer, Cut, Lines, Timeout
from loket.grammar.codec import encode

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        self, url: str, auth: str, message: Mapping[str, Any], identity: str, media: str = JSON
    ) -> str:
        """Hand a notification over; return what the subscriber answered. Failed, Gone.

        `identity` is the same when it comes again, so that a subscriber can know it.
        """
        headers = {"Authorization": auth, "Idempotency-Key": identity, "Content-Type": media}
        answer = self._ask(url, message, headers)
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

    def _ask(self, url: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Answer:
        try:
            return self._lines.post(url, encode(dict(body)), headers)
        except Cut as problem:
            raise Failed(str(problem)) from None
