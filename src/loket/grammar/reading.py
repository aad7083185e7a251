"""A read is one SQL statement: PostgreSQL makes the JSON, we pass it through as bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from loket.grammar.authorisation import (
    OWN,
    STAND,
    Mode,
    mode_of,
    owned_sql,
    parameters,
    visible_sql,
)
from loket.grammar.concerning import is_told_of, looked_sql
from loket.grammar.counting import tally
from loket.grammar.filters import NOWHERE, Filter, declared
from loket.grammar.links import WHOLE, Back, Ref
from loket.grammar.merging import merge, merged_sql
from loket.grammar.register import registers
from loket.grammar.relations import joined, target_of
from loket.grammar.selecting import expanded, parts_sql, selected
from loket.grammar.shapes import Variant
from loket.grammar.shown import Alias
from loket.grammar.versions import version_source
from loket.kernel.clock import today
from loket.kernel.problems import Forbidden, NotFound
from loket.ledger.database import one

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor

Tree = tuple[tuple[str, "Tree"], ...]
"""What to expand: names on the wire, each with what to expand below it; hashable."""

SEARCHED = (
    "WITH gezocht AS MATERIALIZED (SELECT bsn.zoek("
    "%(bsn)s::text, %(doel)s::text, %(trace)s::text, %(wie)s::text) AS nummer) "
)
"""Looks a BSN up once, which writes the line in the processing log."""


class StaleRights(Exception):
    """The authorisations changed since the actor's rights were read."""


@dataclass(frozen=True)
class Query:
    """What a reader asks for, checked; `looks` when he sees it, and it is not for the house."""

    base: str
    filters: tuple[tuple[Filter, Any], ...] = ()
    expand: Tree = ()
    ordering: tuple[str, ...] = ()
    page: int = 1
    size: int = 100
    day: date = field(default_factory=today)
    trace: str = ""
    path_keys: tuple[tuple[str, UUID], ...] = ()
    versie: int | None = None
    moment: datetime | None = None
    looks: bool = False


@dataclass(frozen=True)
class Page:
    """One page of a list: the exact total, and the records as a JSON array."""

    count: int
    results: bytes


@lru_cache(maxsize=4096)
def columns_sql(resource: Resource, row: str, mode: Mode, expand: Tree) -> str:
    """Return the SELECT list: every field under its name on the wire."""
    chosen, below = selected(expand), expanded(expand)
    columns = [
        f'{shown} AS "{name}"'
        for name, shown in _shown(resource, row, mode, chosen or {})
        if chosen is None or name in chosen
    ]
    if below:
        columns.append(f'{_expand_sql(resource, row, mode, below)} AS "_expand"')
    return ", ".join(columns)


def _shown(
    resource: Resource, row: str, mode: Mode, chosen: Mapping[str, Tree]
) -> Iterator[tuple[str, str]]:
    """Yield every name on the wire with its SQL."""
    yield "url", resource.url_sql(row)
    if resource.with_uuid:
        yield "uuid", f"{row}.id"
    for word in resource.record.words.values():
        if word.wire and not word.secret:
            shown = _word_sql(resource, word, row, mode)
            yield word.wire, parts_sql(word, shown, chosen.get(word.wire, ()))


def _word_sql(resource: Resource, word: Any, row: str, mode: Mode) -> str:
    if isinstance(word, Ref):
        shown = _reference(resource, word, row, mode)
        return f"coalesce({shown}, '')" if word.shown_blank else shown
    if word.many_valued:
        return _addresses(resource, word, row, mode)
    if isinstance(word, Alias):
        meant = resource.record.words[word.of]
        if word.single:
            return _addresses(resource, meant, row, mode, single=True)
        return _word_sql(resource, meant, row, mode)
    shown = str(word.sql(row))
    return _with_outer(resource, word, shown, row, mode) if isinstance(word, Variant) else shown


def _reference(resource: Resource, word: Ref, row: str, mode: Mode) -> str:
    target, key = target_of(resource, word), word.column(row)
    if word.shows:
        other = f"{row}r"
        shown = _beside(resource, target, other, word.shows, mode)
        return f'(SELECT {shown} FROM "{target.table}" {other} WHERE {other}.id = {key})'
    return resource.register.dialect.reference(target.url_sql(row, key), key)


