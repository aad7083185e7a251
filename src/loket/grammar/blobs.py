"""The word for a file: base64 or nothing in a request, the address of the download in an answer.

The row holds what is known of the file: its key in the storage, its size, its sha256 and what it
really is. The file itself is kept before the transaction begins (`kept`), so that `taken` finds
it there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models

from loket.grammar.words import Intake, Word


@dataclass(frozen=True)
class Stored:
    """A file that is kept: its key in the storage, its size, its sha256, and its real type."""

    key: str
    size: int
    sha256: str
    kind: str = ""

    def plain(self) -> dict[str, Any]:
        """Return what the row holds of it."""
        return {
            "sleutel": self.key, "omvang": self.size, "sha256": self.sha256, "type": self.kind,
        }  # fmt: skip


@dataclass(frozen=True)
class Refused:
    """What stood in the place of a file and is none: the code and the reason."""

    code: str
    reason: str


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
