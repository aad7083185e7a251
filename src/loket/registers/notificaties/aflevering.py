"""Aflevering: one event told to one subscriber, or yet to be; a view on the ledger.

It is known by a UUID that holds its number in the ledger (version 8, RFC 9562: a form of our own),
so that no other number has to be kept of each of the many.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from loket.grammar import codec
from loket.grammar.asking import neighbours
from loket.grammar.authorisation import STAND, demand_scope
from loket.grammar.change import demand_fresh
from loket.grammar.reading import demand_stand
from loket.grammar.register import registers
from loket.grammar.resource import Command
from loket.kernel.actor import Regime
from loket.kernel.problems import Conflict, NotFound
from loket.ledger import dispatch
from loket.ledger.database import atomic, one
from loket.ledger.events import BASE
from loket.ledger.models import Delivery
from loket.registers.notificaties.aflevering_vraag import (
    FILTERS,
    PAGING,
    STAAT,
    names_of,
    of_event,
    of_one,
    query_of,
)
from loket.registers.notificaties.register import BEHEREN, NOTIFICATIES

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.reading import Query
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

log = logging.getLogger(__name__)

PATH: Final = "afleveringen"
_PREFIX: Final = "00000000-0000-8000-8000-"
_BITS: Final = 48
"""Bits of the number in the UUID."""

_URL: Final = f"%(base)s::text || '{NOTIFICATIES.root}/{PATH}/' || k.uuid"
_NINE: Final = "(?<![0-9])[0-9]{9}(?![0-9])"
"""What may be a BSN in what somebody answered."""


def number_in(key: UUID | None) -> int:
    """Return the number of a delivery that a UUID holds; NotFound for one of another form."""
    if key is None or not str(key).startswith(_PREFIX):
        raise NotFound
    return key.int & ((1 << _BITS) - 1)


def lijst(actor: Actor, call: Call) -> bytes:
    """Return one page of the deliveries, what was handed out last first, in one statement."""
    demand_scope(actor, BEHEREN, NOTIFICATIES.component)
    query = query_of(call.query, call.base, call.trace)
    count, results = _page(actor, query)
    asked = [(name, value) for name, values in call.query.items() for value in values]
    following, previous = neighbours(f"{NOTIFICATIES.root}/{PATH}", asked, query, count)
    head = codec.encode({"count": count, "next": following, "previous": previous})
    return b'%b,"results":%b}' % (head[:-1], results)


def toon(actor: Actor, call: Call) -> bytes:
    """Return one delivery; NotFound."""
    demand_scope(actor, BEHEREN, NOTIFICATIES.component)
    shown = _shown(_regimes(actor))
    params = {"base": call.base, "regimes": list(actor.regimes), "nummer": number_in(call.key)}
    sql = f"SELECT {STAND}, (SELECT row_to_json(r) FROM ({shown}) r)"  # noqa: S608 - our own names
    stand, found = one(sql, params)
    demand_stand(actor, stand)
    if found is None:
        raise NotFound
    return bytes(found)


def geef_vrij(actor: Actor, call: Call) -> bytes:
    """Let a delivery that is stuck be tried again at once; NotFound, Conflict."""
    with atomic():
        demand_fresh(actor)
        toon(actor, call)
        if not dispatch.release(number_in(call.key)):
            raise Conflict("Deze aflevering zit niet vast.")
        log.info("%s released delivery %s", actor.id, number_in(call.key))
        return toon(actor, call)


def _regimes(actor: Actor) -> str:
    """Return the condition that the law lets an actor know of an event; none if it may of all.

    Nearly all is under the general law: for who may know of that, the exceptions are looked up.
    """
    if set(Regime) <= set(actor.regimes):
        return ""
    if Regime.AVG in actor.regimes:
        return _NOT_APART
    return "e.regime = ANY(%(regimes)s)"


def _page(actor: Actor, query: Query) -> tuple[int, bytes]:
    places = {f"f_{nr}": value for nr, (_, value) in enumerate(query.filters)}
    conditions = [
        chosen.condition("", f"'{value}'" if chosen.name == STAAT else f"%(f_{nr})s")
        for nr, (chosen, value) in enumerate(query.filters)
    ]
    held, skipped = _regimes(actor), (query.page - 1) * query.size
    joined = of_event(query) or held.startswith("e.")
    order = "d.position" if of_one(query) else "d.id"
    sql = _page_sql(tuple(filter(None, [*conditions, held])), order, joined=joined)
    common = {"base": query.base, "regimes": list(actor.regimes), "n": query.size, "weg": skipped}
    stand, count, results = one(sql, {**common, **places})
    demand_stand(actor, stand)
    if query.page > 1 and skipped >= count:
        raise NotFound("Ongeldige pagina.")
    return count, bytes(results)


def _page_sql(conditions: tuple[str, ...], order: str, *, joined: bool) -> str:
    event = " JOIN ledger_event e USING (position)" if joined else ""
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    source = f"ledger_delivery d{event}{where}"
    page = f"SELECT d.* FROM {source} ORDER BY {order} DESC LIMIT %(n)s OFFSET %(weg)s"  # noqa: S608 - our own names
    return (
        f"SELECT {STAND}, (SELECT count(*) FROM {source}), (SELECT coalesce(json_agg(r), '[]') "  # noqa: S608 - our own names
        f"FROM (SELECT {_columns()} FROM ({page}) d {_BESIDE} ORDER BY {order} DESC) r)"
    )


def _shown(held: str) -> str:
    source = f"ledger_delivery d {_BESIDE} WHERE d.id = %(nummer)s::bigint"
    return f"SELECT {_columns()} FROM {source}{f' AND {held}' if held else ''}"  # noqa: S608 - our own names


_NOT_APART: Final = (
    "NOT EXISTS (SELECT FROM ledger_event x WHERE x.position = d.position "
    f"AND x.regime <> '{Regime.AVG.value}')"
)
_BESIDE: Final = (
    "JOIN ledger_event e USING (position) CROSS JOIN LATERAL (SELECT "
    f"('{_PREFIX}' || lpad(to_hex(d.id), {_BITS // 4}, '0'))::uuid AS uuid) k"
)


@lru_cache(maxsize=1)
def _columns() -> str:
    names = (pair for register in registers.values() for pair in names_of(register.resources))
    cases = " ".join(f"WHEN '{path}' THEN '{name}'" for path, name in names)
    return f"""
        {_URL} AS "url", k.uuid AS "uuid", d.subscriber AS "abonnee", d.position AS "positie",
        e.moment AS "moment", e.register AS "register",
        CASE e.register || '/' || e.resource {cases} ELSE e.resource END AS "resource",
        e.actie AS "actie", {_address("e.main_url")} AS "hoofdObject",
        {_address("e.url")} AS "resourceUrl", d.state AS "staat", d.attempts AS "pogingen",
        CASE d.state WHEN 'wacht' THEN d.next_at END AS "volgendePoging",
        d.changed_at AS "gewijzigdOp",
        regexp_replace(d.outcome, '{_NINE}', '*********', 'g') AS "uitkomst\""""


