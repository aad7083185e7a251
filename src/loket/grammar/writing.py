"""A write is one transaction: scope, rules, the row, the event, the line in the processing log."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import ManyToManyField

from loket.grammar import deed
from loket.grammar.authorisation import demand_scope, demand_type
from loket.grammar.change import (
    HOUSE,
    Change,
    Written,
    broken,
    copy_of,
    demand_fresh,
    explained,
    held,
    stop,
    tell,
)
from loket.grammar.composing import as_one, compose
from loket.grammar.numbering import give_number
from loket.grammar.reading import representation_sql
from loket.grammar.shapes import Variant
from loket.grammar.storing import insert, replace_references, update
from loket.grammar.taking import Taken, parent_of, take
from loket.grammar.words import Intake
from loket.kernel.problems import NotFound
from loket.kernel.values import uuid7
from loket.ledger.database import atomic, one

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

CREATED = 201


def create(resource: Resource, actor: Actor, body: Any, call: Call, **keys: UUID) -> Written:
    """Make a record; raises Forbidden, Invalid, NotFound (the parent in the path)."""
    demand_scope(actor, resource.scopes_for("create"))
    return as_one(resource, lambda: _create(resource, actor, body, call, keys))


def _create(
    resource: Resource, actor: Actor, body: Any, call: Call, keys: dict[str, UUID]
) -> Written:
    with prepared(resource, actor, body, call) as ready, atomic(), explained(resource):
        demand_fresh(actor)
        change = Change(resource, actor, "create", call)
        intake = Intake(call.base)
        taken = take(resource, ready, intake, None, partial=False)
        if keys:
            taken.values |= {resource.path_keys[0]: _parent(resource, keys)}
        stop(intake.faults)
        change.record = resource.record(**without_many(resource, taken))
        if resource.numbered:
            give_number(resource, change.record)
        change.given, change.sent = frozenset(taken.given), ready
        change.record.regime = resource.main(change.record)[1].regime
        _ask(change)
        set_apart(change, taken)
        insert(change.record)
        deed.new(change.record)
        replace_references(change.record, taken.values)
        return _done(change, CREATED, taken.values)


def change(
    resource: Resource,
    actor: Actor,
    key: UUID,
    body: Any,
    call: Call,
    *,
    partial: bool,
    scopes: tuple[str, ...] = (),
    keys: Mapping[str, UUID] | None = None,
) -> Written:
    """Change a record: PATCH when `partial`, else PUT; `scopes` replace those of the verb."""
    verb = "partial_update" if partial else "update"
    wanted = scopes or resource.scopes_for(verb)
    demand_scope(actor, wanted)
    own = Change(resource, actor, verb, replace(call, key=key))
    return as_one(resource, lambda: _change(own, body, wanted, dict(keys or {})))


def _change(change: Change, body: Any, scopes: tuple[str, ...], keys: dict[str, UUID]) -> Written:
    resource, actor, call = change.resource, change.actor, change.call
    key: Any = call.key
    with prepared(resource, actor, body, call) as ready, atomic(), explained(resource):
        demand_fresh(actor)
        change.before = held(resource, key, actor, **keys)
        demand_type(resource, change.before, actor, scopes)
        intake = Intake(call.base)
        partial = change.verb == "partial_update"
        taken = take(resource, ready, intake, change.before, partial=partial)
        stop(intake.faults)
        change.sent = ready
        return _changed(change, taken)


def _changed(change: Change, taken: Taken) -> Written:
    change.record = copy_of(change.before)
    for name, value in without_many(change.resource, taken).items():
        setattr(change.record, name, value)
    change.given = frozenset(taken.given)
    _ask(change)
    set_apart(change, taken)
    update(change.before, change.record)
    replace_references(change.record, taken.values)
    return _done(change, 200, taken.values)


def adjust(resource: Resource, record: Any, change: Change, **values: Any) -> None:
    """Let a reaction set fields of a record, with an event of its own."""
    before = copy_of(record)
    for name, value in values.items():
        setattr(record, name, value)
    if update(before, record):
        own = Change(resource, change.actor, "partial_update", change.call, record, before)
        _done(own, 200)


def follow(resource: Resource, change: Change, **values: Any) -> Any:
    """Make a record as the consequence of a change elsewhere, with an event of its own.

    No scope is asked: who may do the one thing has thereby done the other.
    """
    record = resource.record(**values)
    own = Change(resource, change.actor, "create", change.call, record)
    for derive in resource.derive:
        derive(record, own)
    insert(record)
    _done(own, CREATED)
    return record


@contextmanager
def prepared(resource: Resource, actor: Actor, body: Any, call: Call) -> Iterator[Any]:
    """Do what a resource has to do before the transaction, and undo it when that fails.

    Within a deed that was done before it began.
    """
    if deed.current() is not None:
        yield body
        return
    with ExitStack() as stack:
        for each in resource.around:
            body = stack.enter_context(each(actor, body, call))
        yield body


def _parent(resource: Resource, keys: dict[str, UUID]) -> Any:
    parent = parent_of(resource, keys)
    if parent is None:
        raise NotFound
    return parent


def _ask(change: Change) -> None:
    """Fill in what was left out, check the type's rights, and ask every rule."""
    for derive in change.resource.derive:
        derive(change.record, change)
    stop(change.faults)
    demand_type(
        change.resource, change.record, change.actor, change.resource.scopes_for(change.verb)
    )
    stop(broken(change))


def without_many(resource: Resource, taken: Taken) -> dict[str, Any]:
    """Return the values that stand in the row itself."""
    many = {
        each.name
        for each in resource.record._meta.get_fields()
        if isinstance(each, ManyToManyField)
    } | {word.name for word in resource.composed}
    return {name: value for name, value in taken.values.items() if name not in many}


def set_apart(change: Change, taken: Taken) -> None:
    """Put each BSN apart and leave its pseudonym in the record."""
    for name, number in taken.numbers.items():
        word = change.resource.record.words[name]
        if not isinstance(word, Variant) or not word.numbers:
            continue
        if word.kept(getattr(change.record, name), number, change.before):
            continue
        if number:
            actor, call = change.actor, change.call
            row = one(
                "SELECT bsn.leg_vast(%s::text, %s::uuid, %s::text, %s::text, %s::text)",
                (number, uuid7(), actor.purpose, call.trace, actor.logged_as),
            )
            setattr(change.record, word.pseudonym, row[0])
        elif change.actor.purpose or change.before is None or not _has_place(change.record, word):
            setattr(change.record, word.pseudonym, None)


def _has_place(record: Any, word: Variant) -> bool:
    """Tell whether the form of a variant, as it now stands, has a place for a BSN."""
    return getattr(record, word.name) is not None and word.case_of(record) in word.numbers


def _done(change: Change, status: int, values: Mapping[str, Any] | None = None) -> Written:
    sql, representation = representation_sql(change.resource), None
    composed = values is not None and bool(change.resource.composed)
    if composed:
        tell(change, status, sql)  # before what goes along with it; a deed tells what it came to
        compose(change, values or {}, adjust)
    for reaction in change.resource.reactions:
        reaction(change.record, change)
    stop(change.faults)
    if not composed:
        representation = tell(change, status, sql)
    told = change.resource.told
    beside = told(change.record) if told is not None and status == CREATED else {}
    return Written(change.record, representation or "", tuple(change.warnings), beside)


__all__ = [
    "HOUSE",
    "Change",
    "Written",
    "adjust",
    "change",
    "create",
    "demand_fresh",
    "follow",
    "held",
    "set_apart",
    "without_many",
]