def _beside(
    resource: Resource, target: Resource, other: str, shows: tuple[str, ...], mode: Mode
) -> str:
    """Return SQL for the address of a row of `target`, with the words of it that are shown."""
    if shows == WHOLE:
        columns = columns_sql(target, other, mode, ())
        return f"(SELECT row_to_json(v) FROM (SELECT {columns}) v)"
    if not shows:
        return resource.register.dialect.reference(target.url_sql(other), f"{other}.id")
    words = [target.record.words[name] for name in shows]
    parts = (f"'{word.wire}', {_word_sql(target, word, other, mode)}" for word in words)
    own = f"'url', {target.url_sql(other)}"
    if target.with_uuid:
        own = f"'uuid', {other}.id, {own}"
    return f"json_build_object({own}, {', '.join(parts)})"


def _with_outer(resource: Resource, word: Variant, shown: str, row: str, mode: Mode) -> str:
    """Return SQL for a variant with the references inside it that the row keeps outside."""
    for name, case in word.outer.items():
        part = next(p for p in word.cases[case].words.values() if getattr(p, "of", "") == name)
        held: Any = resource.record.words[name]
        reference = _reference(resource, held, row, mode)
        there = f"jsonb_build_object('{part.wire}', ({reference})::jsonb)"
        shown = f"CASE {row}.\"{word.on}\" WHEN '{case}' THEN {shown} || {there} ELSE {shown} END"
    return shown


def _addresses(resource: Resource, word: Any, row: str, mode: Mode, *, single: bool = False) -> str:
    """Return SQL for the addresses at the other end of a relation, or the first of them."""
    other = f"{row}r"
    target = target_of(resource, word)
    source, where, order = joined(resource, word, row, other)
    if not _belongs(resource, word, target, mode):
        where = f"{where} AND {visible_sql(target, other, mode)}"
    shown = _beside(resource, target, other, getattr(word, "shows", ()), mode)
    if single or bool(getattr(word, "first", "")):
        return f"(SELECT {shown} FROM {source} WHERE {where} ORDER BY {order} LIMIT 1)"
    return (
        f"(SELECT coalesce(json_agg({shown} ORDER BY {order}), '[]') FROM {source} WHERE {where})"
    )


def _belongs(resource: Resource, word: Any, target: Resource, mode: Mode) -> bool:
    """Tell whether who sees this record sees the rows of the relation as well."""
    if target.public or not isinstance(word, Back) or (mode in OWN and owned_sql(target, mode)):
        return target.public
    back: Any = resource.record._meta.get_field(word.of or word.name)
    return bool(target.parent == back.field.name)


def _expand_sql(resource: Resource, row: str, mode: Mode, expand: Tree) -> str:
    pieces = []
    for wire, below in expand:
        word: Any = resource.relations.get(wire) or resource.record.words[wire]
        target = target_of(resource, word)
        other = f"{row}e"
        source, where, order = joined(resource, word, row, other)
        columns = columns_sql(target, other, mode, below)
        visible = visible_sql(target, other, mode)
        rows = f"SELECT {columns} FROM {source} WHERE {where} AND {visible}"
        if isinstance(word, Ref) or bool(getattr(word, "first", "")):
            ordered = f" ORDER BY {order} LIMIT 1" if order else ""
            absent = _absent(word, row)
            made = f"coalesce((SELECT row_to_json(x) FROM ({rows}{ordered}) x), {absent})"
        else:
            made = f"(SELECT coalesce(json_agg(x), '[]') FROM ({rows} ORDER BY {order}) x)"
        pieces.append(f"'{wire}', {made}")
    return f"json_build_object({', '.join(pieces)})"


def _absent(word: Any, row: str) -> str:
    """Return SQL for what is not there: an empty record, or a sign where it is only out of sight.

    The sign is made anew for each request, so that nothing that somebody wrote looks like it.
    """
    if not isinstance(word, Ref):
        return "'{}'"
    return (
        f"CASE WHEN {word.column(row)} IS NULL OR %(weg)s::text IS NULL THEN '{{}}' "
        "ELSE json_build_object(%(weg)s::text, true) END"
    )