def _address(column: str) -> str:
    return f"replace({column}, '{BASE}', %(base)s::text || '/')"


_TEXT: Final = {"type": "string"}
_URI: Final = {"type": "string", "format": "uri"}
_WHEN: Final = {"type": "string", "format": "date-time"}
_PROPERTIES: Final[dict[str, Any]] = {
    "url": _URI,
    "uuid": {"type": "string", "format": "uuid"},
    "abonnee": {**_TEXT, "description": "Wie het hoort, zoals `abonnement:` met de UUID ervan."},
    "positie": {"type": "integer", "description": "De plaats van de gebeurtenis in het grootboek."},
    "moment": {**_WHEN, "description": "Wanneer het gebeurde."},
    "register": {**_TEXT, "description": "Het register waarin het gebeurde."},
    "resource": {**_TEXT, "description": "Waar het mee gebeurde."},
    "actie": {**_TEXT, "description": "Wat er gebeurde."},
    "hoofdObject": _URI,
    "resourceUrl": _URI,
    "staat": {**_TEXT, "enum": list(Delivery.State.values)},
    "pogingen": {"type": "integer", "description": "Hoe vaak het is geprobeerd."},
    "volgendePoging": {**_WHEN, "nullable": True},
    "gewijzigdOp": {**_WHEN, "description": "Wanneer de aflevering het laatst veranderde."},
    "uitkomst": {**_TEXT, "description": "Wat de laatste poging opleverde."},
}
SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": list(_PROPERTIES),
    "properties": _PROPERTIES,
}
_LIST: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["count", "next", "previous", "results"],
    "properties": {
        "count": {"type": "integer"},
        "next": {**_URI, "nullable": True},
        "previous": {**_URI, "nullable": True},
        "results": {"type": "array", "items": SCHEMA},
    },
}

Command(
    NOTIFICATIES,
    PATH,
    lijst,
    BEHEREN,
    "Vraag op wat aan wie is afgeleverd, wat wacht en wat vastzit; het laatst verdeelde eerst.",
    method="GET",
    query=(*FILTERS, *PAGING),
    response=_LIST,
    fresh=True,
)
Command(
    NOTIFICATIES,
    f"{PATH}/{{uuid}}",
    toon,
    BEHEREN,
    "Vraag één aflevering op.",
    method="GET",
    response=SCHEMA,
    fresh=True,
)
Command(
    NOTIFICATIES,
    f"{PATH}/{{uuid}}/vrijgeven",
    geef_vrij,
    BEHEREN,
    "Probeer een aflevering die vastzit meteen opnieuw.",
    response=SCHEMA,
)
