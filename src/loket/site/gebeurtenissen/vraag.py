"""Finding events: what they are about, in which register, when, and how telling of them went."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.register import registers
from loket.grammar.words import Number
from loket.kernel.clock import AMSTERDAM
from loket.ledger.database import rows
from loket.ledger.models import Delivery
from loket.ledger.positions import since_sql, until_sql
from loket.site.gebeurtenissen import woorden

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SIZE: Final = 50
LONGEST: Final = 500
ACTIES: Final = {
    "gemaakt": ["create"],
    "gewijzigd": ["update", "partial_update"],
    "verwijderd": ["destroy"],
}
STATEN: Final = {
    state: f"e.position IN (SELECT d.position FROM ledger_delivery d WHERE d.state = '{state}')"  # noqa: S608 - our own
    for state in (Delivery.State.VAST.value, Delivery.State.WACHT.value)
}
"""What can be sought, written out so that the index of that state is used."""

_UUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
WIE: Final = """
wie AS (
    (SELECT subscriber AS naam FROM ledger_delivery ORDER BY subscriber LIMIT 1)
    UNION ALL
    SELECT (SELECT d.subscriber FROM ledger_delivery d WHERE d.subscriber > w.naam
        ORDER BY d.subscriber LIMIT 1) FROM wie w WHERE w.naam IS NOT NULL)
"""
"""Whoever was ever told something: from one to the next along the index, so that what was told of
one event is looked up by who it was told to."""

MAIN: Final = """(SELECT m.label FROM ledger_event m WHERE m.key = e.main_key
    ORDER BY m.position DESC LIMIT 1)"""
"""What the main record is called, as the last event of it says."""

_SQL: Final = """
WITH RECURSIVE {wie} SELECT e.position, e.moment, e.register, e.resource, e.actie, e.label,
    e.main_resource, {main}, e.actor_kind, e.actor_label, e.user_label,
    s.klaar, s.wacht, s.vast
FROM (SELECT * FROM ledger_event e WHERE {where} ORDER BY e.position {order} LIMIT %(most)s) e
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE d.state = 'klaar') AS klaar,
        count(*) FILTER (WHERE d.state = 'wacht') AS wacht,
        count(*) FILTER (WHERE d.state = 'vast') AS vast
    FROM wie w JOIN ledger_delivery d ON d.subscriber = w.naam AND d.position = e.position
) s ORDER BY e.position DESC
"""
_NAMES: Final = (
    "positie", "moment", "register", "resource", "actie", "label", "hoofd_resource", "hoofd",
    "actor_kind", "actor_label", "user_label", "klaar", "wacht", "vast",
)  # fmt: skip


@dataclass(frozen=True)
class Vraag:
    """What is sought; `asked` is how it was asked, of what makes sense."""

    zoek: str = ""
    register: str = ""
    resource: str = ""
    acties: list[str] = field(default_factory=list)
    van: datetime | None = None
    tot: datetime | None = None
    staat: str = ""
    voor: int = 0
    na: int = 0
    asked: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Bladzij:
    """One page of events, and whether there is more on either side."""

    regels: list[dict[str, Any]]
    ouder: int = 0
    nieuwer: int = 0


def gevraagd(asked: Mapping[str, str]) -> Vraag:
    """Return what is asked; what makes no sense is not asked."""
    zoek = asked.get("zoek", "").strip().replace("\x00", "")[:LONGEST]
    register, _, resource = asked.get("soort", "").partition("/")
    if register not in {each.name for each in registers.values()}:
        register = resource = ""
    actie = asked["actie"] if asked.get("actie") in ACTIES else ""
    staat = asked["staat"] if asked.get("staat") in STATEN else ""
    van, tot = _day(asked.get("van", "")), _day(asked.get("tot", ""))
    kept = {
        "zoek": zoek, "soort": "/".join(filter(None, (register, resource))), "actie": actie,
        "van": van.isoformat() if van else "", "tot": tot.isoformat() if tot else "",
        "staat": staat,
    }  # fmt: skip
    return Vraag(
        zoek, register, resource, ACTIES.get(actie, []), _begin(van),
        _begin(tot + timedelta(days=1) if tot and tot < date.max else None), staat,
        _number(asked.get("voor", "")), _number(asked.get("na", "")), kept,
    )  # fmt: skip


def zoek(vraag: Vraag) -> Bladzij:
    """Return one page of what is sought, the newest first, in one statement."""
    conditions, params = _conditions(vraag)
    upward = bool(vraag.na)
    sql = _SQL.format(
        wie=WIE, main=MAIN, where=" AND ".join(conditions) or "true",
        order="ASC" if upward else "DESC",
    )  # fmt: skip
    found = rows(sql, {**params, "most": SIZE + 1})
    more = len(found) > SIZE
    if more:
        found = found[1:] if upward else found[:-1]
    regels = [_told(dict(zip(_NAMES, row, strict=True))) for row in found]
    if not regels:
        return Bladzij([])
    first, last = regels[0]["positie"], regels[-1]["positie"]
    return Bladzij(
        regels,
        ouder=last if more or upward else 0,
        nieuwer=first if (more if upward else vraag.voor) else 0,
    )


def _conditions(vraag: Vraag) -> tuple[list[str], dict[str, Any]]:
    simple = (
        ("e.register = %(register)s", "register", vraag.register),
        ("e.resource = %(resource)s", "resource", vraag.resource),
        ("e.actie = ANY(%(acties)s)", "acties", vraag.acties),
        (f"e.moment >= %(van)s AND e.position >= {since_sql('%(van)s')}", "van", vraag.van),
        (f"e.moment < %(tot)s AND e.position < {until_sql('%(tot)s')}", "tot", vraag.tot),
        ("e.position < %(voor)s", "voor", vraag.voor),
        ("e.position > %(na)s", "na", vraag.na),
    )
    conditions = [sql for sql, _, value in simple if value]
    params: dict[str, Any] = {name: value for _, name, value in simple if value}
    if vraag.staat:
        conditions.append(STATEN[vraag.staat])
    if vraag.zoek:
        match = _UUID.search(vraag.zoek)
        params["zoek"] = UUID(match[0]) if match else vraag.zoek
        conditions.append(
            "(e.main_key = %(zoek)s OR e.key = %(zoek)s)"
            if match
            else f"e.main_key = ANY(ARRAY({_by_number()}))"
        )
    return conditions, params


@lru_cache(maxsize=1)
def _by_number() -> str:
    """Return SQL for the keys of whatever has a number that the house hands out."""
    return " UNION ALL ".join(
        f'SELECT id FROM "{table}" WHERE "{column}" = %(zoek)s'  # noqa: S608 - our own names
        for table, column in _numbers()
    )


def _numbers() -> Iterator[tuple[str, str]]:
    for register in registers.values():
        for resource in register.resources:
            if resource.facet_of is None:
                words = resource.record.words.values()
                yield from ((resource.table, w.name) for w in words if isinstance(w, Number))


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row in words."""
    return {
        **row,
        "soort": woorden.soort(row["register"], row["resource"]),
        "hoofd_soort": woorden.soort(row["register"], row["hoofd_resource"]),
        "deel": row["resource"] != row["hoofd_resource"],
        "titel": woorden.titel(row["register"]),
        "gedaan": woorden.actie(row["actie"]),
        "wie": woorden.wie(row["actor_kind"], row["actor_label"], row["user_label"]),
    }


def _day(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None


def _begin(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, AMSTERDAM) if day else None


def _number(raw: str) -> int:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 18 else 0
