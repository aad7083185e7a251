"""A write is one transaction: scope, rules, the row, the event, the line in the processing log."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import ManyToManyField
from django.db.models.deletion import ProtectedError

from loket.grammar.authorisation import demand_scope, demand_type, mode_of
from loket.grammar.links import Ref, resource_of
from loket.grammar.reading import StaleRights, representation_sql
from loket.grammar.shapes import Variant
from loket.grammar.storing import insert, replace_references, update
from loket.grammar.taking import Taken, parent_of, take
from loket.grammar.words import Intake, Level
from loket.kernel.clock import today
from loket.kernel.problems import Conflict, Fault, Invalid, NotFound
from loket.kernel.values import uuid7
from loket.ledger import events
from loket.ledger.database import (
    ExclusionViolation,
    ForeignKeyViolation,
    UniqueViolation,
    atomic,
    fetch,
    one,
)
from loket.ledger.events import BASE, Context, Happening

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

HOUSE = BASE[:-1]
"""The base under which the house itself writes addresses."""


@dataclass
class Change:
    """A write on its way: who, what, and the record before and after."""

    resource: Resource
    actor: Actor
    verb: str
    call: Call
    record: Any = None
    before: Any = None
    given: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)

    def fault(self, name: str, code: str, reason: str) -> None:
        """Note a fault found by a rule that has more to say than yes or no."""
        self.faults.append(Fault(name, code, reason))

    def may(self, *scopes: str) -> bool:
        """Tell whether the actor has one of `scopes` for the type at hand."""
        main, record = self.resource.main(self.record)
        if self.actor.everything or not main.authorised_by:
            return self.actor.allows(scopes)
        kind = getattr(record, f"{main.authorised_by}_id")
        granted = self.actor.granted(main.register.component, scopes)
        return any(grant.type == kind for grant in granted)


@dataclass(frozen=True)
class Written:
    """A record that was written, and its representation as JSON with the house's own base."""

    record: Any
    representation: str

    def shown(self, base: str) -> bytes:
        """Return the JSON with the addresses as the client knows them."""
        return self.representation.replace(f'"{BASE}', f'"{base}/').encode()


def create(resource: Resource, actor: Actor, body: Any, call: Call, **keys: UUID) -> Written:
    """Make a record; raises Forbidden, Invalid, NotFound (the parent in the path)."""
    demand_scope(actor, resource.scopes_for("create"))
    with atomic(), _explained(resource):
        demand_fresh(actor)
        change = Change(resource, actor, "create", call)
        intake = Intake(call.base)
        taken = take(resource, body, intake, None, partial=False)
        if keys:
            taken.values |= {resource.path_keys[0]: _parent(resource, keys)}
        _stop(intake.faults)
        change.record = resource.record(**_without_many(resource, taken))
        change.given = frozenset(taken.given)
        if resource.parent:
            change.record.regime = getattr(change.record, resource.parent).regime
        _ask(change)
        _number(change, taken)
        insert(change.record)
        replace_references(change.record, taken.values)
        return _done(change, 201)


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
    demand_scope(actor, scopes or resource.scopes_for(verb))
    with atomic(), _explained(resource):
        demand_fresh(actor)
        change = Change(resource, actor, verb, call)
        change.before = held(resource, key, actor, **(keys or {}))
        demand_type(resource, change.before, actor, scopes or resource.scopes_for(verb))
        intake = Intake(call.base)
        taken = take(resource, body, intake, change.before, partial=partial)
        _stop(intake.faults)
        return _changed(change, taken)


def _changed(change: Change, taken: Taken) -> Written:
    change.record = _copy(change.before)
    for name, value in _without_many(change.resource, taken).items():
        setattr(change.record, name, value)
    change.given = frozenset(taken.given)
    _ask(change)
    _number(change, taken)
    update(change.before, change.record)
    replace_references(change.record, taken.values)
    return _done(change, 200)


def adjust(resource: Resource, record: Any, change: Change, **values: Any) -> None:
    """Let a reaction set fields of a record, with an event of its own."""
    before = _copy(record)
    for name, value in values.items():
        setattr(record, name, value)
    if update(before, record):
        own = Change(resource, change.actor, "partial_update", change.call, record, before)
        _done(own, 200)


def destroy(resource: Resource, actor: Actor, key: UUID, call: Call, **keys: UUID) -> None:
    """Remove a record with all that belongs to it; Conflict when something else needs it."""
    demand_scope(actor, resource.scopes_for("destroy"))
    with atomic(), _explained(resource):
        demand_fresh(actor)
        change = Change(resource, actor, "destroy", call)
        change.before = change.record = held(resource, key, actor, **keys)
        demand_type(resource, change.record, actor, resource.scopes_for("destroy"))
        _stop(_broken(change))
        _record(change, 204, "SELECT NULL::json AS nieuw")
        try:
            change.record.delete()
        except ProtectedError as problem:
            names = sorted({type(each).__name__ for each in problem.protected_objects})
            raise Conflict(f"Er verwijst nog iets naar: {', '.join(names)}.") from None
        for reaction in resource.reactions:
            reaction(change.record, change)


def demand_fresh(actor: Actor) -> None:
    """Refuse rights that were read before the authorisations last changed."""
    if actor.stand is not None and one("SELECT stand FROM grammar_stand")[0] != actor.stand:
        raise StaleRights


