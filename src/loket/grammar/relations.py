"""From one record to others, in SQL: addresses, and whole records when expanded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from loket.grammar.links import (
    Back,
    Named,
    NamedBack,
    NamedOne,
    Ref,
    Refs,
    Via,
    resource_of,
    through_columns,
)

if TYPE_CHECKING:
    from loket.grammar.resource import Relation, Resource

VALID = (
    'NOT {row}.concept AND {row}."begin_geldigheid" <= %(dag)s::date '
    'AND ({row}."einde_geldigheid" IS NULL OR {row}."einde_geldigheid" >= %(dag)s::date)'
)


def target_of(resource: Resource, word: Relation) -> Resource:
    """Return the resource at the other end of a relation."""
    if isinstance(word, NamedBack | Via):
        return resource_of(apps.get_model(word.source))
    if isinstance(word, Named):
        return resource_of(word.to if not isinstance(word.to, str) else apps.get_model(word.to))
    return word.target(resource.record)


def path_sql(resource: Resource, row: str, path: str) -> str:
    """Return SQL for the key at the end of a dotted path of references, from a row."""
    first, _, rest = path.partition(".")
    column = f'{row}."{first}_id"'
    if not rest:
        return column
    word: Any = resource.record.words[first]
    target = target_of(resource, word)
    inner = path_sql(target, f"{row}p", rest)
    return f'(SELECT {inner} FROM "{target.table}" {row}p WHERE {row}p.id = {column})'


def joined(resource: Resource, word: Relation, row: str, other: str) -> tuple[str, str, str]:
    """Return FROM, WHERE and ORDER BY that lead from `row` to the rows of a relation."""
    target = target_of(resource, word)
    source = f'"{target.table}" {other}'
    if isinstance(word, Ref):
        return source, f"{other}.id = {word.column(row)}", ""
    if isinstance(word, Refs):
        relation: Any = resource.record._meta.get_field(word.name)
        near, far = through_columns(resource, word)
        between = f'"{relation.remote_field.through._meta.db_table}" {other}b'
        on = f'{other}b."{far}" = {other}.id'
        return f"{source} JOIN {between} ON {on}", f'{other}b."{near}" = {row}.id', f"{other}.id"
    if isinstance(word, Back):
        back: Any = resource.record._meta.get_field(word.of or word.name)
        order = word.first or target.numbered or "id"
        return _back(source, back, order, row, other)
    if isinstance(word, Via):
        where = word.where.replace("{row}", row).replace("{other}", other)
        return source, where, f"{other}.id"
    return source, _by_name(resource, target, word, row, other), f"{other}.id"


def _back(source: str, back: Any, first: str, row: str, other: str) -> tuple[str, str, str]:
    order = ", ".join(
        f'{other}."{name.lstrip("-")}"{" DESC" if name.startswith("-") else ""}'
        for name in first.split(",")
    )
    if back.many_to_many:
        relation = back.field
        between = f'"{relation.remote_field.through._meta.db_table}" {other}b'
        on = f'{other}b."{relation.m2m_column_name()}" = {other}.id'
        where = f'{other}b."{relation.m2m_reverse_name()}" = {row}.id'
        return f"{source} JOIN {between} ON {on}", where, order
    return source, f'{other}."{back.field.column}" = {row}.id', order


def _by_name(
    resource: Resource, target: Resource, word: Named | NamedBack, row: str, other: str
) -> str:
    valid = VALID.replace("{row}", other) if "concept" in target.record.words else "true"
    if isinstance(word, Named):
        shared = path_sql(resource, row, word.shared)
        names = (
            f'{row}."{word.name}"' if isinstance(word, NamedOne) else f'ANY({row}."{word.name}")'
        )
        return f'{other}.catalogus_id = {shared} AND {other}."{word.by}" = {names} AND {valid}'
    there: Any = target.record.words[word.of]
    shared = path_sql(target, other, there.shared)
    by_name = f'{row}."{word.by}" = ANY({other}."{word.of}")'
    return f"{shared} = {row}.catalogus_id AND {by_name} AND {valid}"
