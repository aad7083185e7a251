"""Veranderd: whose own it is that changed, for all who have a page open, in one statement a kind.

It tells what kind of thing and which, never what stands in it. What somebody did himself is no
news to him.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.authorisation import visible_sql
from loket.grammar.reading import common
from loket.kernel.actor import Kind
from loket.kernel.clock import today
from loket.ledger.database import rows
from loket.registers.berichten.bericht import berichten
from loket.registers.besluiten.besluit import besluiten
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.taken.externetaak import externetaken
from loket.registers.zaken.zaak import zaken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from loket.grammar.authorisation import Mode
    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor

SOORTEN: Final[dict[str, Resource]] = {
    "zaak": zaken,
    "taak": externetaken,
    "bericht": berichten,
    "contactmoment": klantcontacten,
    "document": enkelvoudiginformatieobjecten,
    "besluit": besluiten,
}
"""What is told of, and as what."""

MOST: Final = 1000
"""How many events are looked at in one go; after more than that the oldest go untold."""

_WINDOW: Final = 500
"""How far back is looked for an event that was committed after one with a higher position."""

_NAMES: Final = {(each.register.name, each.name): soort for soort, each in SOORTEN.items()}
_EVENTS: Final = """
SELECT position, register, main_resource, main_key, user_id, actor_id FROM ledger_event
WHERE position > %s ORDER BY position DESC LIMIT %s
"""
_OF_WHO: Final = {
    "%(burger)s": "w.burger",
    "%(kvk)s": "w.kvk",
    "%(vestiging)s": "w.vestiging",
    "%(urn)s": "w.urn",
}


@dataclass(frozen=True)
class Verandering:
    """Iets van iemand zelf dat veranderde."""

    soort: str
    uuid: UUID


@dataclass(frozen=True)
class Gebeurd:
    """An event of something that is told of, and who did it."""

    soort: str
    uuid: UUID
    door: frozenset[str]


class Gelezen:
    """Which events were looked at: those of before it was made count as looked at."""

    def __init__(self) -> None:
        """Begin at what was written last."""
        self._seen: set[int] = set()
        self.nieuw()

    def nieuw(self) -> list[Gebeurd]:
        """Return what happened since the last time that it was asked, in one statement."""
        newest = max(self._seen, default=None)
        since = -1 if newest is None else newest - _WINDOW
        found = rows(_EVENTS, (since, _WINDOW if newest is None else MOST))
        fresh = [row for row in found if row[0] not in self._seen]
        top = max((row[0] for row in found), default=newest or 0)
        self._seen = {each for each in self._seen if each > top - 2 * _WINDOW}
        self._seen |= {row[0] for row in fresh} or {top}
        return [
            Gebeurd(soort, key, frozenset((user, actor)) - {""})
            for _, register, resource, key, user, actor in reversed(fresh)
            if (soort := _NAMES.get((register, resource)))
        ]


def veranderd(
    wie: Sequence[Actor], gebeurd: Sequence[Gebeurd]
) -> Iterator[tuple[int, Verandering]]:
    """Yield, by the place of each in `wie`, what of his own changed and was not done by himself."""
    for soort in dict.fromkeys(each.soort for each in gebeurd):
        events = [each for each in gebeurd if each.soort == soort]
        for kind in (Kind.BURGER, Kind.BEDRIJF):
            yield from _van(wie, kind, soort, events)


def _van(
    wie: Sequence[Actor], kind: Kind, soort: str, events: Sequence[Gebeurd]
) -> Iterator[tuple[int, Verandering]]:
    there = [(nr, each) for nr, each in enumerate(wie) if each.kind is kind]
    if not there:
        return
    mode: Mode = "burger" if kind is Kind.BURGER else "bedrijf"
    asked = {
        **common(there[0][1], "", today(), ""),
        "nummers": [nr for nr, _ in there],
        "burgers": [each.number for _, each in there],
        "kvks": [each.kvk for _, each in there],
        "vestigingen": [each.vestiging for _, each in there],
        "urns": [each.urn for _, each in there],
        "keys": list({each.uuid for each in events}),
    }
    for nr, key in rows(_sql(soort, mode), asked):
        mine = _himself(wie[nr])
        if any(event.uuid == key and mine not in event.door for event in events):
            yield nr, Verandering(soort, key)


def _himself(actor: Actor) -> str:
    """Return how the log names who acts here, as `namens` does."""
    return actor.user or actor.id


@cache
def _sql(soort: str, mode: Mode) -> str:
    """Return the statement that tells of what changed which is whose, by the rule of reading."""
    resource: Any = SOORTEN[soort]
    visible = visible_sql(resource, "p", mode)
    for place, column in _OF_WHO.items():
        visible = visible.replace(place, column)
    return (
        "SELECT w.nr, e.id FROM unnest(%(nummers)s::int[], %(burgers)s::uuid[], "  # noqa: S608
        "%(kvks)s::text[], %(vestigingen)s::text[], %(urns)s::text[]) "
        "w(nr, burger, kvk, vestiging, urn) CROSS JOIN LATERAL "
        f'(SELECT p.id FROM "{resource.table}" p WHERE p.id = ANY(%(keys)s::uuid[]) '
        f"AND {visible}) e"
    )


__all__ = ["SOORTEN", "Gebeurd", "Gelezen", "Verandering", "veranderd"]
