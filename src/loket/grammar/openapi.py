"""OpenAPI 3.0.3, written from the declarations of a register."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from loket.grammar.openapi_commands import command_operation, command_path
from loket.grammar.openapi_operations import Operations
from loket.grammar.openapi_parameters import parameters
from loket.grammar.openapi_parts import headers, responses, schemas
from loket.grammar.openapi_schemas import Schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.register import Register

Document = dict[str, Any]


def document(register: Register, base: str) -> Document:
    """Return the OpenAPI document of a register; `base` is the address of the house."""
    if register.root not in _standing:
        _standing[register.root] = _written(register)
    return {**_standing[register.root], "servers": [{"url": f"{base}{register.root}"}]}


_standing: dict[str, Document] = {}


def _written(register: Register) -> Document:
    """Return all of a document that does not depend on where the house stands."""
    made = Schemas(register)
    paths = _paths(register, made)
    return {
        "openapi": "3.0.3",
        "info": _info(register),
        "servers": [],
        "tags": _tags(register),
        "paths": dict(sorted(paths.items())),
        "components": {
            **_referred(paths, schemas() | made.components, register),
            **({} if register.open else {"securitySchemes": _security(register)}),
        },
    }


def _referred(paths: Document, made: Document, register: Register) -> Document:
    """Return the components that are referred to, from the paths or from one another."""
    offered: Document = {
        "schemas": made,
        "responses": responses(),
        "parameters": parameters(register),
        "headers": headers(),
    }
    found: Document = {kind: {} for kind in offered}
    waiting = list(_references(paths))
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        if name not in found[kind]:
            found[kind][name] = offered[kind][name]
            waiting += _references(found[kind][name])
    return {kind: dict(sorted(parts.items())) for kind, parts in found.items() if parts}


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _references(each)
    elif isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for each in part.values():
            yield from _references(each)


def _info(register: Register) -> dict[str, Any]:
    return {
        "title": f"{register.title} API",
        "version": register.version,
        "description": register.description,
        "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
    }


def _tags(register: Register) -> list[dict[str, str]]:
    return [
        {"name": each.name, "description": inspect.cleandoc(each.record.__doc__ or "")}
        for each in sorted(register.resources, key=lambda resource: resource.name)
    ]


def _security(register: Register) -> dict[str, Any]:
    schemes: dict[str, Any] = {
        "JWT-Claims": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    }
    if register.dialect.tokens and not register.dialect.personal:
        schemes["Token"] = {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token` gevolgd door een spatie en het token.",
        }
    return schemes


def _paths(register: Register, made: Schemas) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for resource in register.resources:
        operations = Operations(resource, made)
        for path, written in operations.paths().items():
            paths.setdefault(path, {}).update(written)
    for command in register.commands:
        written = {command.method.lower(): command_operation(command, made)}
        paths.setdefault(command_path(command), {}).update(written)
    return paths
