"""Searching documents by a body instead of a query: by long lists (…/_zoek)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar import codec
from loket.grammar.asking import list_query, neighbours
from loket.grammar.reading import filters_of
from loket.grammar.resource import Command
from loket.kernel.problems import Fault, Invalid, Malformed
from loket.registers.documenten.eio_filters import UUID_IN
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.registers.documenten.register import DOCUMENTEN, LEZEN

if TYPE_CHECKING:
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

PATH = "enkelvoudiginformatieobjecten/_zoek"
_PAGING = ("page", "pageSize", "expand")
_BODY_ONLY = {UUID_IN.name: UUID_IN}


def zoek(actor: Actor, call: Call) -> bytes:
    """Return one page of the documents that the body asks for; Invalid with every fault."""
    if not isinstance(call.body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    if not call.body:
        raise Invalid([Fault("nonFieldErrors", "empty_search_body", "Geef minstens één vraag.")])
    paging = [(name, value) for name in _PAGING for value in call.query.get(name, ())]
    asked = [(name, _text(value)) for name, value in call.body.items()]
    resource = enkelvoudiginformatieobjecten
    query = list_query(resource, asked + paging, call.base, actor, call.trace, {}, _BODY_ONLY)
    page = resource.list(actor, query)
    following, previous = neighbours(f"{DOCUMENTEN.root}/{PATH}", paging, query, page.count)
    head = codec.encode({"count": page.count, "next": following, "previous": previous})
    return b'%b,"results":%b}' % (head[:-1], page.results)


def _text(value: Any) -> str:
    """Write a value of the body as a query would hold it."""
    if isinstance(value, list):
        return ",".join(_text(each) for each in value)
    return value if isinstance(value, str) else codec.encode(value).decode()


def _schema() -> dict[str, Any]:
    keys = {"type": "array", "items": {"type": "string", "format": "uuid"}}
    asked = {name: each.schema for name, each in filters_of(enkelvoudiginformatieobjecten).items()}
    expand = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    own = {"uuid__in": keys, "expand": expand, "ordering": {"type": "string"}}
    return {"type": "object", "properties": {**asked, **own}}


Command(
    DOCUMENTEN,
    PATH,
    zoek,
    (LEZEN,),
    "Zoek documenten, ook met een lange lijst van sleutels.",
    query=_PAGING,
    request=_schema(),
    of=enkelvoudiginformatieobjecten,
)
