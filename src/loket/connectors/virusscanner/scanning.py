"""See to it that clamd judges the whole of a file: it passes what it did not look into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from loket.connectors.virusscanner import archives
from loket.connectors.virusscanner.spool import pieces, spooled
from loket.connectors.virusscanner.values import (
    ExpandsTooFar,
    FileTooLarge,
    Limits,
    TooDeep,
    Unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from loket.connectors.virusscanner.clamd import Clamd

_CLOSED = (
    "Dit soort archief kan hier niet worden geopend, en zo groot (of met deze instellingen) "
    "beoordeelt de virusscanner het niet geheel. Gebruik een zip-bestand."
)


@dataclass(frozen=True)
class Scanner:
    """Looks into archives, and gives clamd no more at a time than it looks at."""

    clamd: Clamd
    folder: Path
    limits: Limits = field(default_factory=Limits)

    def scan(self, chunks: Iterable[bytes]) -> None:
        """Look at a whole file; Infected, Unavailable, or why nobody can judge it."""
        with spooled(self._capped(chunks), self.folder) as (file, size):
            opened = _Opened(self.limits.may_expand(size), self.limits)
            self._open(file, size, opened, 0)
            if max(size, opened.expanded) <= self.limits.window:
                self.clamd.scan(pieces(file, 0, size))
            else:
                self._scan_parts(file, size)
            if opened.closed and not self.clamd.tells_limits():
                raise Unreadable(_CLOSED)

    def check(self) -> None:
        """See that clamd answers; Unavailable."""
        self.clamd.check()

    def _capped(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if size > self.limits.most_bytes:
                raise FileTooLarge(f"Een bestand is hoogstens {self.limits.most_bytes} bytes.")
            yield chunk

    def _open(self, file: IO[bytes], size: int, opened: _Opened, depth: int) -> None:
        """Open all archives, and see that what comes out stays within the limits."""
        if archives.is_closed(file):
            opened.closed = True
            if size > self.limits.window:
                raise Unreadable(_CLOSED)
        if depth == self.limits.depth and archives.is_archive(file):
            raise TooDeep(f"Een archief heeft hoogstens {self.limits.depth} lagen.")
        for member in archives.members(file):
            with spooled(opened.counted(member), self.folder) as (inner, length):
                self._open(inner, length, opened, depth + 1)

    def _scan_parts(self, file: IO[bytes], size: int) -> None:
        """Have a file scanned in pieces that overlap, and all that lies in it as well."""
        step = self.limits.window - self.limits.overlap
        start = 0
        while True:
            end = min(size, start + self.limits.window)
            self.clamd.scan(pieces(file, start, end))
            if end == size:
                break
            start += step
        for member in archives.members(file):
            with spooled(member, self.folder) as (inner, length):
                self._scan_parts(inner, length)


@dataclass
class _Opened:
    """What came out of the archives in one file so far."""

    most: int
    limits: Limits
    expanded: int = 0
    members: int = 0
    closed: bool = False

    def counted(self, member: Iterator[bytes]) -> Iterator[bytes]:
        """Yield a member while it fits."""
        self.members += 1
        if self.members > self.limits.members:
            raise ExpandsTooFar(f"Een archief bevat hoogstens {self.limits.members} bestanden.")
        for piece in member:
            self.expanded += len(piece)
            if self.expanded > self.most:
                raise ExpandsTooFar(f"Uit dit archief komt meer dan {self.most} bytes.")
            yield piece
