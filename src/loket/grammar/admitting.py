"""Admitting a record that lived elsewhere: with the key, the dates and the state that it had.

A record that is made here begins its life here, and the rules ask about the moment: is the type
published, is the zaak still open. One that comes from elsewhere has lived already. It keeps its
key, so that the addresses that others hold keep their last part, and what the house otherwise
fills in by itself, such as a registratiedatum or an einddatum, is as it was. The rules are asked
all the same, and what they say is told, but a `Leniency` decides what refuses. Nothing follows
from the act, and nobody is told: what followed has followed already, and comes along by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.authorisation import demand_scope, demand_type
from loket.grammar.change import (
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
from loket.grammar.reading import representation_sql
from loket.grammar.shapes import Group
from loket.grammar.storing import insert, replace_references, update
from loket.grammar.taking import Taken, parent_of, take
from loket.grammar.versions import keeper_of
from loket.grammar.words import MISSING, Intake, Text
from loket.grammar.writing import set_apart, without_many
from loket.kernel.problems import NotFound
from loket.ledger.database import atomic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from loket.grammar.resource import Call, Resource
    from loket.grammar.words import Word
    from loket.kernel.actor import Actor
    from loket.kernel.problems import Fault

BLANK: Final = frozenset({"blank", "required", "null"})
"""The codes of a text that is missing. Where it was left open elsewhere, it stays open here."""


@dataclass(frozen=True)
class Leniency:
    """What does not refuse a record that has a past.

    `past`: codes of the rules that speak of the moment of the act, which is over, or `field:code`
    where a code says more than that. `warned`: the
    other rules and a text left open do not refuse it either, but are told (`Written.warnings`).
    """

    past: frozenset[str] = frozenset()
    warned: bool = True

    def faults(self, change: Change, found: list[Fault]) -> list[Fault]:
        """Return the faults that refuse the record; note those that only deserve a look."""
        of_now = [
            fault
            for fault in found
            if not {fault.code, f"{fault.name.split('.')[0]}:{fault.code}"} & self.past
        ]
        if not self.warned:
            return of_now
        for fault in of_now:
            change.warn(f"{fault.name}: {fault.reason}")
        return []


def admit(
    resource: Resource,
    actor: Actor,
    key: UUID,
    body: Any,
    call: Call,
    leniency: Leniency,
    **keys: UUID,
) -> Written:
    """Make a record under the key that it had; Forbidden, Invalid, NotFound (the parent)."""
    demand_scope(actor, resource.scopes_for("create"))
    with atomic(), explained(resource):
        demand_fresh(actor)
        change = Change(resource, actor, "create", call, quiet=True)
        taken = _taken(change, body, keys, leniency)
        change.record = resource.record(id=key, **without_many(resource, taken))
        change.record.regime = resource.main(change.record)[1].regime
        _asked(change, taken, leniency)
        insert(change.record)
        replace_references(change.record, taken.values)
        return _told(change, 201)


def readmit(
    resource: Resource,
    actor: Actor,
    key: UUID,
    body: Any,
    call: Call,
    leniency: Leniency,
    **keys: UUID,
) -> Written:
    """Change a record that was admitted into what it has become since; as `admit`."""
    demand_scope(actor, resource.scopes_for("create"))
    with atomic(), explained(resource):
        demand_fresh(actor)
        change = Change(resource, actor, "partial_update", call, quiet=True)
        change.before = held(resource, key, actor, **keys)
        taken = _taken(change, body, keys, leniency)
        change.record = copy_of(change.before)
        for name, value in without_many(resource, taken).items():
            setattr(change.record, name, value)
        _asked(change, taken, leniency)
        update(change.before, change.record)
        if resource.history is not None:
            keeper_of(resource.history)(change.record, change)
        replace_references(change.record, taken.values)
        return _told(change, 200)


def history(resource: Resource) -> Iterator[Word]:
    """Yield the words that the house fills in by itself for what is made here, but keeps."""
    for word in resource.record.words.values():
        if word.computed and word.fields() and word.wire:
            yield word


def _taken(change: Change, body: Any, keys: dict[str, UUID], leniency: Leniency) -> Taken:
    """Take the body in, with what the house otherwise fills in by itself."""
    intake = Intake(change.call.base)
    taken = take(change.resource, body, intake, None, partial=False)
    if keys:
        parent = parent_of(change.resource, keys)
        if parent is None:
            raise NotFound
        taken.values |= {change.resource.path_keys[0]: parent}
    for word in history(change.resource):
        if word.wire in body:
            value = word.taken(body[word.wire], word.wire, intake)
            if value is not MISSING:
                taken.values[word.name] = value
    open_texts = [fault for fault in intake.faults if _left_open(taken, fault)]
    stop([fault for fault in intake.faults if fault not in open_texts])
    stop(leniency.faults(change, open_texts))
    change.given, change.sent = frozenset(taken.given), body
    return taken


def _left_open(taken: Taken, fault: Fault) -> bool:
    """Keep a text open that is missing; tell whether it was that."""
    first, *path = fault.name.split(".")
    word = taken.resource.by_wire.get(first)
    if fault.code not in BLANK or word is None:
        return False
    if not path:
        if isinstance(word, Text):
            taken.values[word.name] = ""
        return isinstance(word, Text)
    group = taken.values.get(word.name)
    for step in path[:-1]:
        group = group[int(step)] if isinstance(group, list) else (group or {}).get(step)
    if not isinstance(group, dict):
        return False
    group[path[-1]] = ""
    return True


def _asked(change: Change, taken: Taken, leniency: Leniency) -> None:
    """Fill in what was left out, put back what was, and ask the rules."""
    for derive in change.resource.derive:
        derive(change.record, change)
    _put_back(change, taken)
    demand_type(change.resource, change.record, change.actor, change.resource.scopes_for("create"))
    found = list(broken(change))
    change.faults.clear()
    stop(leniency.faults(change, found))
    set_apart(change, taken)


def _put_back(change: Change, taken: Taken) -> None:
    """Give a record what the house filled in for itself, as it was."""
    record = change.record
    for word in history(change.resource):
        if word.name in taken.values:
            setattr(record, word.name, taken.values[word.name])
    for name, word in change.resource.record.words.items():
        raw, group = change.sent.get(word.wire), getattr(record, name, None)
        if not isinstance(word, Group) or not isinstance(raw, dict) or group is None:
            continue
        inner = [each for each in word.words.values() if each.computed and each.wire in raw]
        setattr(record, name, {**group, **{each.wire: raw[each.wire] for each in inner}})


def _told(change: Change, status: int) -> Written:
    representation = tell(change, status, representation_sql(change.resource))
    return Written(change.record, representation or "", tuple(change.warnings))


__all__ = ["Leniency", "admit", "history", "readmit"]
