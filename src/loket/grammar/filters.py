"""Query parameters: from a declared name to a condition in SQL."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps

from loket.grammar.links import Named, Ref, Refs, Url, key_in, resource_of, through_columns
from loket.grammar.relations import joined, target_of
from loket.grammar.shapes import Many
from loket.grammar.words import Flag, Intake, Level, Text, Word
from loket.kernel.problems import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loket.grammar.resource import Resource

NOWHERE = UUID(int=0)

_OPERATORS = {
    "": "{column} = {value}",
    "gt": "{column} > {value}",
    "gte": "{column} >= {value}",
    "lt": "{column} < {value}",
    "lte": "{column} <= {value}",
    "in": "{column} = ANY({value})",
    "isnull": "({column} IS NULL) = {value}",
    "isset": "({column} IS NOT NULL) = {value}",
    "icontains": "{column} ILIKE '%%' || {value} || '%%'",
}


@dataclass(frozen=True)
class Filter:
    """One query parameter: `sql` is the condition, with `{row}` and `{value}` in it.

    `take` turns the text of the query into the value, or raises InvalidValue.
    `purposeful`: the value is a BSN, so the actor needs a purpose, and the search is logged.
    `within` is the condition around it, with `{inner}` in it: filters within the same relation hold
    of one and the same record there. `otherwise` are filters of which the first takes its place
    that `applies`, given the whole query and the purpose.
    """

    name: str
    sql: str
    take: Callable[[str, str], Any]
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    doc: str = ""
    purposeful: bool = False
    word: str = ""
    within: str = ""
    otherwise: tuple[Otherwise, ...] = ()

    def condition(self, row: str, value: str) -> str:
        """Return the condition for the table alias `row` and the placeholder `value`."""
        return self.sql.replace("{row}", row).replace("{value}", value)


@dataclass(frozen=True)
class Otherwise:
    """Another filter under the same name, for when what else is asked says so."""

    applies: Callable[[Mapping[str, str], str | None], bool]
    filter: Filter


def text_filter(name: str, sql: str, doc: str = "") -> Filter:
    """Make a filter on a text, in SQL of its own."""
    return Filter(name, sql, lambda raw, _: raw, doc=doc)


def escaped(raw: str) -> str:
    """Escape the wildcards of LIKE."""
    return raw.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


@dataclass(frozen=True)
class Along:
    """A filter on what a record leads to: `path` goes by words, and ends in what is compared.

    That is `uuid` or `url` of the last record, one of its words, a part of its group
    (`groep->deel`), or nothing (`path` ends in a dot): whether there is any such record.
    """

    name: str
    path: str
    operator: str = ""
    otherwise: tuple[Otherwise, ...] = ()

    def __str__(self) -> str:
        return self.name


def _along(resource: Resource, entry: Along) -> Filter:
    *steps, last = entry.path.split(".")
    at, row, around = resource, "{row}", "{inner}"
    for nr, step in enumerate(steps):
        word: Any = at.record.words[step]
        source, where, _ = joined(at, word, row, f"l{nr}")
        inner = " AND {inner}" if last or nr + 1 < len(steps) else ""
        found = f"EXISTS (SELECT FROM {source} WHERE {where}{inner})"
        around = around.replace("{inner}", found)
        at, row = target_of(at, word), f"l{nr}"
    if not last:
        flag = Flag("")
        return Filter(
            entry.name, f"{around} = {{value}}", lambda raw, _: flag.value(raw), flag.schema()
        )
    compared = _compared(at, last, entry.operator, row)
    there = tuple(
        Otherwise(
            each.applies,
            replace(each.filter, sql=each.filter.sql.replace("{row}", row), within=around),
        )
        for each in entry.otherwise
    )
    return replace(compared, name=entry.name, within=around, otherwise=there, word="")


def _compared(at: Resource, last: str, operator: str, row: str) -> Filter:
    """Return the filter on what is compared at the end of a path, of the row `row`."""
    if last == "uuid":
        return Filter("", f"{row}.id = {{value}}", _uuid, {"type": "string", "format": "uuid"})
    if last == "url":
        uri = {"type": "string", "format": "uri"}
        return Filter("", f"{row}.id = {{value}}", lambda raw, base: _key(raw, base, at), uri)
    name, _, part = last.partition("->")
    if not part:
        made = declared(at, name + (f"__{operator}" if operator else ""))
        return replace(made, sql=made.sql.replace("{row}", row))
    group: Any = at.record.words[name]
    groups = group.cases.values() if hasattr(group, "cases") else [group]
    word = next(w for g in groups for w in g.words.values() if w.wire == part)
    sql = _OPERATORS[operator].replace("{column}", f"{row}.\"{name}\"->>'{part}'")
    return Filter("", sql, _taker(word, operator), _schema(word, operator), word.doc)


def declared(resource: Resource, entry: str | Filter | Along) -> Filter:
    """Return the filter for an entry of a resource's `filters`."""
    if isinstance(entry, Filter):
        return entry
    if isinstance(entry, Along):
        return _along(resource, entry)
    name, _, operator = entry.partition("__")
    if operator in {"uuid", "url"}:
        return _reference(resource, name, operator)
    word = resource.record.words[name]
    wire = word.wire + (f"__{operator}" if operator else "")
    if isinstance(word, Ref | Refs | Named):
        return _related(resource, word, wire)
    if isinstance(word, Many):
        sql = f'{{row}}."{name}" @> to_jsonb(ARRAY[{{value}}::text])'
        return Filter(wire, sql, lambda raw, _: raw, doc=word.doc)
    sql = _OPERATORS[operator].replace("{column}", f'{{row}}."{name}"')
    return Filter(wire, sql, _taker(word, operator), _schema(word, operator), word.doc, word=name)


