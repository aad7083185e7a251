"""What a declaration needs in the database beside its tables: counters, sequences, an index.

Run after every migration; running it again changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.register import registers
from loket.grammar.storing import sequence
from loket.grammar.words import Number
from loket.ledger.database import atomic, one

if TYPE_CHECKING:
    from loket.grammar.resource import Resource

NOBODY = "'00000000-0000-0000-0000-000000000000'::uuid"


def install() -> None:
    """Make the counters and sequences of every declared resource, in the current tenant."""
    for register in registers.values():
        for resource in register.resources:
            with atomic():
                _sequences(resource)
                if resource.single:
                    table = resource.table
                    one(f'CREATE UNIQUE INDEX IF NOT EXISTS "{table}_enig" ON "{table}" ((true))')
                if resource.counted:
                    _counter(resource)


def _sequences(resource: Resource) -> None:
    for name, word in resource.record.words.items():
        if isinstance(word, Number):
            one(f'CREATE SEQUENCE IF NOT EXISTS "{sequence(resource.record, name)}"')


def _counter(resource: Resource) -> None:
    table = resource.table
    name = f"{table}_telling"
    row = one("SELECT 1 FROM pg_trigger WHERE tgname = %s AND NOT tgisinternal", (name,))
    if row is not None:
        return
    kind = f"{resource.authorised_by}_id" if resource.authorised_by else ""
    one(
        f'CREATE TRIGGER "{name}" AFTER INSERT OR DELETE OR UPDATE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION grammar_tel('{kind}', '{resource.level}')"
    )
    recount(resource)


def recount(resource: Resource) -> None:
    """Count a table anew, for after a bulk load with its trigger off."""
    kind = f'"{resource.authorised_by}_id"' if resource.authorised_by else NOBODY
    level = f'"{resource.level}"' if resource.level else "0"
    one("DELETE FROM grammar_tally WHERE resource = %s", (resource.table,))
    one(
        "INSERT INTO grammar_tally (resource, regime, type, level, slot, n) "
        f"SELECT %s, regime, {kind}, {level}, 0, count(*) "
        f'FROM "{resource.table}" GROUP BY 2, 3, 4',
        (resource.table,),
    )
