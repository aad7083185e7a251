"""A moment is found in the ledger by halving, whatever positions are missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from loket.ledger import positions
from loket.ledger.database import one, rows

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant

FIRST = datetime(2990, 1, 1, tzinfo=UTC)
"""Far from what is in the ledger already."""

NUMBER, GAP = 9, 7
NAMES = "register, resource, url, main_resource, main_url, actie, status, label, actor_kind, "
NAMES += "actor_id, actor_label, user_id, user_label, toelichting, kenmerken, regime, trace"


@pytest.fixture
def spread(gemeente: Tenant) -> list[int]:
    """Events of some days, one every other day, with holes between their positions."""
    del gemeente
    last = one("SELECT max(position) FROM ledger_event")[0]
    made = [last + GAP * (nr + 1) for nr in range(NUMBER)]
    for nr, position in enumerate(made):
        keys, moment = (uuid4(), uuid4(), uuid4()), FIRST + timedelta(days=2 * nr)
        one(f"INSERT INTO ledger_event (position, id, key, main_key, moment, {NAMES}) "  # noqa: S608 - our own names
            f"SELECT %s, %s, %s, %s, %s, {NAMES} FROM ledger_event WHERE position = %s",
            (position, *keys, moment, last))  # fmt: skip
    return made


def found(sql: str, moment: datetime) -> int:
    return int(one(f"SELECT {sql}", {"moment": moment})[0])


def test_nothing_of_a_period_lies_outside_the_positions_that_are_found(spread: list[int]) -> None:
    since, until = positions.since_sql("%(moment)s"), positions.until_sql("%(moment)s")
    for nr, position in enumerate(spread):
        moment = FIRST + timedelta(days=2 * nr)
        before = spread[nr - 1] if nr else 0
        after = spread[nr + 1] if nr + 1 < NUMBER else spread[-1] + 1
        assert before < found(since, moment) <= position, nr
        assert position < found(until, moment) <= after, nr


def test_before_the_first_and_after_the_last_there_is_an_answer_too(spread: list[int]) -> None:
    since, until = positions.since_sql("%(moment)s"), positions.until_sql("%(moment)s")
    (first,) = rows("SELECT min(position) FROM ledger_event")[0]
    assert found(since, datetime(1900, 1, 1, tzinfo=UTC)) <= first
    assert found(until, datetime(1900, 1, 1, tzinfo=UTC)) <= first
    assert found(since, datetime(9000, 1, 1, tzinfo=UTC)) == spread[-1] + 1
    assert found(until, datetime(9000, 1, 1, tzinfo=UTC)) == spread[-1] + 1
