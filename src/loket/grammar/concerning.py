"""Whom a record is about: who looks at it is told to them, in the processing log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loket.grammar.authorisation import STAND
from loket.kernel.actor import Kind

if TYPE_CHECKING:
    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor

LOOKERS: Final = (Kind.APPLICATION, Kind.MEDEWERKER)
"""Whose look at a record is logged: not that of a citizen at his own, nor of the house itself."""


@dataclass(frozen=True)
class Concerns:
    """Whom a record is about.

    `wat` is the kind of thing, as the log calls it; `wie` is SQL on `{row}` that selects the
    pseudonyms of the persons, and `welk` SQL on `{row}` for what they know the thing by.
    """

    wat: str
    wie: str
    welk: str


def is_told_of(actor: Actor) -> bool:
    """Tell whether it is logged what an actor looks at."""
    return actor.kind in LOOKERS


def looked_sql(resource: Resource, source: str, condition: str) -> str:
    """Return SQL that logs a look at the row `t` of `source`, once for each person; a count.

    Who read with rights of before reads again, and has not seen it yet.
    """
    about = resource.concerns
    if about is None:
        return "0"
    who, which = (each.replace("{row}", "t") for each in (about.wie, about.welk))
    log = (
        f"bsn.bekijk(c.wie, '{about.wat} bekijken', left({which}, 100), "
        "%(doel)s::text, %(trace)s::text, %(wie)s::text)"
    )
    persons = f"(SELECT DISTINCT w.wie FROM ({who}) w(wie) WHERE w.wie IS NOT NULL) c"
    return (
        f"(SELECT count({log}) FROM {source} CROSS JOIN LATERAL {persons} "
        f"WHERE %(bekijkt)s::boolean AND {condition} "
        f"AND (%(stand)s::bigint IS NULL OR {STAND} = %(stand)s::bigint))"
    )
