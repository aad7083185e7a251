"""Another door to some of a resource's records: those whose words have fixed values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.kernel.problems import Fault, Invalid, NotFound
from loket.ledger.database import one

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.resource import Resource


def condition(resource: Resource, row: str) -> str:
    """Return the condition that holds for what is behind this door; nothing where all is."""
    return "".join(f""" AND {row}."{name}" = '{value}'""" for name, value in resource.fixed.items())


def home(resource: Resource, body: Any, key: UUID | None = None) -> tuple[Resource, Any]:
    """Return the resource through which is written, and the body with what is fixed.

    NotFound for a record that is not behind this door; Invalid where a client says what is fixed.
    """
    if resource.facet_of is None:
        return resource, body
    if key is not None:
        _demand(resource, key)
    own = {resource.record.words[name].wire: value for name, value in resource.fixed.items()}
    if not isinstance(body, dict):
        return resource.facet_of, body
    said = [Fault(wire, "invalid", "Dit staat hier vast.") for wire in own if wire in body]
    if said:
        raise Invalid(said)
    return resource.facet_of, {**body, **own}


def _demand(resource: Resource, key: UUID) -> None:
    sql = f'SELECT 1 FROM "{resource.table}" f WHERE f.id = %s{condition(resource, "f")}'
    if one(sql, (key,)) is None:
        raise NotFound
