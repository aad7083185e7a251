"""Raw JSON values that a word accepts, with what a reader will see of them."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from loket.grammar.links import Ref, Refs, Url
from loket.grammar.record import written
from loket.grammar.shapes import Bsn, Free, Geometry, Group, Many, Variant
from loket.grammar.times import Day, Duration, Moment
from loket.grammar.words import Amount, Choice, Flag, Integer, Number, Text, Word
from tests.conformance.example import elf

if TYPE_CHECKING:
    from loket.grammar.resource import Resource

Pair = tuple[Any, Any]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
"""Any JSON at all, and the numbers that JSON does not have."""

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
_PLACES = st.integers(-179, 179)


def same(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Pair]:
    """Let a reader see what the writer wrote."""
    return values.map(lambda value: (value, value))


def texts(word: Text) -> st.SearchStrategy[Pair]:
    """Make texts within the limits of a word; space around it is not kept."""
    if word.check is not None:
        return same(st.integers(0, 10_000).map(elf))
    if word.format == "email":
        name = st.text(string.ascii_letters + string.digits, min_size=1, max_size=30)
        return same(name.map(lambda local: f"{local}@voorbeeld.nl"))
    if word.pattern is not None:
        return same(st.from_regex(word.pattern, fullmatch=True))
    lines = LINES.map(str.strip).map(lambda line: line[: word.max].strip())
    made = lines.filter(lambda line: bool(line) or word.optional)
    padded = made.filter(lambda line: word.max is None or len(line) + 2 <= word.max)
    return same(made) | padded.map(lambda line: (f" {line}\t", line))


def moments() -> st.SearchStrategy[Pair]:
    """Make moments in any zone, with what they are in UTC."""
    zones = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
    some = st.datetimes(datetime(1900, 1, 2), datetime(2999, 12, 30), timezones=zones)  # noqa: DTZ001
    return some.map(lambda moment: (moment.isoformat(), moment.astimezone(UTC)))


def amounts() -> st.SearchStrategy[Pair]:
    """Make amounts, as text and as a number, with the two decimals that a reader sees."""
    cents = st.integers(-(10**11), 10**11).map(lambda n: Decimal(n) / 100)
    return cents.flatmap(
        lambda amount: st.sampled_from([(str(amount), f"{amount:.2f}"), (f"{amount:.2f}",) * 2])
    )


def durations() -> st.SearchStrategy[Pair]:
    """Make durations."""
    number = st.integers(0, 999)
    days = st.builds("P{}Y{}M{}D".format, number, number, number)
    return same(days | number.map("P{}W".format) | st.builds("PT{}H{}M".format, number, number))


def geometries() -> st.SearchStrategy[Pair]:
    """Make geometries within the range of degrees."""
    position = st.tuples(_PLACES, st.integers(-89, 89)).map(list)
    line = st.lists(position, min_size=2, max_size=5, unique_by=tuple)
    point = st.builds(lambda at: {"type": "Point", "coordinates": at}, position)
    path = st.builds(lambda at: {"type": "LineString", "coordinates": at}, line)
    area = st.builds(_box, _PLACES, st.integers(-89, 88))
    kinds = point | path | area
    several = st.lists(kinds, min_size=1, max_size=3)
    return same(
        kinds | several.map(lambda all_: {"type": "GeometryCollection", "geometries": all_})
    )


def _box(west: int, south: int) -> dict[str, Any]:
    east, north = west + 1, south + 1
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def groups(group: Group) -> st.SearchStrategy[Pair]:
    """Make groups; what is left out comes back as its empty form."""
    made = {word.wire: values(word) | _absent(word) for word in group.words.values()}
    return st.fixed_dictionaries(made).map(_split)


def _absent(word: Word) -> st.SearchStrategy[Pair]:
    return st.just((..., word.plain(word.empty()))) if word.optional else st.nothing()


def _split(pairs: dict[str, Pair]) -> Pair:
    raw = {wire: given for wire, (given, _) in pairs.items() if given is not ...}
    return raw, {wire: shown for wire, (_, shown) in pairs.items()}


def values(word: Word) -> st.SearchStrategy[Pair]:
    """Make pairs of what a client writes for a word, and what a reader sees."""
    made = _values(word)
    blank: Any = getattr(word, "blank_form", None)
    return made | st.just((None, blank)) if word.nullable else made


def _values(word: Word) -> st.SearchStrategy[Pair]:
    if isinstance(word, Group):
        return groups(word)
    if isinstance(word, Many):
        several = st.lists(values(word.of), min_size=word.least, max_size=4)
        return several.map(lambda pairs: ([raw for raw, _ in pairs], [seen for _, seen in pairs]))
    if isinstance(word, Choice):
        return same(st.sampled_from(word.of.values + ([""] if word.may_be_blank else [])))
    if isinstance(word, Integer):
        return same(st.integers(word.min, word.max))
    if isinstance(word, Url):
        return same(st.integers(0, 999).map("https://voorbeeld.nl/{}?a=b#c".format))
    return texts(word) if isinstance(word, Text) else _SIMPLE[type(word)]()


_SIMPLE: dict[type[Word], Any] = {
    Amount: amounts,
    Bsn: lambda: (
        st.integers(0, 1_000).map(elf).map(lambda number: (number, "")) | same(st.just(""))
    ),
    Day: lambda: same(st.dates(date(1, 1, 1), date(9999, 12, 31)).map(str)),
    Duration: durations,
    Flag: lambda: same(st.booleans()),
    Free: lambda: same(st.dictionaries(LINES, LINES | st.integers(0, 10**6), max_size=3)),
    Geometry: geometries,
    Moment: moments,
}


def bodies(resource: Resource) -> st.SearchStrategy[dict[str, Pair]]:
    """Make bodies, without the references: per field what is written and what will be seen."""
    made: dict[str, st.SearchStrategy[Pair]] = {}
    for word in written(resource.record):
        if isinstance(word, Ref | Refs | Variant | Number):
            continue
        made[word.wire] = values(word)
        if word.optional and not isinstance(word, Group):
            made[word.wire] |= st.just((..., _shown_empty(word)))
    return st.fixed_dictionaries(made)


def _shown_empty(word: Word) -> Any:
    return word.plain(word.empty())


def matches(seen: Any, expected: Any) -> bool:
    """Tell whether a reader sees what was expected; a moment is the same in any zone."""
    if isinstance(expected, datetime):
        return datetime.fromisoformat(seen) == expected
    if isinstance(expected, dict):
        return seen.keys() == expected.keys() and all(
            matches(seen[name], value) for name, value in expected.items()
        )
    return bool(seen == expected)
