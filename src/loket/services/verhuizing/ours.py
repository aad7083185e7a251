"""What the house now holds of what was taken over, as it is compared."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from loket.grammar.blobs import Blob
from loket.grammar.codec import decode
from loket.grammar.links import Named, Via
from loket.grammar.reading import columns_sql, common
from loket.grammar.writing import HOUSE
from loket.kernel.actor import Actor
from loket.kernel.clock import today
from loket.ledger.database import rows
from loket.services.verhuizing.likeness import compared

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from loket.grammar.resource import Resource
    from loket.grammar.words import Word

_NOBODY = Actor.system("loket zgw copy")
"""Reads without a purpose: no BSN is shown, so no line stands in the processing log."""


def shown(resource: Resource, keys: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return records of ours by key, with what they name as it is kept."""
    params = {**common(_NOBODY, HOUSE, today(), ""), "keys": list(keys)}
    return {
        key: {**decode(record), **decode(named)}
        for key, record, named in rows(_sql(resource), params)
    }


def _kept(word: Word) -> str:
    """Return SQL for a value that is shown otherwise than it is kept, else nothing."""
    if isinstance(word, Blob):
        return f"t.\"{word.name}\"->>'sha256'"
    return f't."{word.name}"' if isinstance(word, Named | Via) else ""


@lru_cache(maxsize=256)
def _sql(resource: Resource) -> str:
    """Return the statement. Names are shown as the versions that are valid; here as written."""
    pairs = ", ".join(
        f"'{word.wire}', {kept}" for word in compared(resource) if (kept := _kept(word))
    )
    columns = columns_sql(resource, "t", "alles", ())
    return (
        f"SELECT t.id, (SELECT row_to_json(r) FROM (SELECT {columns}) r), "  # noqa: S608 - names from the declaration
        f'json_build_object({pairs}) FROM "{resource.table}" t WHERE t.id = ANY(%(keys)s)'
    )