@lru_cache(maxsize=1024)
def detail_sql(
    resource: Resource,
    mode: Mode,
    expand: Tree,
    path_keys: tuple[str, ...] = (),
    *,
    columns: str = "",
    of_version: bool = False,
) -> str:
    """Return the statement for one record: the version of the rights, and its JSON or NULL.

    It logs the look at it, for whom the record is about.
    `columns` asks for something else of the row `t`; `of_version` for a certain version of it,
    which only who may see the newest may see.
    """
    columns = columns or columns_sql(resource, "t", mode, expand)
    under = "".join(f' AND t."{name}_id" = %(pad_{name})s' for name in path_keys)
    visible = visible_sql(resource, "t", mode)
    source = f'"{resource.table}" t'
    if of_version:
        source = f"{version_source(resource)} t"
        newest = visible_sql(resource, "n", mode)
        visible += f' AND EXISTS (SELECT FROM "{resource.table}" n WHERE n.id = t.id AND {newest})'
    this = f"t.id = %(key)s{under}"
    looked = "0" if mode in OWN else looked_sql(resource, source, f"{this} AND {visible}")
    return (
        f"SELECT {STAND}, (SELECT row_to_json(r) FROM (SELECT {columns} "
        f"FROM {source} WHERE {this} AND {visible}) r), "
        f"EXISTS (SELECT FROM {source} WHERE {this}), {looked}"
    )


def representation_sql(resource: Resource) -> str:
    """Return the subquery for the representation of one record, seen by the house itself."""
    columns = columns_sql(resource, "t", "alles", ())
    rows = f'SELECT {columns} FROM "{resource.table}" t WHERE t.id = %(key)s'
    return f"SELECT row_to_json(r) FROM ({rows}) r"


def common(actor: Actor, base: str, day: date, trace: str) -> dict[str, Any]:
    """Return the parameters that any read may name."""
    return {
        **parameters(actor, registers.values()),
        "base": base,
        "dag": day,
        "doel": actor.purpose,
        "doel_van_een": actor.purpose,
        "trace": trace,
        "wie": actor.logged_as,
        "weg": None,
    }


def demand_stand(actor: Actor, stand: int) -> None:
    """Refuse rights that were read at another version than a statement found."""
    if actor.stand is not None and actor.stand != stand:
        raise StaleRights


def detail(resource: Resource, actor: Actor, key: UUID, query: Query, columns: str = "") -> bytes:
    """Return the JSON of one record, or of `columns` of its row `t`.

    NotFound when there is none, when a citizen may not know of it, or when something that is to be
    expanded cannot be had (zrc-028); Forbidden when an application lacks the rights for it
    (zrc-006).
    """
    mode = mode_of(actor)
    names = tuple(name for name, _ in query.path_keys)
    asked = query.versie is not None or query.moment is not None
    sql = detail_sql(resource, mode, query.expand, names, columns=columns, of_version=asked)
    params = common(actor, query.base, query.day, query.trace)
    params |= {f"pad_{name}": value for name, value in query.path_keys}
    params |= {"bekijkt": query.looks and is_told_of(actor), "stand": actor.stand}
    if asked:
        params |= {"versie": query.versie, "moment": query.moment}
    if query.expand and mode not in OWN:
        params["weg"] = f"weg-{uuid4().hex}"
    stand, shown, exists, _looked = one(sql, {**params, "key": key})
    demand_stand(actor, stand)
    if shown is None:
        raise Forbidden if exists and mode in ("beperkt", "gereed") else NotFound
    if params["weg"] and params["weg"].encode() in shown:
        raise NotFound("Iets dat uitgeklapt moet worden, is niet op te halen.")
    return bytes(shown)


