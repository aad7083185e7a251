"""Records that are written along with the one they refer to: as links, or as a whole."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from loket.grammar import deed
from loket.kernel.problems import Fault, Invalid
from loket.ledger import events
from loket.ledger.database import broken, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from uuid import UUID

    from loket.grammar.links import Back
    from loket.grammar.resource import Resource
    from loket.grammar.writing import Change, Written


def as_one(resource: Resource, write: Callable[[], Written]) -> Written:
    """Do a write with what goes along with it as one deed, told when all of it is there."""
    if not resource.composed or deed.current() is not None:
        return write()
    with whole(), deed.doing() as doing:
        written = write()
        shown = events.record_all(doing.entries)
        return replace(written, representation=shown[written.record.pk])


def compose(change: Change, values: Mapping[str, Any], adjust: Callable[..., None]) -> None:
    """Write what goes along with a record that stands; faults are told under its field."""
    for word in change.resource.composed:
        if word.name not in values:
            continue
        if word.kept == "links":
            _link(change, word, values[word.name], adjust)
        else:
            _Whole(change, word).write(values[word.name])


def _there(change: Change, word: Back) -> dict[UUID, Any]:
    """Return the records that refer to this one, by key."""
    if change.before is None:
        return {}
    model: Any = word.target(type(change.record)).record
    source = word.source(type(change.record))
    return {each.pk: each for each in model.objects.filter(**{f"{source}_id": change.record.pk})}


def _link(change: Change, word: Back, given: list[Any], adjust: Callable[..., None]) -> None:
    target, source = word.target(type(change.record)), word.source(type(change.record))
    there = _there(change, word)
    for each in given:
        if each.pk not in there:
            adjust(target, each, change, **{source: change.record})
    for key in there.keys() - {each.pk for each in given}:
        adjust(target, there[key], change, **{source: None})


class _Whole:
    """The records that one field writes as a whole."""

    def __init__(self, change: Change, word: Back) -> None:
        self.change = change
        self.word = word
        model = type(change.record)
        self.target = word.target(model)
        self.source = self.target.record.words[word.source(model)]
        self.there = _there(change, word)
        self.seen: set[UUID] = set()

    def write(self, bodies: list[dict[str, Any]]) -> None:
        """Change those that are there, make the new, and let the others go."""
        actor, call = self.change.actor, self.change.call
        keys = [self._key(nr, body) for nr, body in enumerate(bodies)]
        if self.change.faults:
            return
        for key in self.there.keys() - self.seen:
            self.target.destroy(actor, key, call)
        for nr, (own_key, body) in enumerate(zip(keys, bodies, strict=True)):
            own = {name: value for name, value in body.items() if name not in ("uuid", "url")}
            own[self.source.wire] = {"uuid": str(self.change.record.pk)}
            with self._told(nr):
                if own_key is None:
                    self.target.create(actor, own, call)
                else:
                    self.target.replace(actor, own_key, own, call)

    def _key(self, nr: int, body: dict[str, Any]) -> UUID | None:
        """Return which of the records a body is of, None for a new one; note what is amiss."""
        path = f"{self.word.wire}.{nr}"
        given = body.get(self.source.wire)
        own = {"uuid": str(self.change.record.pk)}
        named = {"uuid": given.get("uuid")} if isinstance(given, dict) else given
        if named not in (None, own):
            reason = "Dit veld blijft hier leeg: het is het object waar dit in staat."
            self.change.fault(f"{path}.{self.source.wire}", "invalid", reason)
        if body.get("uuid") is None:
            return None
        key = next((each for each in self.there if str(each) == body["uuid"]), None)
        if key is None:
            self.change.fault(f"{path}.uuid", "does_not_exist", "Hier bestaat dit object niet.")
        elif key in self.seen:
            self.change.fault(f"{path}.uuid", "duplicated", "Deze uuid staat er al bij.")
        else:
            self.seen.add(key)
        return key

    @contextmanager
    def _told(self, nr: int) -> Iterator[None]:
        """Tell faults of one of the records under its number, and go on with the next."""
        path = f"{self.word.wire}.{nr}"
        try:
            yield
        except Invalid as problem:
            self.change.faults += [
                Fault(f"{path}.{fault.name}", fault.code, fault.reason) for fault in problem.faults
            ]
            if broken():
                raise Invalid(self.change.faults) from None
