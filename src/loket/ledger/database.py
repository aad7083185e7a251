"""The one door to PostgreSQL: raw psycopg on the current tenant's Django connection."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Self

import psycopg
from django.db import connections, transaction
from django.db.backends.signals import connection_created
from psycopg.adapt import Loader
from psycopg.pq import TransactionStatus
from psycopg.types.json import Jsonb

from loket.kernel import tenant

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
    from uuid import UUID

__all__ = [
    "Away",
    "ExclusionViolation",
    "ForeignKeyViolation",
    "Jsonb",
    "Statement",
    "UniqueViolation",
    "atomic",
    "broken",
    "connection",
    "control",
    "counted",
    "fetch",
    "listen",
    "one",
    "rows",
    "whole",
]

Away = psycopg.OperationalError
"""The server went away, or ended the statement."""

ExclusionViolation = psycopg.errors.ExclusionViolation
UniqueViolation = psycopg.errors.UniqueViolation
ForeignKeyViolation = psycopg.errors.ForeignKeyViolation


class Statement(str):
    """The SQL of a statement that was run, with what it was run with."""

    __slots__ = ("params",)

    def __new__(cls, sql: str, params: Mapping[str, Any] | Sequence[Any]) -> Self:
        """Keep the parameters beside the text."""
        made = super().__new__(cls, sql)
        made.params = params
        return made

    params: Mapping[str, Any] | Sequence[Any]


_whole: ContextVar[bool] = ContextVar("whole", default=False)
_count: ContextVar[list[Statement] | None] = ContextVar("statements", default=None)


class _Bytes(Loader):
    """Hands JSON built by PostgreSQL through as bytes."""

    def load(self, data: Any) -> bytes:
        return bytes(data)


def _prepare(connection: Any, **_: object) -> None:
    if connection.vendor == "postgresql":
        connection.connection.adapters.register_loader("json", _Bytes)


connection_created.connect(_prepare)


def connection() -> psycopg.Connection[Any]:
    """Return the open psycopg connection of the current tenant, in this thread."""
    wrapper = connections[tenant.current().alias]
    if wrapper.connection is not None and wrapper.connection.closed and not wrapper.in_atomic_block:
        wrapper.close()
    wrapper.ensure_connection()
    raw: psycopg.Connection[Any] = wrapper.connection
    return raw


@contextmanager
def atomic() -> Iterator[None]:
    """Run the block in one transaction of the current tenant's database, or as part of a whole."""
    if _whole.get():
        yield
        return
    with transaction.atomic(using=tenant.current().alias):
        yield


@contextmanager
def whole() -> Iterator[None]:
    """Run the block in one transaction, which what is inside joins without savepoints of its own.

    What the database refuses inside ends the whole; what a rule refuses leaves it usable.
    """
    with atomic():
        token = _whole.set(True)
        try:
            yield
        finally:
            _whole.reset(token)


def broken() -> bool:
    """Tell whether the database refused something, so that this transaction can only end."""
    return connection().info.transaction_status == TransactionStatus.INERROR


def control(url: str) -> psycopg.Connection[Any]:
    """Open a connection outside any tenant, for making databases; it commits every statement."""
    return psycopg.connect(url, autocommit=True)


async def listen(url: str, channel: str) -> AsyncIterator[str]:
    """Yield what is notified on a channel of a database, for as long as it lives."""
    connection = await psycopg.AsyncConnection.connect(url, autocommit=True)
    async with connection:
        await connection.execute(f"LISTEN {channel}".encode())
        async for notice in connection.notifies():
            yield notice.payload


def one(sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, anew: bool = False) -> Any:
    """Run one prepared statement and return its first row (a tuple), or None.

    With `anew` it is planned for what stands in the tables at this moment: for queues, which are
    empty at one moment and hold a hundred thousand rows at the next. Its rows come in binary,
    which costs less where there are many.
    """
    with connection().cursor(binary=anew) as cursor:
        _note(sql, params)
        cursor.execute(sql, params, prepare=not anew)
        return cursor.fetchone() if cursor.description else None


def rows(
    sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, anew: bool = False
) -> list[Any]:
    """Run one prepared statement and return all its rows (tuples); `anew` as for `one`."""
    with connection().cursor(binary=anew) as cursor:
        _note(sql, params)
        cursor.execute(sql, params, prepare=not anew)
        return cursor.fetchall() if cursor.description else []


def _note(sql: str, params: Mapping[str, Any] | Sequence[Any]) -> None:
    noted = _count.get()
    if noted is not None:
        noted.append(Statement(sql, params))


@contextmanager
def counted() -> Iterator[list[Statement]]:
    """Collect the statements that the block runs, for the budgets."""
    noted: list[Statement] = []
    token = _count.set(noted)
    try:
        yield noted
    finally:
        _count.reset(token)


def fetch(model: Any, key: UUID | None, *, lock: bool = False) -> Any:
    """Return the row of a Django model by primary key as an instance, or None.

    With `lock` the row is held against other writers until the transaction ends.
    """
    if key is None:
        return None
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    sql = f'SELECT {names} FROM "{model._meta.db_table}" WHERE id = %s'
    if lock:
        sql += " FOR NO KEY UPDATE"
    row = one(sql, (key,))
    if row is None:
        return None
    wrapper = connections[tenant.current().alias]
    values = [_converted(field, value, wrapper) for field, value in zip(fields, row, strict=True)]
    return model.from_db(wrapper.alias, [field.attname for field in fields], values)


def _converted(field: Any, value: Any, wrapper: Any) -> Any:
    """Let a field with a form of its own in Python (such as JSON) read the stored value."""
    if hasattr(field, "from_db_value"):
        return field.from_db_value(value, None, wrapper)
    return value
