"""Files: what a register asks of a storage and a scanner; the site binds connectors to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from loket.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime


class Infected(Problem):
    """The file holds something that may harm; `detail` names it."""

    status, code, title = 400, "virus-gevonden", "Het bestand is geweigerd door de virusscanner."


class Unavailable(Problem):
    """A neighbour that is needed now does not answer; nothing was written."""

    status, code, title = 503, "niet-bereikbaar", "Een onderdeel is nu niet bereikbaar."


@dataclass(frozen=True)
class Kept:
    """A file in the storage: its key, its size in bytes, and when it was last written."""

    key: str
    size: int
    moment: datetime


class Storage(Protocol):
    """Where the files of one tenant are kept, by a key such as `<uuid>/<uuid>`."""

    def put(self, key: str, chunks: Iterable[bytes]) -> int:
        """Keep a file, all or nothing, and return its size; Unavailable."""

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield the bytes from `start` up to, not including, `end`; KeyError, Unavailable."""

    def remove(self, prefix: str) -> int:
        """Remove every file whose key begins with `prefix`; return how many. Unavailable."""

    def keys(self, prefix: str = "") -> Iterator[Kept]:
        """Yield what is kept, in the order of the keys; Unavailable."""


class Scanner(Protocol):
    """What looks for viruses."""

    def scan(self, chunks: Iterable[bytes]) -> None:
        """Look at a whole file; Infected when it is, Unavailable when nobody can tell."""


class Unbound(LookupError):
    """The site bound no connector."""


class _Ports:
    storage: ClassVar[Callable[[], Storage] | None] = None
    scanner: ClassVar[Callable[[], Scanner] | None] = None


def bind(storage: Callable[[], Storage], scanner: Callable[[], Scanner]) -> None:
    """Say where files are kept and who scans them; both are asked for on behalf of a tenant."""
    _Ports.storage, _Ports.scanner = storage, scanner


def storage() -> Storage:
    """Return the storage of the current tenant."""
    if _Ports.storage is None:
        raise Unbound("storage")
    return _Ports.storage()


def scanner() -> Scanner:
    """Return the scanner."""
    if _Ports.scanner is None:
        raise Unbound("scanner")
    return _Ports.scanner()
