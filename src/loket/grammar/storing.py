"""Rows in and out of their tables, with statements compiled once per record."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import JSONField

from loket.grammar.links import Refs
from loket.grammar.words import Number
from loket.kernel.clock import today
from loket.ledger.database import Jsonb, one

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=256)
def columns_of(model: Any) -> tuple[tuple[str, str, bool], ...]:
    """Return column, attribute and whether it is JSON, for every stored field of a record."""
    return tuple(
        (each.column, each.attname, isinstance(each, JSONField))
        for each in model._meta.concrete_fields
    )


@lru_cache(maxsize=256)
def _boxed(model: Any) -> dict[str, Any]:
    """Return the words that fill more columns than their own, such as a geometry with its box."""
    return {name: word for name, word in model.words.items() if hasattr(word, "box")}


def values_of(record: Any) -> dict[str, Any]:
    """Return the values of a record by column, as the database takes them."""
    model: Any = type(record)
    for name, word in _boxed(model).items():
        for column, value in word.columns(getattr(record, name)).items():
            setattr(record, column, value)
    return {
        column: Jsonb(value) if is_json and value is not None else value
        for column, attribute, is_json in columns_of(model)
        for value in (getattr(record, attribute),)
    }


@lru_cache(maxsize=256)
def _insert_sql(model: Any, drawn: tuple[str, ...]) -> str:
    """Return the statement that inserts a row, and draws the numbers that the client left out."""
    columns = [column for column, _, _ in columns_of(model)]
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join(
        f"({_draw_sql(model, model.words[column])})" if column in drawn else f"%({column})s"
        for column in columns
    )
    returned = ", ".join(f'"{name}"' for name in drawn)
    return (
        f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})'
        f"{f' RETURNING {returned}' if drawn else ''}"
    )


def _left_out(record: Any) -> tuple[str, ...]:
    """Return the numbers that the client left to the house."""
    words = type(record).words.items()
    return tuple(
        name for name, word in words if isinstance(word, Number) and not getattr(record, name)
    )


def draw(model: Any, word: Number) -> str:
    """Draw the next number of a record, such as ZAAK-2026-0000000001; it is never drawn again.

    A number that a client gave by itself is passed over.
    """
    row: tuple[str] = one(_draw_sql(model, word), {f"begin_{word.name}": _begin(word)})
    return row[0]


def _begin(word: Number) -> str:
    return f"{word.prefix}-{today().year}-" if word.prefix else ""


@lru_cache(maxsize=64)
def _draw_sql(model: Any, word: Number) -> str:
    drawn = f"SELECT nextval('{sequence(model, word.name)}') AS nr"
    number = f"%(begin_{word.name})s::text || lpad(nr::text, greatest(10, length(nr::text)), '0')"
    return (
        f"WITH RECURSIVE getrokken AS ({drawn} UNION ALL {drawn} FROM getrokken WHERE EXISTS "
        f'(SELECT FROM "{model._meta.db_table}" t WHERE t."{word.name}" = {number})) '
        f"SELECT {number} FROM getrokken ORDER BY nr DESC LIMIT 1"
    )


def sequence(model: Any, name: str) -> str:
    """Return the name of the sequence behind a number."""
    return f"{model._meta.db_table}_{name}_nr"


def insert(record: Any) -> None:
    """Insert a new row; what numbers it lacks are drawn in the same statement."""
    model: Any = type(record)
    drawn = _left_out(record)
    begins = {f"begin_{name}": _begin(model.words[name]) for name in drawn}
    row = one(_insert_sql(model, drawn), {**values_of(record), **begins})
    for name, value in zip(drawn, row or (), strict=True):
        setattr(record, name, value)


def update(before: Any, record: Any) -> bool:
    """Write the columns that differ; tell whether there were any."""
    old, new = values_of(before), values_of(record)
    changed = {
        column: value
        for column, value in new.items()
        if _bare(value) != _bare(old[column]) and column != "id"
    }
    if not changed:
        return False
    setting = ", ".join(f'"{column}" = %({column})s' for column in changed)
    one(
        f'UPDATE "{type(record)._meta.db_table}" SET {setting} WHERE id = %(id)s',
        {**changed, "id": record.pk},
    )
    return True


def _bare(value: Any) -> Any:
    return value.obj if isinstance(value, Jsonb) else value


def replace_references(record: Any, values: Mapping[str, Any]) -> None:
    """Let a record refer to exactly the records given for each word of many references."""
    for name, word in type(record).words.items():
        if isinstance(word, Refs) and name in values:
            getattr(record, name).set(values[name])
