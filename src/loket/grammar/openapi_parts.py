"""What every OpenAPI document shares: problems, geometries, headers and answers."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loket.grammar.register import Register

Part = dict[str, Any]

_TEXT: Part = {"type": "string"}
_NUMBER: Part = {"type": "number"}
_POSITION: Part = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 3}
_CRS: Part = {"type": "string", "enum": ["EPSG:4326"]}
_COORDINATES: dict[str, Part] = {
    "Point": _POSITION,
    "MultiPoint": {"type": "array", "items": _POSITION, "minItems": 1},
    "LineString": {"type": "array", "items": _POSITION, "minItems": 2},
    "MultiLineString": {
        "type": "array",
        "items": {"type": "array", "items": _POSITION, "minItems": 2},
        "minItems": 1,
    },
    "Polygon": {
        "type": "array",
        "items": {"type": "array", "items": _POSITION, "minItems": 4},
        "minItems": 1,
    },
    "MultiPolygon": {
        "type": "array",
        "items": {
            "type": "array",
            "items": {"type": "array", "items": _POSITION, "minItems": 4},
            "minItems": 1,
        },
        "minItems": 1,
    },
}

PROBLEMS: dict[int, str] = {
    400: "Er staan fouten in de vraag; alle fouten tegelijk.",
    401: "De client is niet bekend.",
    403: "De client is niet bekend, of mag dit niet.",
    404: "Het bestaat niet, of de client mag niet weten dat het bestaat.",
    406: "Deze vorm kan niet worden geleverd.",
    409: "De huidige toestand laat dit niet toe.",
    412: "Een vereiste header ontbreekt.",
    413: "De inhoud is te groot.",
    415: "Dit mediatype wordt niet gelezen.",
    421: "Deze hostnaam hoort bij geen gemeente.",
    500: "Er ging bij ons iets mis.",
    503: "Iets waar dit van afhangt is nu niet bereikbaar; er is niets gewijzigd.",
}


def strangers(register: Register) -> list[int]:
    """Return what somebody hears whom the house does not know, or who may not do this."""
    if register.open:
        return []
    return [401, 403] if register.dialect.tokens else [403]


def _component(kind: str, name: str) -> Part:
    return {"$ref": f"#/components/{kind}/{name}"}


def header(name: str) -> Part:
    """Return a reference to a shared header."""
    return _component("headers", name)


def problem(status: int | str) -> Part:
    """Return a reference to a shared answer."""
    return _component("responses", str(status))


def schemas() -> dict[str, Part]:
    """Return the schemas that do not come from records."""
    return {**_faults(), **_geometries(), "EmptyObject": {"type": "object", "maxProperties": 0}}


def _faults() -> dict[str, Part]:
    fields: dict[str, Part] = {
        "type": {**_TEXT, "format": "uri", "description": "Adres van de uitleg bij de fout."},
        "code": {**_TEXT, "description": "Code van de fout."},
        "title": {**_TEXT, "description": "Wat er mis is, in het algemeen."},
        "status": {"type": "integer", "description": "De statuscode van HTTP."},
        "detail": {**_TEXT, "description": "Wat er mis is, in dit geval."},
        "instance": {**_TEXT, "description": "Kenmerk van dit geval, ook in ons logboek."},
    }
    fault = {
        "name": {**_TEXT, "description": "Naam van het veld of de parameter."},
        "code": {**_TEXT, "description": "Code van de fout."},
        "reason": {**_TEXT, "description": "Uitleg bij de fout."},
    }
    listed = {"type": "array", "items": _component("schemas", "FieldValidationError")}
    return {
        "Fout": {"type": "object", "required": list(fields), "properties": fields},
        "FieldValidationError": {"type": "object", "required": list(fault), "properties": fault},
        "ValidatieFout": {
            "type": "object",
            "required": [*fields, "invalidParams"],
            "properties": {**fields, "invalidParams": listed},
        },
    }


def _geometries() -> dict[str, Part]:
    made: dict[str, Part] = {
        kind: {
            "type": "object",
            "required": ["type", "coordinates"],
            "properties": {"type": {"type": "string", "enum": [kind]}, "coordinates": shape},
        }
        for kind, shape in _COORDINATES.items()
    }
    any_of_them = [_component("schemas", kind) for kind in (*made, "GeometryCollection")]
    made["GeometryCollection"] = {
        "type": "object",
        "required": ["type", "geometries"],
        "properties": {
            "type": {"type": "string", "enum": ["GeometryCollection"]},
            "geometries": {
                "type": "array", "items": _component("schemas", "GeoJSONGeometry"), "minItems": 1,
            },
        },
    }  # fmt: skip
    made["GeoJSONGeometry"] = {
        "oneOf": any_of_them,
        "discriminator": {"propertyName": "type"},
    }
    return made


def headers() -> dict[str, Part]:
    """Return the headers of answers."""
    return {
        "API-version": {
            "schema": _TEXT, "required": True, "description": "De versie van deze API.",
        },
        "Content-Crs": {
            "schema": _CRS, "required": True, "description": "Het coördinatenstelsel.",
        },
        "ETag": {
            "schema": _TEXT, "required": True, "description": "Vingerafdruk van de inhoud.",
        },
        "Location": {
            "schema": {**_TEXT, "format": "uri"},
            "required": True,
            "description": "Het adres van wat is gemaakt.",
        },
    }  # fmt: skip


def responses() -> dict[str, Part]:
    """Return the answers to requests that fail."""
    made = {str(status): _failure(text, "Fout") for status, text in PROBLEMS.items()}
    made["400"] = _failure(PROBLEMS[400], "ValidatieFout")
    made["400-inhoud"] = _failure(PROBLEMS[400], "ValidatieFout", "Fout")
    return made


def _failure(text: str, *shapes: str) -> Part:
    refs = [_component("schemas", shape) for shape in shapes]
    schema = refs[0] if len(refs) == 1 else {"anyOf": refs}
    return {"description": text, "content": {"application/problem+json": {"schema": schema}}}


def answer(
    status: int,
    told: Mapping[str, Part],
    schema: Mapping[str, Any] | None = None,
    kind: str = "application/json",
) -> dict[str, Part]:
    """Return the documentation of one answer that is no problem, by its status."""
    made: Part = {"description": HTTPStatus(status).phrase, "headers": dict(told)}
    if schema is not None:
        made["content"] = {kind: {"schema": dict(schema)}}
    return {str(status): made}


def body(
    schema: Mapping[str, Any], media: Sequence[str] = ("application/json",), *, bare: bool = False
) -> Part:
    """Return the documentation of the body of a request, in each form that it may have."""
    content = {kind: {"schema": dict(schema)} for kind in media}
    return {"required": not bare, "content": content}


def security(scopes: Sequence[str], *, tokens: bool) -> list[Part]:
    """Return who may do it: a client with one of `scopes`; with `tokens` also one with a token."""
    one_of_them = scopes[0] if len(scopes) == 1 else f"({' | '.join(scopes)})"
    made: list[Part] = [{"JWT-Claims": [one_of_them]}]
    return [*made, {"Token": []}] if tokens else made
