"""Writing and reading what happened. The statement that records is part of the write itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from loket.kernel.clock import now
from loket.kernel.values import uuid7
from loket.ledger.database import Jsonb, one, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from loket.kernel.actor import Actor

BASE = "loket://"
"""Stands for the address of the house in what the ledger keeps; replaced when it is shown."""

COLUMNS = [
    "id",
    "moment",
    "register",
    "resource",
    "key",
    "url",
    "main_resource",
    "main_key",
    "main_url",
    "actie",
    "status",
    "label",
    "actor_kind",
    "actor_id",
    "actor_label",
    "user_id",
    "user_label",
    "toelichting",
    "kenmerken",
    "regime",
    "trace",
]


@dataclass(frozen=True)
class Happening:
    """What is recorded beside the new representation; urls without the house's address."""

    register: str
    resource: str
    key: UUID
    url: str
    main_resource: str
    main_key: UUID
    main_url: str
    actie: str
    status: int
    label: str
    kenmerken: Mapping[str, Any]
    regime: str


@dataclass(frozen=True)
class Context:
    """The circumstances of a request that an event keeps."""

    toelichting: str = ""
    trace: str = ""


def statement(representation: str, *, queued: bool = True) -> str:
    """Return the SQL that records one event and its outbox row, and returns the representation.

    `representation` is a subquery with one JSON column named `nieuw`, evaluated on the state
    after the change, or the SQL word NULL when nothing is left. Not `queued`, it is kept but
    delivered to nobody: what happened elsewhere, before it came here.
    """
    names = ", ".join(COLUMNS)
    values = ", ".join(f"%(_{name})s" for name in COLUMNS)
    outbox = ", queued AS (INSERT INTO ledger_outbox SELECT position FROM recorded)"
    return (
        f"WITH recorded AS (INSERT INTO ledger_event ({names}, nieuw) "
        f"SELECT {values}, ({representation})::text RETURNING position, nieuw)"
        f"{outbox if queued else ''} SELECT nieuw FROM recorded"
    )


def record(
    sql: str, actor: Actor, happening: Happening, context: Context, params: Mapping[str, Any]
) -> str | None:
    """Run a statement made by `statement` and return the representation as JSON text."""
    row = one(sql, {**params, **_values(actor, happening, context)})
    recorded: str | None = row[0]
    return recorded


def forget(main_key: UUID) -> int:
    """Take the content out of every event of a main record; return how many events had any.

    That something happened, when, and by which application, stays.
    """
    return int(one("SELECT ledger_vergeet(%s)", (main_key,))[0])


@dataclass(frozen=True)
class Entry:
    """One event that waits to be recorded with others: as for `record`, with its own subquery."""

    representation: str
    actor: Actor
    happening: Happening
    context: Context
    params: Mapping[str, Any]


def record_all(entries: Sequence[Entry]) -> dict[UUID, str]:
    """Record events in their order, in one statement; return the new representations by key."""
    if not entries:
        return {}
    params = {
        f"{name}_{nr}": value
        for nr, each in enumerate(entries)
        for name, value in (
            *each.params.items(),
            *_values(each.actor, each.happening, each.context).items(),
        )
    }
    found = rows(_together_sql(tuple(each.representation for each in entries)), params)
    return {key: new for key, new in found if new is not None}


@lru_cache(maxsize=512)
def _together_sql(representations: tuple[str, ...]) -> str:
    names = ", ".join(COLUMNS)
    parts = []
    for nr, representation in enumerate(representations):
        values = ", ".join(f"%(_{name})s{_CASTS.get(name, '')}" for name in COLUMNS)
        part = f"SELECT {values}, ({representation})::text"
        parts.append(_PLACE.sub(rf"%(\1_{nr})s", part))
    return (
        f"WITH recorded AS (INSERT INTO ledger_event ({names}, nieuw) "
        f"{' UNION ALL '.join(parts)} RETURNING position, key, nieuw), "
        "queued AS (INSERT INTO ledger_outbox SELECT position FROM recorded) "
        "SELECT key, nieuw FROM recorded ORDER BY position"
    )


_PLACE = re.compile(r"%\((\w+)\)s")
_CASTS = {
    "id": "::uuid",
    "key": "::uuid",
    "main_key": "::uuid",
    "moment": "::timestamptz",
    "status": "::smallint",
    "kenmerken": "::jsonb",
}


def _values(actor: Actor, happening: Happening, context: Context) -> dict[str, Any]:
    """Return what fills the columns of an event, by the name of its place."""
    return {
        "_id": uuid7(),
        "_moment": now(),
        "_register": happening.register,
        "_resource": happening.resource,
        "_key": happening.key,
        "_url": happening.url,
        "_main_resource": happening.main_resource,
        "_main_key": happening.main_key,
        "_main_url": happening.main_url,
        "_actie": happening.actie,
        "_status": happening.status,
        "_label": happening.label[:200],
        "_actor_kind": actor.kind.value,
        "_actor_id": actor.id[:100],
        "_actor_label": actor.label[:200],
        "_user_id": actor.user[:255],
        "_user_label": actor.user_label[:255],
        "_toelichting": context.toelichting,
        "_kenmerken": Jsonb(dict(happening.kenmerken)),
        "_regime": happening.regime,
        "_trace": context.trace,
    }
