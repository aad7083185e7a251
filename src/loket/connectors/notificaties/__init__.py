"""Calling whoever subscribed: the consumer's side of the Notificaties API 1.0 (VNG)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping

JSON: Final = "application/json"
TIMEOUT: Final = httpx.Timeout(10.0, connect=3.0)
"""Seconds to wait for a connection, and for each piece of an answer."""

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

    def __init__(self, timeout: httpx.Timeout = TIMEOUT) -> None:
        self._client = httpx.Client(timeout=timeout, headers={"User-Agent": "loket-notificaties"})

    def deliver(
        self, url: str, auth: str, message: Mapping[str, Any], identity: str, media: str = JSON
    ) -> str:
        """Hand a notification over; return what the subscriber answered. Failed, Gone.

        `identity` is the same when it comes again, so that a subscriber can know it.
        """
        headers = {"Authorization": auth, "Idempotency-Key": identity, "Content-Type": media}
        answer = self._ask(url, message, headers)
        said = f"{answer.status_code} {answer.reason_phrase}".strip()
        if answer.status_code in _NEVER:
            raise Gone(said)
        if not answer.is_success:
            raise Failed(said)
        return said

    def probe(self, url: str, auth: str) -> str:
        """Return what is amiss with a callback, by the standard's code; nothing when it is well."""
        try:
            if self._ask(url, TEST, {}).status_code not in _OF_STRANGERS:
                return "no-auth-on-callback-url"
            answer = self._ask(url, TEST, {"Authorization": auth})
        except Failed:
            return "invalid-callback-url"
        return "" if answer.is_success else "invalid-callback-url"

    def _ask(self, url: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> httpx.Response:
        try:
            return self._client.post(url, json=dict(body), headers=dict(headers))
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise Failed(f"{type(problem).__name__}: {problem}") from None
