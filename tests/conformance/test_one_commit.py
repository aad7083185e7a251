"""A command that opens several doors leaves all or nothing, wherever it is cut off."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from loket.grammar.register import registers
from loket.kernel import tenant
from loket.ledger import database
from loket.ledger.database import rows
from tests.conformance.compound import COMPOUND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.resource import Command
    from tests.conformance.example import Examples
    from tests.conftest import Api

COMMANDS = {
    f"{register.name}/{command.path}": command
    for register in registers.values()
    for command in register.commands
}
each_command = pytest.mark.parametrize("name", COMPOUND)


class Cut(Exception):
    """The database went away."""


@contextmanager
def cut(monkeypatch: pytest.MonkeyPatch, at: int) -> Iterator[list[str]]:
    """Let every statement of the block be noted, and the one numbered `at` fail."""
    noted: list[str] = []

    def note(sql: str, *_: Any) -> None:
        noted.append(sql)
        if len(noted) == at:
            raise Cut

    def wrapped(execute: Any, sql: str, *rest: Any) -> Any:
        if "SAVEPOINT" not in sql:  # the end of the block itself
            note(sql)
        return execute(sql, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(database, "_note", note)
        with connections[tenant.current().alias].execute_wrapper(wrapped):
            yield noted


def everything_kept() -> list[Any]:
    """Return, for every table of the municipality, what it holds as one value."""
    tables = rows(
        "SELECT schemaname, tablename FROM pg_tables "
        "WHERE schemaname IN ('public', 'bsn') ORDER BY 1, 2"
    )
    parts = (
        f"SELECT '{table}', md5(string_agg(t::text, '|' ORDER BY t::text)) "  # noqa: S608 - our own tables
        f'FROM "{schema}"."{table}" t'
        for schema, table in tables
    )
    return rows(" UNION ALL ".join(parts) + " ORDER BY 1")


def _path(command: Command, asked: str) -> str:
    return f"{command.register.root}/{asked}"


@each_command
def test_cut_off_anywhere_a_command_leaves_nothing(
    name: str, api: Api, examples: Examples, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = COMMANDS[name]
    path, body = COMPOUND[name](examples)
    api.get(f"{command.register.root}/{command.of.path if command.of else 'openapi.json'}")
    before = everything_kept()
    cuts: list[tuple[int, str, int, bool]] = []
    while True:
        with cut(monkeypatch, len(cuts) + 1) as noted:
            answer = api.post(_path(command, path), json=body)
        if len(noted) <= len(cuts):
            break
        same = everything_kept() == before
        cuts.append((_told(noted[:-1]), noted[-1], answer.status_code, same))
    assert answer.status_code == command.success, answer.text
    assert everything_kept() != before
    # what was cut after the last event is reading the answer, when all is written
    broken = [each for each in cuts if each[0] < _told(noted)]
    assert len(broken) > len(body), "nothing was cut"
    assert all(status == 500 and same for _, _, status, same in broken), broken


def _told(noted: list[str]) -> int:
    """Return how often the ledger was told something."""
    return sum("INSERT INTO ledger_event" in sql for sql in noted)


def test_every_compound_command_is_one_that_is_served() -> None:
    assert set(COMPOUND) <= set(COMMANDS)
