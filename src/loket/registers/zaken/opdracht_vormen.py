"""The bodies of the commands: their parts, and what the OpenAPI says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.links import Ref
from loket.grammar.openapi_values import value
from loket.grammar.record import written
from loket.grammar.shapes import Variant
from loket.kernel.problems import Fault, Invalid, Malformed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from loket.grammar.resource import Resource

Schema = dict[str, Any]


def parts_of(
    body: Any, kinds: Mapping[str, Resource], needed: Collection[str]
) -> list[tuple[str, Resource, Any]]:
    """Return the parts of a body by their path, in order; Invalid when its form is another."""
    if not isinstance(body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    faults: list[Fault] = []
    found = []
    for name, resource in kinds.items():
        if name not in body:
            if name in needed:
                faults.append(Fault(name, "required", "Dit veld is vereist."))
            continue
        for path, part in _parts(name, body[name], faults):
            if isinstance(part, dict):
                found.append((path, resource, part))
            else:
                faults.append(Fault(path, "invalid", "Ongeldige data: hier hoort een object."))
    if faults:
        raise Invalid(faults)
    return found


def _parts(name: str, given: Any, faults: list[Fault]) -> list[tuple[str, Any]]:
    if name in ("zaak", "status", "resultaat"):
        return [(name, given)]
    if isinstance(given, list):
        return [(f"{name}.{nr}", each) for nr, each in enumerate(given)]
    faults.append(Fault(name, "not_a_list", "Hier hoort een lijst."))
    return []


def asked(
    kinds: Mapping[str, Resource],
    one: Collection[str],
    needed: Collection[str],
    only: Collection[str] = (),
    *,
    partial: bool = False,
) -> Schema:
    """Return the schema of a body: of a zaak that is there, every field may be left out."""
    properties = {}
    for name, resource in kinds.items():
        schema = _part(resource, only if name == "zaak" else (), partial=partial and name == "zaak")
        if partial and name == "rollen":
            schema["properties"]["uuid"] = {
                "type": "string", "format": "uuid", "description": "De rol die blijft.",
            }  # fmt: skip
        properties[name] = schema if name in one else {"type": "array", "items": schema}
    return {"type": "object", "required": list(needed), "properties": properties}


def _part(resource: Resource, only: Collection[str], *, partial: bool) -> Schema:
    words = [word for word in written(resource.record) if word.wire and word.name != "zaak"]
    chosen = [word for word in words if not only or word.wire in only]
    schema: Schema = {
        "type": "object",
        "properties": {word.wire: _value(word) for word in chosen},
    }
    required = [word.wire for word in chosen if only or not word.optional]
    return schema if partial or not required else {**schema, "required": required}


def _value(word: Any) -> Schema:
    if isinstance(word, Ref | Variant):
        return word.described()
    return value(word, reading=False)


def answer(kinds: Mapping[str, Resource], one: Collection[str]) -> Schema:
    """Return the schema of an answer: what was made, as its own door shows it."""
    properties: Schema = {}
    for name, resource in kinds.items():
        shown = {"$ref": f"#/components/schemas/{resource.record.__name__}"}
        properties[name] = shown if name in one else {"type": "array", "items": shown}
    return {"type": "object", "properties": properties}
