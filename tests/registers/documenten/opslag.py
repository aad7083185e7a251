"""A storage in memory and a scanner that knows one virus, for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from loket.grammar.files import Infected, Kept, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VIRUS = b"EICAR-ACHTIG-PROEFVIRUS"


class Opslag:
    """Keeps files in memory; `down` makes it a neighbour that does not answer."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.down = False

    def _answer(self) -> None:
        if self.down:
            raise Unavailable

    def put(self, key: str, chunks: Iterable[bytes]) -> int:
        """Keep a file."""
        self._answer()
        self.files[key] = b"".join(chunks)
        return len(self.files[key])

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield a file in small pieces."""
        self._answer()
        found = self.files[key][start:end]
        for place in range(0, len(found), 7):
            yield found[place : place + 7]

    def remove(self, prefix: str) -> int:
        """Remove files."""
        self._answer()
        gone = [key for key in self.files if key.startswith(prefix)]
        for key in gone:
            del self.files[key]
        return len(gone)

    def keys(self, prefix: str = "") -> Iterator[Kept]:
        """Yield what is kept."""
        self._answer()
        long_ago = datetime(2026, 1, 1, tzinfo=UTC)
        for key in sorted(self.files):
            if key.startswith(prefix):
                yield Kept(key, len(self.files[key]), long_ago)


class Wacht:
    """Finds the one virus; `down` makes it a neighbour that does not answer."""

    def __init__(self) -> None:
        self.down = False
        self.scanned = 0

    def scan(self, chunks: Iterable[bytes]) -> None:
        """Look at a file."""
        if self.down:
            raise Unavailable
        self.scanned += 1
        if VIRUS in b"".join(chunks):
            raise Infected("proefvirus")
