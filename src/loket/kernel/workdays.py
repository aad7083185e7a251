"""Working days: no weekend, and no day that the Algemene termijnenwet excepts."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5
_FIXED = ((1, 1), (5, 5), (12, 25), (12, 26))
_AROUND_EASTER = (-2, 1, 39, 50)
"""Goede Vrijdag, tweede paasdag, Hemelvaartsdag and tweede pinksterdag, in days after Easter."""


def easter(year: int) -> date:
    """Return Easter Sunday of a year, by Gauss's rule as Lichtenberg has it."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    golden = year % 19
    seed = (19 * golden + moon) % 30
    shift = seed // 29 + (seed // 28 - seed // 29) * (golden // 11)
    full = 21 + seed - shift
    first = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + timedelta(days=full + 7 - (full - first) % 7 - 1)


@lru_cache(maxsize=32)
def holidays(year: int) -> frozenset[date]:
    """Return the days that are no working days (Algemene termijnenwet, art. 3, lid 1 and 2)."""
    fixed = {date(year, month, day) for month, day in _FIXED}
    moving = {easter(year) + timedelta(days=days) for days in _AROUND_EASTER}
    king = date(year, 4, 27)
    return frozenset(fixed | moving | {king - timedelta(days=king.weekday() == SATURDAY + 1)})


def is_workday(day: date) -> bool:
    """Tell whether people work on a day."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def workdays_after(day: date, number: int) -> date:
    """Return the day so many working days after a day; with none, the first from that day."""
    while number or not is_workday(day):
        day += timedelta(days=1)
        number -= bool(number and is_workday(day))
    return day
