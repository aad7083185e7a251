"""The number of a list from its counters, where those can tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.authorisation import OWN, Mode, parent_of, reach_sql, withholds
from loket.kernel.actor import Regime

if TYPE_CHECKING:
    from loket.grammar.reading import Query
    from loket.grammar.resource import Resource


def counted_by(resource: Resource) -> Resource | None:
    """Return the main record by whose type and level a list is counted, when not by its own."""
    if not resource.parent or not parent_of(resource).authorised_by:
        return None
    return parent_of(resource)


def tally(resource: Resource, mode: Mode, query: Query, params: dict[str, Any]) -> str:
    """Return SQL that counts from the counters where they can tell, else nothing."""
    if not resource.counted or query.path_keys or mode in OWN:
        return ""
    if withholds(resource) and (mode == "gereed" or params.get("alleen_gereed")):
        return ""
    main = counted_by(resource)
    params["geteld"] = resource.table
    params["wetten"] = _laws(params["regimes"], whole=mode in ("alles", "gereed"))
    sql = (
        "(SELECT coalesce(sum(n), 0)::bigint FROM grammar_tally c "
        "WHERE c.resource = %(geteld)s AND c.regime = ANY(%(wetten)s)"
    )
    if mode == "beperkt":
        by = main or resource
        if not by.authorised_by:
            return ""
        reached = reach_sql(by)
        sql += f" AND EXISTS (SELECT FROM {reached} WHERE g.t = c.type AND c.level <= g.l)"
    for nr, (chosen, _) in enumerate(query.filters):
        if not chosen.word or chosen.word != resource.authorised_by or "__" in chosen.name:
            return ""
        sql += f" AND c.type = %(f_{nr})s"
    return sql + ")"


def _laws(regimes: list[str], *, whole: bool) -> list[str]:
    """Return the counters of what is recorded under some laws, its main record's as well.

    Who sees everything (`whole`) is asked for the law of the record only.
    """
    pairs = [(own, above) for own in Regime for above in Regime if own != above]
    seen = [
        f"{own[0]}/{above[0]}"
        for own, above in pairs
        if own in regimes and (whole or above in regimes)
    ]
    return [*regimes, *seen]
