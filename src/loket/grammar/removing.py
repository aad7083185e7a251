"""Removing a record, with all that goes along with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CASCADE
from django.db.models.deletion import ProtectedError

from loket.grammar.authorisation import demand_scope, demand_type
from loket.grammar.change import Change, broken, demand_fresh, explained, held, stop, tell
from loket.grammar.links import served
from loket.kernel.problems import Conflict
from loket.ledger.database import atomic
from loket.ledger.events import forget

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor


def destroy(resource: Resource, actor: Actor, key: UUID, call: Call, **keys: UUID) -> None:
    """Remove a record with all that belongs to it; Conflict when something else needs it."""
    demand_scope(actor, resource.scopes_for("destroy"))
    with atomic(), explained(resource):
        demand_fresh(actor)
        change = Change(resource, actor, "destroy", call)
        change.before = change.record = held(resource, key, actor, **keys)
        demand_type(resource, change.record, actor, resource.scopes_for("destroy"))
        stop(broken(change))
        _remove(change)


def drop(resource: Resource, record: Any, change: Change) -> None:
    """Remove a record as the consequence of a change elsewhere, with an event of its own."""
    _remove(Change(resource, change.actor, "destroy", change.call, record, record))


def _remove(change: Change) -> None:
    """Remove a record, and first what goes with it and has something to say in going."""
    for resource, record in _going_along(change.record):
        own = Change(resource, change.actor, "destroy", change.call, record, record, cause=change)
        stop(broken(own))
        _remove(own)
    tell(change, 204, "SELECT NULL::json AS nieuw")
    key = change.record.pk
    try:
        change.record.delete()
    except ProtectedError as problem:
        names = sorted({type(each).__name__ for each in problem.protected_objects})
        raise Conflict(f"Er verwijst nog iets naar: {', '.join(names)}.") from None
    change.record.pk = key  # Django takes it away; who says farewell still needs it
    for farewell in change.resource.farewells:
        farewell(change.record, change)
    stop(change.faults)
    if change.resource.authorised_by:
        forget(key)  # the standard has the audit trail of such a record go with it


def _going_along(record: Any) -> Iterator[tuple[Resource, Any]]:
    """Yield what goes with a record and is a main record of its own, or says farewell."""
    for relation in record._meta.related_objects:
        resource = served(relation.related_model)
        if resource is None or relation.on_delete is not CASCADE:
            continue
        if resource.farewells or not resource.parent:
            model: Any = relation.related_model
            for each in model.objects.filter(**{relation.field.name: record}):
                yield resource, each
