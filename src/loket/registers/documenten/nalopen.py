"""Rows and files held beside each other: what has no file, and what file has no row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.files import storage
from loket.kernel.clock import now
from loket.ledger.database import one, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BATCH: Final = 1000
UNDER_WAY: Final = timedelta(hours=24)
"""How old a file without a row is at least; a younger one may belong to a write under way."""

_TABLES: Final = (
    "documenten_enkelvoudiginformatieobject",
    "documenten_enkelvoudiginformatieobject_versie",
)
_FILES: Final = " UNION ALL ".join(
    f"SELECT id, inhoud->>'sleutel' AS sleutel, (inhoud->>'omvang')::bigint AS omvang "  # noqa: S608 - fixed names
    f"FROM {table} WHERE inhoud IS NOT NULL"
    for table in _TABLES
)
_KNOWN: Final = f"""
    SELECT s.sleutel FROM unnest(%s::text[]) s(sleutel)
    WHERE EXISTS (SELECT FROM documenten_bestandsdeel d
                  WHERE s.sleutel = d.informatieobject_id || '/' || d.id)
    OR EXISTS (SELECT FROM ({_FILES}) f
               WHERE f.id::text = split_part(s.sleutel, '/', 1) AND f.sleutel = s.sleutel)
"""  # noqa: S608 - fixed names


@dataclass
class Findings:
    """What was found: rows without their file, files of another size, files without a row."""

    rows: int = 0
    files: int = 0
    missing: list[dict[str, Any]] = field(default_factory=list)
    differing: list[dict[str, Any]] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    removed: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong any more."""
        return not (self.missing or self.differing) and self.removed == len(self.orphans)


def expected() -> int:
    """Return how many files the rows speak of, for a progress bar."""
    return int(one(f"SELECT count(*) FROM ({_FILES}) f")[0])  # noqa: S608 - fixed names


def check(*, repair: bool = False, seen: Callable[[int], None] = lambda _: None) -> Findings:
    """Go through every file and every row; with `repair`, remove files without a row."""
    found = Findings()
    old = now() - UNDER_WAY
    for batch in _batches():
        for key in _unknown([each.key for each in batch]):
            moment = next(each.moment for each in batch if each.key == key)
            if moment < old:
                found.orphans.append(key)
        found.files += len(batch)
    _rows(found, seen)
    if repair:
        found.removed = sum(storage().remove(key) for key in found.orphans)
    return found


def _batches() -> Iterator[list[Any]]:
    batch = []
    for kept in storage().keys(""):
        if _is_of_a_document(kept.key):
            batch.append(kept)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _is_of_a_document(key: str) -> bool:
    """Tell whether a key is ours; another register may keep files in the same storage."""
    pieces = key.split("/")
    try:
        return len(pieces) == len([UUID(piece) for piece in pieces]) == 2
    except ValueError:
        return False


def _unknown(keys: list[str]) -> list[str]:
    known = {row[0] for row in rows(_KNOWN, (keys,))}
    return [key for key in keys if key not in known]


def _rows(found: Findings, seen: Callable[[int], None]) -> None:
    """Ask of each row whether its file is there, in its full size."""
    last = ""
    while batch := rows(
        f"SELECT f.id, f.sleutel, f.omvang FROM ({_FILES}) f WHERE f.sleutel > %s "  # noqa: S608 - fixed names
        "ORDER BY f.sleutel LIMIT %s",
        (last, BATCH),
    ):
        last = batch[-1][1]
        sizes: dict[str, int] = {}
        for document in {str(row[0]) for row in batch}:
            sizes |= {each.key: each.size for each in storage().keys(f"{document}/")}
        for document, key, size in batch:
            told = {"document": str(document), "sleutel": key, "omvang": size}
            if key not in sizes:
                found.missing.append(told)
            elif sizes[key] != size:
                found.differing.append({**told, "gevonden": sizes[key]})
        found.rows += len(batch)
        seen(len(batch))