def held(resource: Resource, key: UUID, actor: Actor, **keys: UUID) -> Any:
    """Return a record, held against other writers, its main record first."""
    found = fetch(resource.record, key)
    if found is None or any(getattr(found, f"{name}_id") != under for name, under in keys.items()):
        raise NotFound
    if mode_of(actor) == "burger":
        raise NotFound
    if resource.parent:
        main, record = resource.main(found)
        fetch(main.record, record.pk, lock=True)
    locked = fetch(resource.record, key, lock=True)
    if locked is None:
        raise NotFound
    return locked


def _parent(resource: Resource, keys: dict[str, UUID]) -> Any:
    parent = parent_of(resource, keys)
    if parent is None:
        raise NotFound
    return parent


def _stop(faults: list[Fault]) -> None:
    if faults:
        raise Invalid(faults)


def _ask(change: Change) -> None:
    """Fill in what was left out, check the type's rights, and ask every rule."""
    for derive in change.resource.derive:
        derive(change.record, change)
    _stop(change.faults)
    demand_type(
        change.resource, change.record, change.actor, change.resource.scopes_for(change.verb)
    )
    _stop(_broken(change))


def _broken(change: Change) -> list[Fault]:
    verb = "update" if change.verb == "partial_update" else change.verb
    for rule in change.resource.rules:
        if verb in rule.verbs:
            change.faults.extend(rule.faults(change.record, change))
    if verb != "destroy":
        for check in change.resource.checks:
            change.faults.extend(check(change.record, change))
    return change.faults


def _without_many(resource: Resource, taken: Taken) -> dict[str, Any]:
    many = {
        each.name
        for each in resource.record._meta.get_fields()
        if isinstance(each, ManyToManyField)
    }
    return {name: value for name, value in taken.values.items() if name not in many}


def _number(change: Change, taken: Taken) -> None:
    """Put each BSN apart and leave its pseudonym in the record."""
    for name, number in taken.numbers.items():
        word = change.resource.record.words[name]
        if not isinstance(word, Variant) or not word.numbers:
            continue
        if number:
            actor, call = change.actor, change.call
            row = one(
                "SELECT bsn.leg_vast(%s::text, %s::uuid, %s::text, %s::text)",
                (number, uuid7(), actor.purpose, call.trace),
            )
            setattr(change.record, word.pseudonym, row[0])
        elif change.actor.purpose or change.before is None or not _has_place(change.record, word):
            setattr(change.record, word.pseudonym, None)


def _has_place(record: Any, word: Variant) -> bool:
    """Tell whether the form of a variant, as it now stands, has a place for a BSN."""
    return getattr(record, word.name) is not None and getattr(record, word.on) in word.numbers


def _done(change: Change, status: int) -> Written:
    for reaction in change.resource.reactions:
        reaction(change.record, change)
    _stop(change.faults)
    representation = _record(change, status, representation_sql(change.resource))
    return Written(change.record, representation or "")


def _record(change: Change, status: int, representation: str) -> str | None:
    resource, record = change.resource, change.record
    main, main_record = resource.main(record)
    happening = Happening(
        register=resource.register.name,
        resource=resource.name,
        key=record.pk,
        url=resource.address(record, HOUSE),
        main_resource=main.name,
        main_key=main_record.pk,
        main_url=main.address(main_record, HOUSE),
        actie=change.verb,
        status=status,
        label=str(record),
        kenmerken=_kenmerken(main, main_record),
        regime=main_record.regime,
    )
    params = {
        "key": record.pk,
        "base": HOUSE,
        "dag": today(),
        "doel": None,
        "trace": change.call.trace,
        "regimes": [record.regime],
        "burger": None,
    }
    context = Context(change.call.toelichting, change.call.trace)
    return events.record(_event_sql(representation), change.actor, happening, context, params)


@lru_cache(maxsize=512)
def _event_sql(representation: str) -> str:
    return events.statement(representation)


def _kenmerken(main: Resource, record: Any) -> dict[str, str]:
    made = {}
    for path in main.kenmerken:
        owner: Any = record
        *steps, last = path.split(".")
        for step in steps:
            owner = getattr(owner, step)
        made[path] = _kenmerk(owner, last)
    return made


def _kenmerk(owner: Any, name: str) -> str:
    word = owner.words[name]
    if isinstance(word, Ref):
        target = resource_of(type(owner)._meta.get_field(name).related_model)
        return f"{HOUSE}{target.root}/{target.path}/{getattr(owner, f'{name}_id')}"
    value = getattr(owner, name)
    return str(word.of.values[value]) if isinstance(word, Level) else str(value)


def _copy(record: Any) -> Any:
    fields = record._meta.concrete_fields
    names = [each.attname for each in fields]
    copied = type(record).from_db(record._state.db, names, [getattr(record, n) for n in names])
    copied._state.fields_cache = dict(record._state.fields_cache)
    return copied


class _explained:  # noqa: N801 - reads as a word in a with statement
    """Turns a refusal by the database into the fault that the declaration names."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, problem: object, trace: object) -> None:
        del kind, trace
        taken = UniqueViolation | ExclusionViolation
        cause = problem if isinstance(problem, taken) else getattr(problem, "__cause__", None)
        if isinstance(cause, taken):
            name = cause.diag.constraint_name or ""
            on, code = self.resource.unique.get(name, ("nonFieldErrors", "unique"))
            raise Invalid([Fault(on, code, "Deze waarde of combinatie bestaat al.")]) from None
        if isinstance(cause, ForeignKeyViolation):
            raise Conflict("Iets waarnaar verwezen wordt, bestaat niet meer.") from None
