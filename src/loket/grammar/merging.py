"""A page for who may see some types: an index scan for each of them, merged by key.

The list is in the order of its keys, and rights are given by type. Walking the whole list past what
this actor may not see costs more the less he may see; one scan for each of his types, merged, costs
the same whatever else there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.authorisation import type_of

if TYPE_CHECKING:
    from loket.grammar.resource import Resource

MOST_TYPES = 50
"""With more types than this, walking the list is the better way."""

BY_KEY = ("id", "-id")


def merge(resource: Resource, params: dict[str, Any], size: int) -> int:
    """Return how many scans to merge, their types put among the parameters; 0 for none."""
    component = resource.register.component
    types = params.get(f"typen_{component}")
    if not (types and size and resource.authorised_by and resource.default_order in BY_KEY):
        return 0
    if len(types) > MOST_TYPES:
        return 0
    levels = params[f"niveaus_{component}"]
    params["tot"] = params["overslaan"] + size
    for nr, (each, level) in enumerate(zip(types, levels, strict=True)):
        params[f"type_{nr}"] = each
        params[f"niveau_{nr}"] = level
    return len(types)


def merged_sql(resource: Resource, branches: int) -> str:
    """Return a scan for each type, as far as the page goes, which PostgreSQL merges."""
    return " UNION ALL ".join(_branch(resource, nr) for nr in range(branches))


def _branch(resource: Resource, nr: int) -> str:
    order = "b.id DESC" if resource.default_order == "-id" else "b.id"
    level = f' AND b."{resource.level}" <= %(niveau_{nr})s::smallint' if resource.level else ""
    return (
        f'(SELECT b.id FROM "{resource.table}" b WHERE {type_of(resource, "b")} = '
        f"%(type_{nr})s::uuid{level} AND b.regime = ANY(%(regimes)s) "
        f"ORDER BY {order} LIMIT %(tot)s)"
    )