@lru_cache(maxsize=4096)
def _list_sql(  # noqa: PLR0917 - together they are the key of the cache
    resource: Resource,
    mode: Mode,
    expand: Tree,
    conditions: tuple[str, ...],
    order: tuple[str, ...],
    size: int,
    tally: str,
    branches: int = 0,
) -> str:
    where = " AND ".join([visible_sql(resource, "p", mode), *conditions])
    chosen = _order("p", resource, order)
    source = f'"{resource.table}" p WHERE {where}'
    window = f" LIMIT {size} OFFSET %(overslaan)s" if size else ""
    among = f"({merged_sql(resource, branches)}) p" if branches else source
    page = f"SELECT p.id FROM {among} ORDER BY {chosen}{window}"
    columns = columns_sql(resource, "t", mode, expand)
    rows = (
        f'SELECT {columns} FROM "{resource.table}" t JOIN ({page}) k ON k.id = t.id '
        f"ORDER BY {_order('t', resource, order)}"
    )
    count = tally or f"(SELECT count(*) FROM {source})"
    return f"SELECT {STAND}, {count}, (SELECT coalesce(json_agg(r), '[]') FROM ({rows}) r)"


def _order(row: str, resource: Resource, order: tuple[str, ...]) -> str:
    """Return the order as SQL; the key decides last, in the same direction, so that a page is sure.

    Only a column that may be null says where its nulls go: one index then serves both directions.
    """
    names = list(order or (resource.default_order,))
    if names[-1].lstrip("-") != "id":
        names.append("-id" if names[-1].startswith("-") else "id")
    return ", ".join(_ordered(row, resource, name) for name in names)


def _ordered(row: str, resource: Resource, name: str) -> str:
    column = f'{row}."{name.lstrip("-")}"'
    if not name.startswith("-"):
        return column
    null = getattr(resource.record._meta.get_field(name.lstrip("-")), "null", False)
    return f"{column} DESC NULLS LAST" if null else f"{column} DESC"


def page(resource: Resource, actor: Actor, query: Query) -> Page:
    """Return one page of a list, in one statement; NotFound beyond the last page."""
    sql, params = statement(resource, actor, query)
    stand, count, results = one(sql, params)
    demand_stand(actor, stand)
    if query.page > 1 and params["overslaan"] >= count:
        raise NotFound("Ongeldige pagina.")
    return Page(count, bytes(results))


def statement(resource: Resource, actor: Actor, query: Query) -> tuple[str, dict[str, Any]]:
    """Return the statement for a page of a list, and its parameters."""
    mode = mode_of(actor)
    params = {**common(actor, query.base, query.day, query.trace), "doel_van_een": None}
    conditions = _conditions(query, params)
    for name, key in query.path_keys:
        conditions.append(f'p."{name}_id" = %(pad_{name})s')
        params[f"pad_{name}"] = key
    size = query.size if resource.paged else 0
    params["overslaan"] = (query.page - 1) * size
    counted = tally(resource, mode, query, params)
    asked = tuple(conditions), query.ordering, size, counted
    branches = 0 if conditions or query.ordering or not counted else merge(resource, params, size)
    sql = _list_sql(resource, mode, query.expand, *asked, branches)
    return (SEARCHED + sql if "bsn" in params else sql), params


def _conditions(query: Query, params: dict[str, Any]) -> list[str]:
    """Return the conditions of the filters; those within one relation hold of one record there."""
    within: dict[str, list[str]] = {}
    for nr, (chosen, value) in enumerate(query.filters):
        place = "(SELECT nummer FROM gezocht)" if chosen.purposeful else f"%(f_{nr})s"
        within.setdefault(chosen.within, []).append(chosen.condition("p", place))
        params["bsn" if chosen.purposeful else f"f_{nr}"] = value
    own = within.pop("", [])
    joined = (
        relation.replace("{row}", "p").replace("{inner}", " AND ".join(inner))
        for relation, inner in within.items()
    )
    return [*own, *joined]


@lru_cache(maxsize=1024)
def filters_of(resource: Resource) -> dict[str, Filter]:
    """Return the query parameters of a list, by their name on the wire."""
    made = (declared(resource, entry) for entry in resource.filters)
    return {chosen.name: chosen for chosen in made}


__all__ = ["NOWHERE", "Page", "Query", "StaleRights", "Tree", "detail", "filters_of", "page"]
