"""One stream to clamd, and its judgement: only a whole `stream: OK` is clean."""

from __future__ import annotations

import io
import logging
import socket
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from loket.connectors.virusscanner.values import Unscanned
from loket.grammar.files import Infected, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

log = logging.getLogger(__name__)

CHUNK = 256 * 1024
LONGEST_ANSWER = 4096
DEEPER_THAN_ANY = 120
"""Layers of archives; MaxRecursion can be set to 100 at most."""
_AWAY = "De virusscanner is nu niet bereikbaar; het bestand is niet opgeslagen."
_UNCLEAR = "De virusscanner kon het bestand niet beoordelen; het is niet opgeslagen."
_NOT_SET = "Er is geen virusscanner ingesteld; bestanden kunnen niet worden opgeslagen."


@dataclass(frozen=True)
class Clamd:
    """A clamd at `tcp://host:port` or `unix:///path`."""

    url: str
    connect_timeout: float = 3.0
    timeout: float = 60.0
    """Seconds that clamd may be silent: while it takes the stream, and while it looks."""

    def __post_init__(self) -> None:
        """Refuse an address that is none, at the start instead of at the first file."""
        parts = urlsplit(self.url)
        tcp = parts.scheme == "tcp" and parts.hostname and parts.port
        unix = parts.scheme == "unix" and not parts.netloc and parts.path
        if not (tcp or unix):
            raise ValueError(f"{self.url!r} is neither tcp://host:port nor unix:///path.")

    def scan(self, chunks: Iterable[bytes]) -> None:
        """Send a stream and hear whether it is clean; Infected, Unavailable."""
        with self._connection() as connection:
            complete = _send(connection, chunks)
            answer = _answer(connection)
        _judge(answer, complete=complete)

    def tells_limits(self) -> bool:
        """Tell whether clamd says so when it stopped looking, instead of calling that clean.

        The setting is AlertExceedsMax. It is asked with archives in one another, deeper than any
        clamd looks.
        """
        try:
            self.scan([_very_deep()])
        except Unscanned:
            return True
        return False

    def check(self) -> None:
        """See that clamd answers; Unavailable."""
        with self._connection() as connection:
            with _told():
                connection.sendall(b"zPING\0")
            if _answer(connection) != b"PONG":
                raise Unavailable(_AWAY)

    @contextmanager
    def _connection(self) -> Iterator[socket.socket]:
        with _told():
            connection = self._connected()
        with connection:
            yield connection

    def _connected(self) -> socket.socket:
        parts = urlsplit(self.url)
        if parts.scheme == "tcp":
            address = (parts.hostname or "", parts.port or 0)
            connection = socket.create_connection(address, self.connect_timeout)
        else:
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.settimeout(self.connect_timeout)
                connection.connect(unquote(parts.path))
            except OSError:
                connection.close()
                raise
        connection.settimeout(self.timeout)
        return connection


@dataclass(frozen=True)
class Unset:
    """No scanner was chosen, so nobody can tell whether a file is clean."""

    def scan(self, chunks: Iterable[bytes]) -> None:
        """Refuse."""
        del chunks
        raise Unavailable(_NOT_SET)

    def check(self) -> None:
        """Say so."""
        raise Unavailable(_NOT_SET)


def _send(connection: socket.socket, chunks: Iterable[bytes]) -> bool:
    """Send the stream; False when clamd closed it early, most likely with a reason to read."""
    try:
        connection.sendall(b"zINSTREAM\0")
    except OSError:
        return False
    for chunk in chunks:
        for start in range(0, len(chunk), CHUNK):
            piece = chunk[start : start + CHUNK]
            if not _sent(connection, len(piece).to_bytes(4, "big") + piece):
                return False
    return _sent(connection, bytes(4))


def _sent(connection: socket.socket, piece: bytes) -> bool:
    try:
        connection.sendall(piece)
    except TimeoutError as problem:
        log.error("clamd takes no more: %s", problem)  # noqa: TRY400 - a neighbour, no bug
        raise Unavailable(_AWAY) from problem
    except OSError:
        return False
    return True


def _answer(connection: socket.socket) -> bytes:
    """Return what clamd says, up to the zero that ends it; nothing when it breaks off."""
    said = b""
    with _told():
        while b"\0" not in said and len(said) < LONGEST_ANSWER:
            piece = connection.recv(LONGEST_ANSWER)
            if not piece:
                break
            said += piece
    answer, ended, _ = said.partition(b"\0")
    return answer if ended else b""


def _judge(answer: bytes, *, complete: bool) -> None:
    said = answer.decode(errors="replace")
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        found = said.removeprefix("stream: ").removesuffix(" FOUND")
        if found.startswith(("Heuristics.Limits.Exceeded", "Heuristics.Encrypted")):
            raise Unscanned(f"De virusscanner kon niet alles bekijken: {found}.")
        raise Infected(f"De virusscanner vond {found}.")
    if not complete or said != "stream: OK":
        log.error("clamd gave no judgement: %s", said or "it broke off")
        raise Unavailable(_UNCLEAR)


@cache
def _very_deep() -> bytes:
    packed = b""
    for _ in range(DEEPER_THAN_ANY):
        around = io.BytesIO()
        with zipfile.ZipFile(around, "w") as archive:
            archive.writestr("z", packed)
        packed = around.getvalue()
    return packed


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        log.error("clamd does not answer: %s", problem)  # noqa: TRY400 - a neighbour, no bug
        raise Unavailable(_AWAY) from problem
