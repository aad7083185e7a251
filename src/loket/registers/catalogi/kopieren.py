"""Copying a type, with all its parts: as another type, or as the next version of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.links import Named, Ref
from loket.grammar.record import written
from loket.grammar.words import Level
from loket.kernel.problems import Fault, Invalid, NotFound
from loket.ledger.database import atomic, fetch
from loket.registers.catalogi.keuzelijsten import look_up_first
from loket.registers.catalogi.resultaattype import resultaattypen
from loket.registers.catalogi.soorten import DELEN, name_of, parts_of
from loket.registers.catalogi.zaaktype import zaaktypen

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from loket.grammar.resource import Call, Resource
    from loket.grammar.words import Word
    from loket.kernel.actor import Actor

_OF_THE_VERSION = ("beginGeldigheid", "eindeGeldigheid", "versiedatum")


def body_of(resource: Resource, record: Any) -> dict[str, Any]:
    """Return the body with which a client would make a record that says the same."""
    body = {}
    for word in written(resource.record):
        value = _raw(word, record)
        if value is None and not word.nullable:
            continue
        if value == "" and word.optional:
            continue
        body[word.wire] = value
    return body


def _raw(word: Word, record: Any) -> Any:
    if isinstance(word, Ref):
        return getattr(record, f"{word.name}_id")
    value = getattr(record, word.name)
    if isinstance(word, Named):
        return value
    if isinstance(word, Level):
        return None if value is None else word.of.values[value]
    return word.plain(value)


def new_version(resource: Resource, actor: Actor, key: UUID, begin: date, call: Call) -> Any:
    """Make the next version of a type, as a concept that is valid from a day on."""
    return _copied(resource, actor, key, call, {"beginGeldigheid": begin.isoformat()})


def copy(resource: Resource, actor: Actor, key: UUID, call: Call, **changed: Any) -> Any:
    """Make another type that says the same but for what is `changed` (names on the wire)."""
    return _copied(resource, actor, key, call, changed)


def _copied(
    resource: Resource, actor: Actor, key: UUID, call: Call, changed: dict[str, Any]
) -> Any:
    """Copy a type and its parts in one transaction: the whole of it, or nothing."""
    source = fetch(resource.record, key)
    if source is None:
        raise NotFound
    outcomes = parts_of(resultaattypen, source) if resource is zaaktypen else []
    look_up_first(
        [body_of(resource, source), *(body_of(resultaattypen, each) for each in outcomes)]
    )
    with atomic():
        body = body_of(resource, source)
        for name in _OF_THE_VERSION:
            body.pop(name, None)
        made = resource.create(actor, body | changed, call).record
        if resource is zaaktypen:
            _copy_parts(source, made, actor, call)
        return made


def _copy_parts(source: Any, made: Any, actor: Actor, call: Call) -> None:
    """Copy what belongs to a zaaktype; a reference to a status goes to the copy of it."""
    statuses: dict[Any, Any] = {}
    for resource in DELEN.values():
        for part in parts_of(resource, source):
            body = body_of(resource, part) | {"zaaktype": made.pk}
            if body.get("statustype"):
                body["statustype"] = statuses[body["statustype"]]
            statuses[part.pk] = _made(resource, part, actor, body, call)


def _made(resource: Resource, part: Any, actor: Actor, body: dict[str, Any], call: Call) -> Any:
    try:
        return resource.create(actor, body, call).record.pk
    except Invalid as problem:
        what = f"{resource.record._meta.verbose_name} '{name_of(part)}'"
        raise Invalid(
            [
                Fault("nonFieldErrors", fault.code, f"{what}, {fault.name}: {fault.reason}")
                for fault in problem.faults
            ]
        ) from None
