"""The schemas of values that point at no record, as they are written and as they are read."""

from __future__ import annotations

from typing import Any

from loket.grammar.shapes import Geometry, Group, Many
from loket.grammar.words import MISSING, Level, Number, Text, Word

Schema = dict[str, Any]


def described(word: Word, schema: Schema, *, reading: bool) -> Schema:
    """Add what holds for every word."""
    made = {"description": word.doc, **schema}
    if word.nullable or (not reading and isinstance(word, Number) and word.asked_by_null):
        made["nullable"] = True
    if word.computed and reading:
        made["readOnly"] = True
    if word.deprecated:
        made["deprecated"] = True
    if word.secret:
        made["writeOnly"] = True
    if not reading and (default := _default(word)) is not MISSING:
        made["default"] = default
    return made


def _default(word: Word) -> Any:
    default = word.default
    if isinstance(word, Level) and isinstance(default, int):
        return word.of.values[default]
    if default is None or isinstance(default, bool | int | str):
        return default
    return MISSING


def value(word: Word, *, reading: bool) -> Schema:
    """Return the schema of a value that points at no record."""
    if isinstance(word, Group):
        schema = group_schema(word, reading=reading)
    elif isinstance(word, Many):
        schema = _list(word, reading=reading)
    elif isinstance(word, Geometry):
        schema = {"allOf": [word.schema()]}
    else:
        schema = word.schema()
    if isinstance(word, Text):
        _loosen(word, schema, reading=reading)
    made = described(word, schema, reading=reading)
    if reading and isinstance(word, Group) and word.blank_form is not None:
        made.pop("nullable", None)
    return made


def _list(word: Many, *, reading: bool) -> Schema:
    schema = word.schema()
    items = value(word.of, reading=reading)
    for name, each in schema["items"].get("properties", {}).items():
        if each.get("readOnly") and reading:  # a list that shows more than is written
            items["properties"].setdefault(name, each)
            items["required"] = list(items["properties"])
    return {**schema, "items": items}


def _loosen(word: Text, schema: Schema, *, reading: bool) -> None:
    """Take out what an answer or a blank does not hold to."""
    if word.optional or word.blank or (reading and word.computed):
        schema.pop("format", None)
    if reading:
        schema.pop("minLength", None)
        if word.computed:
            schema.pop("pattern", None)


def group_schema(group: Group, *, reading: bool) -> Schema:
    """Return the schema of a group; a reader sees every part, also what was left out."""
    parts = [word for word in group.words.values() if word.wire and (reading or not word.computed)]
    properties = {word.wire: value(word, reading=reading) for word in parts}
    if reading:
        for wire, blank in (group.blank_form or {}).items():
            _allow(properties[wire], blank)
        required = list(properties)
    else:
        required = [word.wire for word in parts if not word.optional]
    schema: Schema = {"type": "object", "properties": properties}
    return {**schema, "required": required} if required else schema


def _allow(schema: Schema, blank: Any) -> None:
    """Let a schema also hold for the value that stands for no value."""
    if blank is None:
        schema["nullable"] = True
    if blank == "":
        schema.pop("format", None)
        schema.pop("pattern", None)
    if "enum" in schema and blank not in schema["enum"]:
        schema["enum"] = [*schema["enum"], blank]
