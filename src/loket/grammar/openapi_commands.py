"""The commands of a register in an OpenAPI document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from loket.grammar.openapi_operations import purposeful
from loket.grammar.openapi_parameters import parameter, path_parameter, query_parameter
from loket.grammar.openapi_parts import answer, body, header, problem, security, strangers

if TYPE_CHECKING:
    from loket.grammar.openapi_schemas import Schemas
    from loket.grammar.register import Register
    from loket.grammar.resource import Command

Part = dict[str, Any]

NO_CONTENT = 204


def command_path(command: Command) -> str:
    """Return the path of a command."""
    return f"/{command.path}"


def command_operation(command: Command, made: Schemas) -> Part:
    """Return the operation of a command."""
    keys = [path_parameter(name) for name in re.findall(r"\{([a-z_]+)\}", command.path)]
    queries = [_query(name) for name in command.query]
    described: Part = {
        "operationId": _name(command),
        "summary": command.summary,
        "tags": [command.of.name if command.of else command.path.split("/")[0]],
        "parameters": [*keys, *queries, *_headers(command)],
        "security": security(command.scopes, tokens=_tokens(command.register)),
        "responses": _responses(command, made),
    }
    if command.request is not None and command.method in ("POST", "PUT"):
        described["requestBody"] = body(command.request, command.media, bare=command.bare)
    return {key: value for key, value in described.items() if value}


def _tokens(register: Register) -> bool:
    return register.dialect.tokens and not register.dialect.personal


def _name(command: Command) -> str:
    if command.name:
        return command.name
    last = re.sub(r"/?\{[a-z_]+\}", "", command.path).rsplit("/", 1)[-1]
    name = f"{command.of.record.__name__.lower()}_{last}" if command.of else last
    return f"{name}_retrieve" if command.path.endswith("}") else name


def _query(name: str) -> Part:
    shared = name in ("page", "pageSize")
    return parameter(name) if shared else query_parameter(name, {"type": "string"}, "")


def _headers(command: Command) -> list[Part]:
    writes = command.method != "GET"
    wanted = {
        "X-Audit-Toelichting": writes,
        "X-Doelbinding": command.purposeful or purposeful(command.register),
        "Accept-Crs": command.crs,
        "Content-Crs": command.crs and writes,
    }
    return [parameter(name) for name, asked in wanted.items() if asked]


def _responses(command: Command, made: Schemas) -> dict[str, Part]:
    told = {"API-version": header("API-version")}
    if command.crs:
        told["Content-Crs"] = header("Content-Crs")
    schema = command.response
    if command.of is not None and "page" in command.query:
        schema = made.listed(command.of)
    elif command.of is not None and schema is None and command.success != NO_CONTENT:
        schema = made.shown(command.of)
    faults: dict[int, int | str] = {
        400: "400-inhoud",
        **{status: status for status in strangers(command.register)},
        404: 404,
        409: 409,
        421: 421,
        500: 500,
    }
    if command.request is not None:
        faults |= {413: 413, 415: 415}
    if command.crs:
        faults |= {406: 406, 412: 412}
    written = {str(status): problem(name) for status, name in faults.items()}
    shown = answer(command.success, told, schema, command.produces)
    if command.empty:
        shown |= answer(NO_CONTENT, told)
    return dict(sorted((shown | written).items()))
