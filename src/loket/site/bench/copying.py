"""Copying rows by the thousand, past everything that a write through the door does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.ledger.database import one, rows

if TYPE_CHECKING:
    from collections.abc import Sequence


def insert(table: str, numbers: str, where: str, params: Sequence[Any], **own: str) -> None:
    """Copy the rows `t` of a table for every row of `numbers`, with other values for `own`."""
    found = rows(
        "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::text::regclass "
        "AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        (table,),
    )
    names = [name for (name,) in found]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(own.get(name, f't."{name}"') for name in names)
    one(
        f"INSERT INTO {table} ({columns}) SELECT {values} "  # noqa: S608 - our own names
        f"FROM {numbers}, {table} t WHERE {where} ORDER BY {numbers}.nr",
        params,
    )
