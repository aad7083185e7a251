"""Public keys that others publish (JWKS, RFC 7517), fetched when needed and kept a while."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import import_key

from loket.connectors.notificaties import Failed
from loket.connectors.notificaties.signing import is_usable

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMEOUT: Final = httpx.Timeout(5.0, connect=3.0)
MOST_BYTES: Final = 65536
KEPT: Final = 600.0
"""Seconds that keys are kept; what was withdrawn there is refused here after so long."""

AGAIN: Final = 10.0
"""Seconds between two times that are fetched because of a key that is not known, or in vain."""


@dataclass
class _Kept:
    at: float
    keys: Mapping[str, Any] = field(default_factory=dict[str, Any])
    problem: str = ""


class PublishedKeys:
    """The keys at each address; safe to be used by several threads at once."""

    def __init__(self, timeout: httpx.Timeout = TIMEOUT, again: float = AGAIN) -> None:
        self._client = httpx.Client(timeout=timeout, headers={"User-Agent": "loket-notificaties"})
        self._again = again
        self._kept: dict[str, _Kept] = {}
        self._lock = threading.Lock()

    def at(self, url: str, *, anew: bool = False) -> Mapping[str, Any]:
        """Return the public keys at an address by their id; Failed when there are none to be had.

        `anew` asks for what is there now, which is not done more often than every few seconds.
        """
        with self._lock:
            kept = self._kept.get(url)
            age = time.monotonic() - kept.at if kept else KEPT
            if kept is None or age >= (self._again if anew or kept.problem else KEPT):
                kept = self._kept[url] = self._fetched(url)
        if kept.problem:
            raise Failed(kept.problem)
        return kept.keys

    def _fetched(self, url: str) -> _Kept:
        at = time.monotonic()
        try:
            with self._client.stream("GET", url) as answer:
                answer.raise_for_status()
                body = b"".join(_bounded(answer))
            return _Kept(at, dict(_read(body)))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError, JoseError) as problem:
            return _Kept(at, problem=f"de sleutels op {url} zijn niet te lezen: {problem}")


def _bounded(answer: httpx.Response) -> Any:
    size = 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > MOST_BYTES:
            raise ValueError("het antwoord is te groot")
        yield part


def _read(body: bytes) -> Any:
    """Yield the keys of a JWKS with their ids; those of a kind that nobody signs with are left."""
    told = httpx.Response(200, content=body).json()
    listed = told.get("keys") if isinstance(told, dict) else None
    if not isinstance(listed, list):
        raise TypeError("dit is geen JWKS")
    for each in listed:
        if isinstance(each, dict) and each.get("kid") and each.get("kty") in ("OKP", "EC", "RSA"):
            public: Any = getattr(import_key(each), "public_key", None)
            if is_usable(public):
                yield str(each["kid"]), public
