"""Terms in working days."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.easter import easter as of_dateutil  # type: ignore[import-untyped]

from loket.kernel.workdays import easter, holidays, is_workday, workdays_after


def test_easter_is_when_another_reckoning_has_it() -> None:
    assert all(easter(year) == of_dateutil(year) for year in range(1900, 2200))


def test_the_holidays_of_a_year() -> None:
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 5),
        date(2026, 5, 14), date(2026, 5, 25), date(2026, 12, 25), date(2026, 12, 26),
    ]  # fmt: skip
    assert not is_workday(date(2025, 4, 26))  # Koningsdag, since the 27th is a Sunday


@pytest.mark.parametrize(
    ("day", "number", "then"),
    [
        (date(2026, 11, 26), 1, date(2026, 11, 27)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
        (date(2026, 4, 2), 2, date(2026, 4, 8)),
    ],
    ids=["tomorrow", "over the weekend", "from a Saturday", "over Easter"],
)
def test_working_days_are_counted(day: date, number: int, then: date) -> None:
    assert workdays_after(day, number) == then
