"""What is due, as a picture: a bar for each group and a column for each year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.services.archivering.aan_de_beurt import Groep

WIDE = 1000
"""The width of the longest bar, and the height of the highest column."""
MOST_YEARS = 10


@dataclass(frozen=True)
class Balk:
    """A group as a bar: first what is on a list, then what is on none."""

    groep: Groep
    op_lijst: int
    geheel: int


@dataclass(frozen=True)
class Kolom:
    """A year as a column: what is destroyed below, what goes to an archive on top of it."""

    jaar: str
    aantal: int
    vernietigen: int
    overbrengen: int

    @property
    def boven(self) -> int:
        """Where the column begins, from above."""
        return WIDE - self.vernietigen - self.overbrengen

    @property
    def midden(self) -> int:
        """Where what is destroyed begins, from above."""
        return WIDE - self.vernietigen


def balken(groepen: Sequence[Groep]) -> list[Balk]:
    """Return a bar for each group, in proportion to the largest."""
    most = max((each.aantal for each in groepen), default=1)
    return [
        Balk(each, _part(each.op_een_lijst, most), max(_part(each.aantal, most), 10))
        for each in groepen
    ]


def kolommen(groepen: Sequence[Groep]) -> list[Kolom]:
    """Return a column for each year in which something became due; the oldest years are one."""
    weg: Counter[int] = Counter()
    over: Counter[int] = Counter()
    for groep in groepen:
        (weg if groep.wordt_vernietigd else over).update(groep.per_jaar)
    years = sorted({*weg, *over})
    spread = [] if not years else range(max(years[0], years[-1] - MOST_YEARS + 1), years[-1] + 1)
    named = {year: str(year) for year in spread}
    if years and years[0] < min(spread):
        named[min(spread)] = f"t/m {min(spread)}"
    counted = [
        (
            named[year],
            _in_year(weg, year, oldest=year == min(spread)),
            _in_year(over, year, oldest=year == min(spread)),
        )
        for year in spread
    ]
    most = max((one + other for _, one, other in counted), default=1)
    return [
        Kolom(name, one + other, _part(one, most), _part(other, most))
        for name, one, other in counted
    ]


def _in_year(counted: Counter[int], year: int, *, oldest: bool) -> int:
    return sum(n for each, n in counted.items() if each == year or (oldest and each < year))


def _part(number: int, most: int) -> int:
    return round(WIDE * number / most)
