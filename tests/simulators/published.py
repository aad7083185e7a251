"""The published files of neighbours, that stand-ins and connectors are held to."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from loket.site import oas

ROOT = Path(__file__).resolve().parents[2]


@cache
def published(name: str) -> dict[str, Any]:
    """Return a published OpenAPI file."""
    path = oas.standards(ROOT).parent / "consume" / name
    if not path.is_file():
        pytest.skip("the published file is not there")
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def hold(name: str, told: Any, schema: str) -> None:
    """Fail when a body is not as the published file has it, or holds more than that."""
    problems = [
        f"{each.instance_path}: {each.message}"
        for each in _validator(name, schema).iter_errors(told)
    ]
    assert not problems, problems[:5]


@cache
def _validator(name: str, schema: str) -> Any:
    found = published(name)["components"]["schemas"]
    kinds = {f"{_AT}{each}" for each, told in found.items() if "discriminator" in told}
    closed = {each: _closed(told, kinds) for each, told in found.items()}
    for each, told in found.items():
        if f"{_AT}{each}" in kinds:
            closed[f"{each}{_BARE}"], closed[each] = closed[each], _one_of(told)
    whole = {"components": {"schemas": closed}, **_shut(f"{_AT}{schema}")}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


_AT = "#/components/schemas/"
_BARE = "Bare"


def _closed(told: Any, kinds: set[str], *, inside: bool = False) -> Any:
    """Return a schema in which whatever is referred to holds no more than it says.

    What is one of several kinds refers to what they have in common, and not to all of them again.
    """
    if isinstance(told, list):
        return [_closed(each, kinds, inside=inside) for each in told]
    if not isinstance(told, dict):
        return told
    if "$ref" in told:
        at = told["$ref"]
        return {"$ref": f"{at}{_BARE}" if at in kinds else at} if inside else _shut(at)
    return {key: _closed(each, kinds, inside=key == "allOf") for key, each in told.items()}


def _one_of(told: dict[str, Any]) -> dict[str, Any]:
    """Return that something is of the kind that its type names."""
    mapping = told["discriminator"]["mapping"]
    named = {"required": ["type"]}
    return named | {
        "properties": {"type": {"enum": sorted(mapping)}},
        "allOf": [
            {"if": named | {"properties": {"type": {"const": kind}}}, "then": {"$ref": at}}
            for kind, at in mapping.items()
        ],
    }


def _shut(at: str) -> dict[str, Any]:
    return {"$ref": at, "unevaluatedProperties": False}
