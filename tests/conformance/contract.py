"""Every answer in the suite is held to our own OpenAPI: status, content type, headers, schema."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from loket.grammar.openapi import document
from loket.grammar.register import registers
from loket.grammar.routing import register_of
from tests.conftest import Api

if TYPE_CHECKING:
    import httpx

    from loket.grammar.register import Register

Document = dict[str, Any]


class CheckedApi(Api):
    """An application that reads the manual, and notices where the house does otherwise."""

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Call the house, and hold the answer to its OpenAPI."""
        response = super().request(method, path, **options)
        register = register_of(response.request.url.path)
        if register is not None and not path.endswith("/openapi.json"):
            hold(register, response)
        return response


def hold(register: Register, response: httpx.Response) -> None:
    """Fail when an answer to a documented operation is not as documented."""
    method, path = response.request.method, response.request.url.path
    found = _operation(register.root, method, path.removeprefix(register.root))
    if found is None:
        assert response.status_code in (403, 404, 405)
        return
    told = found["responses"].get(str(response.status_code))
    assert told is not None, f"{method} {path}: {response.status_code} is not documented"
    told = _resolved(register, told)
    for name, header in told.get("headers", {}).items():
        if _resolved(register, header).get("required"):
            assert name in response.headers, f"{method} {path}: no {name}"
    if method != "HEAD":
        _hold_content(register, told.get("content", {}), response)


def _hold_content(register: Register, content: Document, response: httpx.Response) -> None:
    if not content:
        assert response.content == b""
        return
    kind = response.headers["Content-Type"]
    assert kind in content
    if content[kind]["schema"].get("format") == "binary":
        return
    validator = _validator(register.root, str(content[kind]["schema"]))
    shown = response.json()
    problems = [f"{each.instance_path}: {each.message}" for each in validator.iter_errors(shown)]
    assert not problems, problems[:5]


@lru_cache
def _document(root: str) -> Document:
    return document(registers[root], "http://127.0.0.1")


def _resolved(register: Register, part: Document) -> Document:
    while "$ref" in part:
        _, *steps = part["$ref"].split("/")
        part = _document(register.root)
        for step in steps:
            part = part[step]
    return part


@lru_cache
def _patterns(root: str) -> list[tuple[re.Pattern[str], Document]]:
    """Return the paths as patterns, those without a key in them first."""
    paths = sorted(_document(root)["paths"].items(), key=lambda pair: pair[0].count("{"))
    return [(re.compile(re.sub(r"\{[^}]*\}", "[^/]+", path)), written) for path, written in paths]


def _operation(root: str, method: str, path: str) -> Document | None:
    for pattern, written in _patterns(root):
        if pattern.fullmatch(path.rstrip("/")) and method.lower() in written:
            operation: Document = written[method.lower()]
            return operation
    return None


@lru_cache(maxsize=512)
def _validator(root: str, schema: str) -> Any:
    components = plain_schema(_document(root)["components"])
    made = {"components": components, **plain_schema(_by_text(root)[schema])}
    return jsonschema_rs.Draft202012Validator(made, validate_formats=True)


@lru_cache
def _by_text(root: str) -> dict[str, Document]:
    """Return every schema of an answer by how it is written."""
    found: dict[str, Document] = {}
    waiting: list[Any] = [_document(root)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if isinstance(part.get("schema"), dict):
                found[str(part["schema"])] = part["schema"]
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return found


def plain_schema(schema: Any) -> Any:
    """Turn OpenAPI's nullable into JSON Schema."""
    if isinstance(schema, list):
        return [plain_schema(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: plain_schema(each) for key, each in schema.items() if key != "nullable"}
    if schema.get("nullable") is not True:
        return made
    return {"anyOf": [made, {"type": "null"}]}
