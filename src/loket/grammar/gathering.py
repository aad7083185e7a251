"""Several lists in one statement: what a page shows of more than one register costs one read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar import reading
from loket.grammar.reading import Page, Query, demand_stand
from loket.ledger.database import one

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor

OWN_PARAMETERS = ("f_", "pad_", "overslaan")
"""What the parameters are called that differ from list to list."""


def gather(actor: Actor, lists: Mapping[str, tuple[Resource, Query]]) -> dict[str, Page]:
    """Return a page of each list by its name, all as they were at the same moment.

    What an actor may not see is not among it. A filter that looks for a BSN has no place here.
    """
    return gather_beside(actor, lists)[0]


def gather_beside(
    actor: Actor, lists: Mapping[str, tuple[Resource, Query]], *values: str
) -> tuple[dict[str, Page], tuple[Any, ...]]:
    """Return the lists, and beside them what each of `values`, SQL for one value, comes to."""
    params: dict[str, Any] = {}
    parts = []
    for name, (resource, query) in lists.items():
        sql, own = reading.statement(resource, actor, query)
        for each in OWN_PARAMETERS:
            sql = sql.replace(f"%({each}", f"%({name}_{each}")
        renamed = {
            f"{name}_{key}" if key.startswith(OWN_PARAMETERS) else key: value
            for key, value in own.items()
        }
        params |= renamed
        parts.append(f'({sql}) "{name}"(stand, aantal, rijen)')
    shown = [f'"{name}".{column}' for name in lists for column in ("aantal", "rijen")]
    chosen = ", ".join([f'"{next(iter(lists))}".stand', *shown, *(f"({each})" for each in values)])
    stand, *found = one(f"SELECT {chosen} FROM {' CROSS JOIN '.join(parts)}", params)
    demand_stand(actor, stand)
    pages = zip(lists, found[::2], found[1::2], strict=False)
    return {name: Page(n, bytes(rows)) for name, n, rows in pages}, tuple(found[len(shown) :])
