"""From the values of the services to what goes over the wire, and to its description.

The names are those of the values, as the wire writes them; what is empty stays away when the value
says that it is there only sometimes (`organisatienaam`).
"""

from __future__ import annotations

import inspect
import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from loket.grammar.words import camel
from loket.services import mijnservices

Schema = dict[str, Any]

_BUILTIN: Final = {"UUID": UUID, "date": date, "datetime": datetime, "Any": Any}

SOMETIMES: Final = ("organisatienaam",)
"""What is shown only where it says something (M35, M36)."""

ADRES: Final[Schema] = {"type": "string", "format": "uri"}
AANTAL: Final[Schema] = {"type": "integer", "description": "Hoeveel er in het geheel zijn."}

_PLAIN: Final[dict[Any, Schema]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    UUID: {"type": "string", "format": "uuid"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def tonen(value: Any) -> Any:
    """Return a value of the services as JSON: records as objects, days and keys as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            camel(each.name): tonen(getattr(value, each.name))
            for each in fields(value)
            if each.name not in SOMETIMES or getattr(value, each.name) is not None
        }
    if isinstance(value, tuple | list):
        return [tonen(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


@cache
def _values() -> dict[str, Any]:
    """Return the values that the services speak in, by name: they name one another by it."""
    found = (each.name for each in iter_modules(mijnservices.__path__) if not each.ispkg)
    modules = [import_module(f"{mijnservices.__name__}.{name}") for name in found]
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if is_dataclass(value)
    }


@cache
def vorm(kind: Any) -> Schema:
    """Return the JSON schema of a value of the services."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_dataclass(kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": list(map(str, kind))}
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        return {"type": "array", "items": vorm(args[0])}
    if origin in (Union, types.UnionType):
        (inner,) = (each for each in args if each is not type(None))
        return {**vorm(inner), "nullable": True}
    return {"type": "object", "additionalProperties": True}


def _record(kind: Any) -> Schema:
    hints = get_type_hints(kind, localns=_values() | _BUILTIN)
    named = {each.name: camel(each.name) for each in fields(kind)}
    return {
        "type": "object",
        "description": inspect.cleandoc(kind.__doc__ or ""),
        "required": [wire for name, wire in named.items() if name not in SOMETIMES],
        "properties": {wire: vorm(hints[name]) for name, wire in named.items()},
    }


def lijst(kind: Any) -> Schema:
    """Return the schema of a page of a list."""
    link = {**ADRES, "nullable": True}
    return {
        "type": "object",
        "required": ["count", "next", "previous", "results"],
        "properties": {
            "count": AANTAL,
            "next": link,
            "previous": link,
            "results": {"type": "array", "items": vorm(kind)},
        },
    }
