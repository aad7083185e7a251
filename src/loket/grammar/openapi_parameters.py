"""The parameters of the operations in an OpenAPI document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from loket.grammar.numbering import MOST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loket.grammar.filters import Filter
    from loket.grammar.register import Register

Parameter = dict[str, Any]

_COUNTING: Parameter = {"type": "integer", "minimum": 1}
_NOT_ASKED = ("minLength", "maxLength", "pattern", "nullable")


def parameter(name: str) -> Parameter:
    """Return a reference to a shared parameter."""
    return {"$ref": f"#/components/parameters/{name}"}


def parameters(register: Register) -> dict[str, Parameter]:
    """Return the parameters that several operations share."""
    crs = {"in": "header", "required": True, "schema": {"type": "string", "enum": ["EPSG:4326"]}}
    made = {
        "uuid": _path("uuid", "De sleutel."),
        "page": query_parameter("page", _COUNTING, "Het nummer van de pagina."),
        "pageSize": query_parameter(
            "pageSize",
            {**_COUNTING, "default": register.dialect.page_size},
            f"Hoeveel er op een pagina staan; hoogstens {register.dialect.largest_page}.",
        ),
        "If-None-Match": _header(
            "If-None-Match", "De ETag die de client al heeft; komt die overeen, dan volgt een 304."
        ),
        "X-Audit-Toelichting": _header(
            "X-Audit-Toelichting", "Waarom dit gebeurt; komt in het audittrail."
        ),
        "X-Doelbinding": _header(
            "X-Doelbinding", "De verwerkingsactiviteit waarvoor een BSN nodig is."
        ),
        "Accept-Crs": {
            **crs, "name": "Accept-Crs", "description": "Het gewenste coördinatenstelsel.",
        },
        "Content-Crs": {
            **crs, "name": "Content-Crs", "description": "Het coördinatenstelsel van de inhoud.",
        },
    }  # fmt: skip
    if not register.dialect.crs:
        del made["Accept-Crs"], made["Content-Crs"]
    return made


def _path(name: str, text: str) -> Parameter:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "schema": {"type": "string", "format": "uuid"},
        "description": text,
    }


def path_parameter(name: str) -> Parameter:
    """Return the parameter for a key in the path."""
    return _path(name, "De sleutel.") if name != "uuid" else parameter("uuid")


def number_parameter(name: str) -> Parameter:
    """Return the parameter for the number in the path of what is known by one."""
    schema = {"type": "integer", "minimum": 0, "maximum": MOST}
    return {**_path(name, "Het nummer."), "schema": schema}


def query_parameter(name: str, schema: Mapping[str, Any], text: str, **options: Any) -> Parameter:
    """Return a parameter of the query; a list of values is written with commas."""
    made = {"name": name, "in": "query", "description": text, "schema": dict(schema), **options}
    return {**made, "style": "form", "explode": False} if schema.get("type") == "array" else made


def filter_parameter(chosen: Filter) -> Parameter:
    """Return the parameter for a filter; any text may be looked for."""
    schema = {key: value for key, value in chosen.schema.items() if key not in _NOT_ASKED}
    if "enum" in schema:
        schema["enum"] = [value for value in schema["enum"] if value is not None]
    if "items" in schema:
        schema["items"] = filter_parameter(replace(chosen, schema=schema["items"]))["schema"]
    return query_parameter(chosen.name, schema, chosen.doc)


def _header(name: str, text: str) -> Parameter:
    return {"name": name, "in": "header", "schema": {"type": "string"}, "description": text}
