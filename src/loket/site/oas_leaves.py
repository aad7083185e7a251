"""The properties of a body in an OpenAPI document, flattened: each by its path."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]


@dataclass
class Leaf:
    """One property, wherever in a body: what all schemas together say of it.

    `endless`: it holds again what it is itself part of, and is not followed further.
    """

    types: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    nullable: bool = False
    required: bool = False
    read_only: bool = False
    endless: bool = False


Leaves = dict[str, Leaf]


def resolved(document: Document, part: Document) -> Document:
    """Return what a reference points at, or the part itself when it is none."""
    while "$ref" in part:
        _, *steps = part["$ref"].split("/")
        part = document
        for step in steps:
            part = part[step]
    return part


def leaves(document: Document, body: Document | None) -> Leaves:
    """Return the properties of a request body or answer, such as `results[].verlenging.duur`.

    Below `_expand` only the names of the relations count.
    """
    if body is None:
        return {}
    walk = _Walk(document)
    content = resolved(document, body).get("content", {})
    walk.down(content.get("application/json", {}).get("schema", {}), "", (), sure=True)
    walk.found.pop("", None)
    return walk.found


class _Walk:
    """A walk through schemas that may refer to themselves."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: Leaves = {}

    def down(self, schema: Document, path: str, seen: tuple[str, ...], *, sure: bool) -> None:
        """Note a schema at a path, and go on below it; `sure`: it holds for every body."""
        target = schema.get("$ref")
        if target is not None:
            leaf = self.found.setdefault(path, Leaf())
            leaf.endless |= target in seen
            if target not in seen:
                found = resolved(self.document, schema)
                self.down(found, path, (*seen, target), sure=sure)
            return
        self._note(path, schema)
        for part, always in _parts(schema):
            self.down(part, path, seen, sure=sure and always)
        for name, inner in schema.get("properties", {}).items():
            self._property(f"{path}.{name}" if path else name, inner, seen)
            if sure and name in schema.get("required", ()):
                self.found[f"{path}.{name}" if path else name].required = True
        if "items" in schema:
            self.down(schema["items"], f"{path}[]", seen, sure=sure)

    def _property(self, path: str, schema: Document, seen: tuple[str, ...]) -> None:
        if "_expand." in path:
            self.found.setdefault(path, Leaf())
        else:
            self.down(schema, path, seen, sure=True)

    def _note(self, path: str, schema: Document) -> None:
        leaf = self.found.setdefault(path, Leaf())
        values = schema.get("enum", [])
        leaf.types |= {schema["type"]} if "type" in schema else set()
        leaf.values |= {value for value in values if isinstance(value, str) and value}
        leaf.nullable |= bool(schema.get("nullable")) or None in values
        leaf.read_only |= bool(schema.get("readOnly"))


def _parts(schema: Document) -> Iterator[tuple[Document, bool]]:
    """Yield the schemas that a schema is made of, and whether they always hold."""
    for part in schema.get("allOf", ()):
        yield part, True
    for kind in ("oneOf", "anyOf"):
        for part in schema.get(kind, ()):
            yield part, False
    for target in schema.get("discriminator", {}).get("mapping", {}).values():
        yield {"$ref": target}, False
