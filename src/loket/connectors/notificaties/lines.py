"""Connections to subscribers, kept open between calls; thousands of calls a second go over them.

The client that the other connectors use costs four times as much processor time a call. This one
does what a call needs and no more: it follows no redirects, keeps no cookies, reads a bounded part
of an answer, and goes by the proxy that the environment names.
"""

from __future__ import annotations

import contextlib
import http.client
import select
import threading
import weakref
from base64 import b64encode
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping
    from urllib.parse import SplitResult

MOST_BYTES: Final = 65536
"""Of an answer nobody reads more than this; one that is longer costs its connection."""

MOST_IDLE: Final = 64
"""Connections that are kept while nobody uses them."""

_OWN: Final = {"User-Agent": "loket-notificaties", "Accept": "*/*"}


@dataclass(frozen=True)
class Timeout:
    """Seconds to wait for each piece of an answer, and for a connection."""

    answer: float
    connect: float


TIMEOUT: Final = Timeout(10.0, connect=3.0)


class Cut(Exception):
    """No answer came."""


@dataclass(frozen=True)
class Answer:
    """What was answered: the status, and the reason beside it."""

    status: int
    reason: str

    @property
    def well(self) -> bool:
        """Whether it was taken."""
        return 200 <= self.status < 300

    @property
    def said(self) -> str:
        """Return it in words."""
        return f"{self.status} {self.reason}".strip()


@dataclass(frozen=True)
class Place:
    """Where to call: over TLS or not, host and port, and the path there; the proxy, if any."""

    tls: bool
    host: str
    port: int
    path: str
    proxy: str = ""

    @property
    def origin(self) -> tuple[bool, str, int, str]:
        """What a connection is to."""
        return self.tls, self.host, self.port, self.proxy


@lru_cache(maxsize=1024)
def place_of(url: str) -> Place:
    """Return where an address leads; ValueError when it leads nowhere."""
    try:
        given = httpx.URL(url)
    except httpx.InvalidURL as problem:
        raise ValueError(f"InvalidURL: {problem}") from None
    if given.scheme not in ("http", "https") or not given.host:
        raise ValueError(f"UnsupportedProtocol: {url}")
    tls, host, path = given.scheme == "https", given.raw_host.decode(), given.raw_path.decode()
    made = Place(tls, host, given.port or (443 if tls else 80), path)
    named = getproxies()
    proxy = named.get(given.scheme) or named.get("all", "")
    if not proxy or proxy_bypass(f"{host}:{made.port}", named):
        return made
    return Place(tls, host, made.port, path if tls else str(given), proxy)


@lru_cache(maxsize=1024)
def target_of(url: str) -> str:
    """Return an address as it is asked for, which is what a signature is about; ValueError."""
    place_of(url)
    return str(httpx.URL(url).copy_with(fragment=None))


_Idle = OrderedDict[int, tuple[object, http.client.HTTPConnection]]


class Lines:
    """Connections by where they lead; safe to be used by several threads at once."""

    def __init__(self, timeout: Timeout) -> None:
        self._timeout = timeout
        self._idle: _Idle = OrderedDict()
        self._lock = threading.Lock()
        self._trust: ssl.SSLContext | None = None
        weakref.finalize(self, _hang_up, self._idle)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a body and return what was answered; Cut."""
        link = None
        try:
            place = place_of(url)
            link = self._take(place) or self._open(place)
            own = {**_OWN, **_to_proxy(place)}
            link.request("POST", place.path, body, {**own, **headers})
            answer = link.getresponse()
            whole = len(answer.read(MOST_BYTES + 1)) <= MOST_BYTES and answer.isclosed()
        except (OSError, http.client.HTTPException, ValueError) as problem:
            if link is not None:
                link.close()
            raise Cut(f"{type(problem).__name__}: {problem}") from None
        if whole and not answer.will_close:
            self._keep(place, link)
        else:
            link.close()
        return Answer(answer.status, answer.reason)

    def _take(self, place: Place) -> http.client.HTTPConnection | None:
        """Return a kept connection that the other side has not closed meanwhile."""
        with self._lock:
            found = [key for key, (origin, _) in self._idle.items() if origin == place.origin]
            links = [self._idle.pop(key)[1] for key in found[-1:]]
        for link in links:
            if not _fell_silent(link):
                return link
            link.close()
        return None

    def _keep(self, place: Place, link: http.client.HTTPConnection) -> None:
        with self._lock:
            self._idle[id(link)] = (place.origin, link)
            over = [self._idle.popitem(last=False)[1] for _ in range(len(self._idle) - MOST_IDLE)]
        for _, each in over:
            each.close()

    def _open(self, place: Place) -> http.client.HTTPConnection:
        """Connect, by way of a proxy where there is one."""
        to = urlsplit(place.proxy)
        host, port = (to.hostname or "", to.port or 80) if place.proxy else (place.host, place.port)
        link = (
            http.client.HTTPSConnection(
                host, port, timeout=self._timeout.connect, context=self._trusted()
            )
            if place.tls
            else http.client.HTTPConnection(host, port, timeout=self._timeout.connect)
        )
        if place.tls and place.proxy:
            link.set_tunnel(place.host, place.port, _credentials(to))
        try:
            link.connect()
        except BaseException:
            link.close()
            raise
        link.sock.settimeout(self._timeout.answer)
        return link

    def _trusted(self) -> ssl.SSLContext:
        if self._trust is None:
            self._trust = httpx.create_ssl_context()
        return self._trust


def _to_proxy(place: Place) -> dict[str, str]:
    """Return what a proxy must know that reads the request itself."""
    return _credentials(urlsplit(place.proxy)) if place.proxy and not place.tls else {}


def _credentials(proxy: SplitResult) -> dict[str, str]:
    if not proxy.username:
        return {}
    pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def _hang_up(idle: _Idle) -> None:
    for _, link in idle.values():
        link.close()


def _fell_silent(link: http.client.HTTPConnection) -> bool:
    """Tell whether the other side closed a connection, or said something nobody asked for."""
    with contextlib.suppress(OSError, ValueError):
        poll = select.poll()
        poll.register(link.sock, select.POLLIN)
        return bool(poll.poll(0))
    return True
