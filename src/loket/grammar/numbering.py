"""What is known by its number under a parent, such as version 2 of a type, instead of by a UUID.

Its key follows from the parent's key and the number, so that an address leads to the row without
a look-up, and everything else of the grammar treats it as any other record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from loket.kernel.problems import Conflict
from loket.ledger.database import one

if TYPE_CHECKING:
    from loket.grammar.resource import Resource

MOST: Final = 32_767


def key_under(parent: UUID, number: int) -> UUID:
    """Return the key of the record with a number under a parent."""
    return uuid5(parent, str(number))


def give_number(resource: Resource, record: Any) -> None:
    """Give a new record the number after the highest under its parent, which is held; Conflict."""
    parent = resource.path_keys[0]
    above = getattr(record, f"{parent}_id")
    sql = (
        f'SELECT coalesce(max(r."{resource.numbered}"), 0) + 1 '
        f'FROM "{resource.table}" r WHERE r."{parent}_id" = %s'
    )
    number = one(sql, (above,))[0]
    if number > MOST:
        raise Conflict("Hier past geen volgende meer.")
    setattr(record, resource.numbered, number)
    record.pk = key_under(above, number)
