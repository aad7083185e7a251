"""The word for a file, and the way of a file into and out of the storage.

The row holds what is known of the file: its key in the storage, its size, its sha256 and what it
really is. The file itself is scanned and kept before the transaction begins (`kept`), and removed
when the write fails.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models

from loket.grammar.files import Unavailable, scanner, storage
from loket.grammar.spool import Refused
from loket.grammar.words import Intake, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


@dataclass(frozen=True)
class Stored:
    """A file that is kept; `sums` are checksums of it, by the name of their algorithm."""

    key: str
    size: int
    sha256: str
    kind: str = ""
    sums: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return what the row holds of it."""
        return {
            "sleutel": self.key,
            "omvang": self.size,
            "sha256": self.sha256,
            "type": self.kind,
            "sommen": dict(self.sums),
        }


@dataclass(frozen=True)
class Download:
    """A file on its way out: `read(start, end)` yields its bytes."""

    name: str
    size: int
    tag: str
    read: Callable[[int, int], Iterator[bytes]]
    kind: str = "application/octet-stream"


@dataclass(eq=False)
class Blob(Word):
    """A file. `path` is SQL for the address of the download of `{row}`, after the base."""

    path: str = "''"

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store as JSON."""
        return {self.name: models.JSONField(self.doc, null=True, blank=True)}

    def sql(self, row: str) -> str:
        """Show where the file can be had, when there is one."""
        address = self.path.replace("{row}", row)
        return f'CASE WHEN {row}."{self.name}" IS NOT NULL THEN %(base)s::text || {address} END'

    def taken(self, raw: Any, path: str, intake: Intake) -> Any:
        """Accept a file that was kept, or none."""
        if raw is None:
            return None
        if isinstance(raw, Refused):
            return self._fault(intake, path, raw.code, raw.reason)
        if isinstance(raw, Stored):
            return raw.plain()
        return self._fault(intake, path, "invalid-base64", "Hier hoort een bestand in base64.")

    def empty(self) -> Any:
        """Without a file there is none."""
        return None

    def schema(self) -> dict[str, Any]:
        """Describe it as base64."""
        return {"type": "string", "format": "byte"}


@contextmanager
def kept(key: str, chunks: Callable[[], Iterator[bytes]], *, scan: bool = True) -> Iterator[None]:
    """Keep a file under a key for as long as nothing goes wrong; Infected, Unavailable."""
    if scan:
        scanner().scan(chunks())
    kept_in = storage()
    kept_in.put(key, chunks())
    try:
        yield
    except BaseException:
        with suppress(Unavailable):  # what stays behind is found by the check of the storage
            kept_in.remove(key)
        raise


__all__ = ["Blob", "Download", "Refused", "Stored", "kept"]
