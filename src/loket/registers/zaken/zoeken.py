"""Searching zaken by a body instead of a query: by place, and by long lists (zaken/_zoek)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import shapely

from loket.grammar import codec
from loket.grammar.asking import list_query, neighbours
from loket.grammar.filters import Filter
from loket.grammar.reading import filters_of
from loket.grammar.resource import Command
from loket.grammar.selecting import select
from loket.grammar.shapes import shape_of
from loket.kernel.problems import Fault, Invalid, InvalidValue, Malformed
from loket.ledger.database import rows
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.zaak import zaken
from loket.registers.zaken.zaak_filters import ONLY_ZOEK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

PATH = "zaken/_zoek"
_PAGING = ("page", "pageSize", "expand")
_CANDIDATES = (
    "SELECT id, zaakgeometrie::json FROM zaken_zaak "
    "WHERE zaakgeometrie_omtrek && box(point(%s, %s), point(%s, %s))"
)


def _within(raw: str, _: str) -> list[UUID]:
    """Return the keys of the zaken inside an area: by their boxes first, then exactly."""
    area = _area(raw)
    west, south, east, north = area.bounds
    found = rows(_CANDIDATES, (east, north, west, south))
    return [key for key, geometry in found if area.contains(_valid(codec.decode(geometry)))]


def _area(raw: str) -> Any:
    try:
        asked = codec.decode(raw.encode())
    except Malformed:
        asked = None
    if not isinstance(asked, dict) or set(asked) != {"within"}:
        raise InvalidValue("invalid", 'Een gebied heeft de vorm {"within": GeoJSON}.')
    area = _valid(asked["within"])
    shapely.prepare(area)
    return area


def _valid(raw: Any) -> Any:
    """Return a geometry that can be compared, also when its lines cross."""
    shape = shape_of(raw)
    return shape if shape.is_valid else shapely.make_valid(shape)


_BODY_ONLY = {
    **{each.name: each for each in ONLY_ZOEK},
    "zaakgeometrie": Filter("zaakgeometrie", "{row}.id = ANY({value}::uuid[])", _within),
}


def zoek(actor: Actor, call: Call) -> bytes:
    """Return one page of the zaken that the body asks for; Invalid with every fault at once."""
    if not isinstance(call.body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    paging = [(name, value) for name in _PAGING for value in call.query.get(name, ())]
    asked = [(name, _text(value)) for name, value in call.body.items() if name != "fields"]
    query = list_query(zaken, asked + paging, call.base, actor, call.trace, {}, _BODY_ONLY)
    if "fields" in call.body:
        if query.expand:
            raise Invalid([Fault("fields", "invalid", "Geef fields of expand, niet allebei.")])
        query = replace(query, expand=select(zaken, call.body["fields"]))
    page = zaken.list(actor, query)
    following, previous = neighbours(f"{ZAKEN.root}/{PATH}", paging, query, page.count)
    head = codec.encode({"count": page.count, "next": following, "previous": previous})
    return b'%b,"results":%b}' % (head[:-1], page.results)


def _text(value: Any) -> str:
    """Write a value of the body as a query would hold it."""
    if isinstance(value, list):
        return ",".join(_text(each) for each in value)
    if isinstance(value, str):
        return value
    return codec.encode(value).decode()


def _schema() -> Mapping[str, Any]:
    """Describe the body: every question of the list, and those that only a body asks."""
    known = filters_of(zaken) | _BODY_ONLY
    keys = {"type": "array", "items": {"type": "string"}}
    area = {
        "type": "object",
        "properties": {"within": {"$ref": "#/components/schemas/GeoJSONGeometry"}},
    }
    own = {"uuid__in": keys, "zaaktype__in": keys, "zaaktype__not_in": keys, "zaakgeometrie": area}
    texts = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    fields = {
        "type": "array",
        "description": "De velden die meekomen, in plaats van expand: namen, `*` voor alle, en "
        "per relatie of groep een lijst van velden daarin.",
        "items": {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": True}]},
    }
    asked = {name: own.get(name, each.schema) for name, each in known.items()}
    return {
        "type": "object",
        "properties": {**asked, "expand": texts, "ordering": texts, "fields": fields},
    }


Command(
    ZAKEN,
    PATH,
    zoek,
    ("zaken.lezen",),
    "Zoek zaken, ook op plaats.",
    query=_PAGING,
    request=_schema(),
    response={"$ref": "#/components/schemas/PaginatedZaakList"},
    of=zaken,
    crs=True,
)
