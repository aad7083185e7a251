"""How documents are found: the query parameters of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from loket.grammar.filters import Filter, escaped, taken_by
from loket.grammar.links import Url
from loket.grammar.words import Choice, Flag
from loket.kernel.problems import InvalidValue
from loket.ledger.database import Jsonb
from loket.registers.documenten.waarden import ObjectType

if TYPE_CHECKING:
    from collections.abc import Callable

_URL = Url("", max=1000)
_OBJECT_TYPE = Choice("", of=ObjectType)
_LINKED = (
    "{row}.id IN (SELECT o.informatieobject_id FROM documenten_objectinformatieobject o "
    "WHERE o.%s = {value})"
)


def _contains(name: str, doc: str) -> Filter:
    sql = f"{{row}}.{name} ILIKE '%%' || {{value}} || '%%'"
    return Filter(name, sql, lambda raw, _: escaped(raw), doc=doc)


def _linked(between: str) -> tuple[Filter, Filter]:
    return (
        Filter(
            f"objectinformatieobjecten{between}object",
            _LINKED % "object",
            taken_by(_URL),
            {"type": "string", "format": "uri"},
            "Het OBJECT waar het document bij hoort.",
        ),
        Filter(
            f"objectinformatieobjecten{between}objectType",
            _LINKED % "object_type",
            taken_by(_OBJECT_TYPE),
            _OBJECT_TYPE.schema(),
            "Wat voor iets dat OBJECT is.",
        ),
    )


def _words(raw: str, _: str) -> list[str]:
    return [piece.strip() for piece in raw.split(",") if piece.strip()]


def _as_json(take: Callable[[str, str], Any]) -> Callable[[str, str], Any]:
    return lambda raw, base: Jsonb(take(raw, base))


def _keys(raw: str, _: str) -> list[UUID]:
    try:
        return [UUID(piece.strip()) for piece in raw.split(",") if piece.strip()]
    except ValueError:
        raise InvalidValue("invalid", "Dit is geen geldige UUID.") from None


_LIST = {"type": "array", "items": {"type": "string"}}

EIO_FILTERS: list[str | Filter] = [
    "identificatie", "bronorganisatie", "informatieobjecttype", "vertrouwelijkheidaanduiding",
    "creatiedatum__gte", "creatiedatum__lte",
    _contains("titel", "Een stuk van de titel."),
    _contains("auteur", "Een stuk van de naam van de auteur."),
    _contains("beschrijving", "Een stuk van de beschrijving."),
    Filter(
        "locked",
        "({row}.lock <> '') = {value}",
        lambda raw, _: Flag("").value(raw),
        {"type": "boolean"},
        "Of het document is vergrendeld.",
    ),
    Filter("trefwoorden", "{row}.trefwoorden @> {value}::jsonb", _as_json(_words), _LIST,
           "Trefwoorden die het document alle heeft."),
    Filter("trefwoorden__overlap", "{row}.trefwoorden ?| {value}::text[]", _words, _LIST,
           "Trefwoorden waarvan het document er minstens een heeft."),
    *_linked("_"),
    *_linked("__"),
]  # fmt: skip

EIO_ORDERING = [
    "auteur", "bestandsomvang", "creatiedatum", "formaat", "status", "titel",
    "vertrouwelijkheidaanduiding",
]  # fmt: skip

UUID_IN = Filter("uuid__in", "{row}.id = ANY({value}::uuid[])", _keys)