def _schema(word: Word, operator: str) -> dict[str, Any]:
    if operator in ("isnull", "isset"):
        return {"type": "boolean"}
    schema = word.schema()
    return {"type": "array", "items": schema} if operator == "in" else schema


def taken_by(word: Word) -> Callable[[str, str], Any]:
    """Return the `take` of a filter whose value is checked by a word."""

    def one(raw: str, base: str) -> Any:
        intake = Intake(base)
        value = word.taken(raw, word.wire, intake)
        if intake.faults:
            raise InvalidValue(intake.faults[0].code, intake.faults[0].reason)
        if isinstance(word, Level) and value is None:
            raise InvalidValue("invalid_choice", f'"{raw}" is een ongeldige keuze.')
        return value

    return one


def key_at(source: str) -> Callable[[str, str], Any]:
    """Return the `take` of a filter whose value is the address of an `app.Record`."""
    return lambda raw, base: _key(raw, base, resource_of(apps.get_model(source)))


def _taker(word: Word, operator: str) -> Callable[[str, str], Any]:
    one = taken_by(word)

    def loose(raw: str, base: str) -> Any:
        return raw if isinstance(word, Text) and not isinstance(word, Url) else one(raw, base)

    if operator in ("isnull", "isset"):
        return lambda raw, _: Flag("").value(raw)
    if operator == "in":
        return lambda raw, base: [loose(piece.strip(), base) for piece in raw.split(",")]
    if operator == "icontains":
        return lambda raw, _: escaped(raw)
    return loose


def _key(raw: str, base: str, target: Resource) -> UUID:
    """Return the key in an address; one of another house names nothing here."""
    if not raw.lower().startswith(("http://", "https://")):
        raise InvalidValue("invalid", "Dit is geen geldige URL.")
    return key_in(raw, target, base) or NOWHERE


def _uuid(raw: str, _: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError:
        raise InvalidValue("invalid", "Dit is geen geldige UUID.") from None


def _reference(resource: Resource, name: str, operator: str) -> Filter:
    word: Any = resource.record.words[name]
    sql = f'{{row}}."{name}_id" = {{value}}'
    wire = f"{word.wire}__{operator}"
    if operator == "uuid":
        return Filter(wire, sql, _uuid, {"type": "string", "format": "uuid"}, word.doc, word=name)
    uri = {"type": "string", "format": "uri"}
    return Filter(
        wire, sql, lambda raw, base: _key(raw, base, target_of(resource, word)), uri, word.doc
    )


def _related(resource: Resource, word: Any, wire: str) -> Filter:
    if isinstance(word, Ref):
        sql = f'{{row}}."{word.name}_id" = {{value}}'
    elif isinstance(word, Refs):
        between = resource.record._meta.get_field(word.name).remote_field.through  # type: ignore[union-attr]
        near, far = through_columns(resource, word)
        sql = (
            f'EXISTS (SELECT FROM "{between._meta.db_table}" b '
            f'WHERE b."{near}" = {{row}}.id AND b."{far}" = {{value}})'
        )
    else:
        target = target_of(resource, word)
        sql = (
            f'EXISTS (SELECT FROM "{target.table}" n WHERE n.id = {{value}} '
            f'AND n."{word.by}" = ANY({{row}}."{word.name}"))'
        )
    uri = {"type": "string", "format": "uri"}
    return Filter(
        wire,
        sql,
        lambda raw, base: _key(raw, base, target_of(resource, word)),
        uri,
        word.doc,
        word=word.name,
    )
