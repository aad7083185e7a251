"""Filters and orders of a list say in SQL what they say in Python."""

from __future__ import annotations

import random
from datetime import date, timedelta
from operator import eq, ge, gt, itemgetter, le, lt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.grammar import codec
from loket.grammar.asking import list_query
from loket.grammar.resource import Call
from tests.conformance.example import Examples
from tests.grammar.proef.proeven import proeven

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant

BASE = "http://127.0.0.1:8700"
NAMES = ["Eén proef", "een_proef", "100% proef", "PROEF", "x", "\\ en %_"]
FIRST = date(2020, 1, 1)

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "": eq,
    "gt": gt,
    "gte": ge,
    "lt": lt,
    "lte": le,
}


def asked(name: str, value: Any, row: dict[str, Any]) -> bool:
    """Tell whether a row is what a parameter asks for."""
    wire, _, operator = name.partition("__")
    shown = row[wire]
    if operator == "isnull":
        return (shown is None) is value
    if operator == "icontains":
        return str(value).lower() in shown.lower()
    if operator == "in":
        return bool(shown in value)
    if isinstance(shown, list):
        return value in shown
    if wire == "kosten":
        shown, value = shown and float(shown), float(value)
    return shown is not None and bool(_OPERATORS[operator](shown, value))


QUERIES: dict[str, st.SearchStrategy[Any]] = {
    "begindatum__gte": st.integers(-2, 12).map(lambda n: str(FIRST + timedelta(n))),
    "begindatum__lt": st.integers(-2, 12).map(lambda n: str(FIRST + timedelta(n))),
    "einddatum__isnull": st.booleans(),
    "naam__icontains": st.sampled_from(["proef", "%", "_", "\\", "PRO", "100%", "één"]),
    "aantal": st.integers(0, 6),
    "aantal__gt": st.integers(0, 6),
    "kosten__lte": st.sampled_from(["0", "2.5", "3.00", "-1", "99"]),
    "geslaagd": st.booleans(),
    "trefwoorden": st.sampled_from(["a", "b", "c d"]),
    "kleur": st.sampled_from(["rood", "blauw"]),
    "organisatie__in": st.just(["100000009", "517439943"]),
}


@pytest.fixture
def made(gemeente: Tenant, actor: Actor) -> list[dict[str, Any]]:
    """A list with some of everything."""
    del gemeente
    examples, chance = Examples(actor, BASE), random.Random(1)  # noqa: S311
    for nr in range(25):
        body = examples.body(proeven) | {
            "naam": chance.choice(NAMES),
            "begindatum": str(FIRST + timedelta(nr % 10)),
            "einddatum": chance.choice([None, "2021-01-01"]),
            "aantal": nr % 6,
            "kosten": chance.choice([None, "2.50", "3", "-4.20"]),
            "geslaagd": chance.choice([True, False]),
            "trefwoorden": chance.choice([[], ["a"], ["a", "b"], ["c d"]]),
            "kleur": chance.choice(["", "rood", "blauw"]),
        }
        proeven.create(actor, body, Call(base=BASE))
    return listed(actor, [])


def listed(actor: Actor, query: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return what a list shows for a query."""
    page = proeven.list(actor, list_query(proeven, query, BASE, actor, "", {}))
    rows: list[dict[str, Any]] = codec.decode(page.results)
    assert page.count == len(rows)
    return rows


def as_text(value: Any) -> str:
    """Write a value as a query holds it."""
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(value) if isinstance(value, list) else str(value)


def test_filters_find_what_they_ask(actor: Actor, made: list[dict[str, Any]]) -> None:
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.fixed_dictionaries({}, optional=QUERIES))
    def holds(query: dict[str, Any]) -> None:
        right = [row for row in made if all(asked(name, each, row) for name, each in query.items())]
        assert listed(actor, [(name, as_text(each)) for name, each in query.items()]) == right

    holds()


@pytest.mark.parametrize("order", ["naam", "-naam", "begindatum,-naam", "-begindatum,naam"])
def test_orders_sort(order: str, actor: Actor, made: list[dict[str, Any]]) -> None:
    rows = listed(actor, [("ordering", order)])
    names = order.split(",")
    names.append("-url" if names[-1].startswith("-") else "url")
    expected = list(made)
    for name in reversed(names):
        expected.sort(key=itemgetter(name.removeprefix("-")), reverse=name.startswith("-"))
    assert rows == expected
