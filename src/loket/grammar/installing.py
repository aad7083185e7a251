"""What a declaration needs in the database beside its tables: counters, sequences, an index.

Run after every migration; running it again changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.counting import counted_by
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
    """Make the triggers behind a counter, or make them anew when they count otherwise."""
    table, main = resource.table, counted_by(resource)
    if main is None:
        kind = f"{resource.authorised_by}_id" if resource.authorised_by else ""
        counts = f"grammar_tel('{kind}', '{resource.level}')"
    else:
        kind, level = f"{main.authorised_by}_id", main.level
        shown = f'"{level}"' if level else "0"
        counts = (
            f"grammar_tel_onder('{main.table}', '{resource.parent}_id', '\"{kind}\"', '{shown}')"
        )
        moves = f"grammar_tel_om('{table}', '{resource.parent}_id', '{kind}', '{level}')"
        _trigger(main.table, f"{table}_om", "UPDATE", moves)
    if _trigger(table, f"{table}_telling", "INSERT OR DELETE OR UPDATE", counts):
        recount(resource)


def _trigger(table: str, name: str, events: str, call: str) -> bool:
    """Make a trigger unless it is there as it should be; tell whether it was made."""
    row = one(
        "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t "
        "WHERE t.tgname = %s AND t.tgrelid = %s::text::regclass AND NOT t.tgisinternal",
        (name, table),
    )
    if row is not None and row[0].endswith(f"EXECUTE FUNCTION {call}"):
        return False
    one(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
    one(f'CREATE TRIGGER "{name}" AFTER {events} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {call}')
    return True


def recount(resource: Resource) -> None:
    """Count a table anew, for after a bulk load with its trigger off."""
    main = counted_by(resource)
    one("DELETE FROM grammar_tally WHERE resource = %s", (resource.table,))
    source, regime, kinds = f'"{resource.table}" t', "t.regime", "t"
    if main is not None:
        source += f' JOIN "{main.table}" h ON h.id = t."{resource.parent}_id"'
        regime, kinds = "grammar_regimes(t.regime, h.regime)", "h"
    by = main or resource
    kind = f'{kinds}."{by.authorised_by}_id"' if by.authorised_by else NOBODY
    level = f'{kinds}."{by.level}"' if by.level else "0"
    one(
        "INSERT INTO grammar_tally (resource, regime, type, level, slot, n) "
        f"SELECT %s, {regime}, {kind}, {level}, 0, count(*) FROM {source} GROUP BY 2, 3, 4",
        (resource.table,),
    )
