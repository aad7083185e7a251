"""Every filter and every order of every list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.reading import filters_of
from tests.conformance.cases import each_resource
from tests.conformance.example import asking_all, elf
from tests.conformance.test_refusing import faults

if TYPE_CHECKING:
    from loket.grammar.filters import Filter
    from loket.grammar.resource import Resource
    from tests.conformance.example import Examples
    from tests.conftest import Api

_BY_FORMAT = {
    "date": "2020-01-15",
    "date-time": "2020-01-15T12:00:00Z",
    "uri": "https://voorbeeld.nl/1",
    "urn": "urn:nld:voorbeeld:ding:1",
    "uuid": "0190a6e2-0000-7000-8000-000000000000",
    "decimal": "12.50",
    "duration": "P1D",
}
_PECULIAR = {"kenmerk": "bron:kenmerk", "onderneming": "90001354"}
_BY_TYPE = {"boolean": "true", "integer": "1", "string": "tekst"}


def fitting(chosen: Filter) -> str:
    """Return a value that a filter takes."""
    schema = chosen.schema
    while schema["type"] == "array":
        schema = schema["items"]
    if chosen.purposeful:
        return elf(1)
    if chosen.name in _PECULIAR:
        return _PECULIAR[chosen.name]
    if "enum" in schema:
        return str(schema["enum"][0])
    return _BY_FORMAT.get(schema.get("format", ""), _BY_TYPE[schema["type"]])


def is_picky(chosen: Filter) -> bool:
    """Tell whether a filter does not take any text."""
    schema = chosen.schema.get("items", chosen.schema)
    return schema["type"] != "string" or bool({"enum", "format"} & set(schema))


def found(resource: Resource, api: Api, examples: Examples, **asked: str) -> list[dict[str, Any]]:
    """Return the records of a list."""
    response = api.get(examples.path(resource), params=asking_all(resource) | asked)
    assert response.status_code == 200, (asked, response.text)
    listed = response.json()
    rows: list[dict[str, Any]] = listed["results"] if resource.paged else listed
    return rows


@each_resource("list", where=lambda resource: resource.filters)
def test_every_filter_takes_a_value_of_its_kind(
    resource: Resource, api: Api, examples: Examples
) -> None:
    examples.make(resource)
    everything = [row["url"] for row in found(resource, api, examples)]
    for name, chosen in filters_of(resource).items():
        rows = found(resource, api, examples, **{name: fitting(chosen)})
        assert {row["url"] for row in rows} <= set(everything)


@each_resource("list", where=lambda resource: resource.filters)
def test_every_malformed_value_is_told_at_once(
    resource: Resource, api: Api, examples: Examples
) -> None:
    path, known = examples.path(resource), filters_of(resource)
    asked = {name: "¿" if is_picky(chosen) else "x\x00" for name, chosen in known.items()}
    told = {name for name, _ in faults(api.get(path, params=asked))}
    assert told == set(asked)


@each_resource("list", where=lambda resource: resource.filters)
def test_a_filter_finds_what_shows_that_value(
    resource: Resource, api: Api, examples: Examples
) -> None:
    for _ in range(3):
        examples.make(resource, examples.body(resource, full=True))
    everything = found(resource, api, examples)
    for name in set(filters_of(resource)) & set(everything[0]):
        values = {row[name] for row in everything if isinstance(row[name], str | int)} - {""}
        for value in sorted(values, key=str)[:3]:
            asked = str(value).lower() if isinstance(value, bool) else str(value)
            rows = [row["url"] for row in found(resource, api, examples, **{name: asked})]
            right = [row["url"] for row in everything if row[name] == value]
            word = resource.by_wire.get(name)
            in_words = word is not None and word.name in resource.filters
            assert rows == right if in_words else set(rows) >= set(right), name


@each_resource("list", where=lambda resource: resource.ordering)
def test_every_order_holds(resource: Resource, api: Api, examples: Examples) -> None:
    for _ in range(4):
        examples.make(resource, examples.body(resource, full=True))
    for name in resource.ordering:
        wire = resource.record.words[name].wire
        upward = [row[wire] for row in found(resource, api, examples, ordering=wire)]
        downward = [row[wire] for row in found(resource, api, examples, ordering=f"-{wire}")]
        assert len(set(map(str, upward))) == 1 or upward != downward
        assert _known(upward) == sorted(_known(upward), key=_comparable(resource, name))
        assert _known(downward) == _known(upward)[::-1]


@each_resource("list", where=lambda resource: resource.ordering)
def test_an_unknown_order_is_refused(resource: Resource, api: Api, examples: Examples) -> None:
    response = api.get(examples.path(resource), params={"ordering": "onbekend"})
    assert faults(response) == {("ordering", "invalid_choice")}


def _known(values: list[Any]) -> list[Any]:
    return [value for value in values if value is not None]


def _comparable(resource: Resource, name: str) -> Any:
    word: Any = resource.record.words[name]
    ranks = list(word.of.values) if hasattr(word, "of") else []
    return lambda value: (ranks.index(value) if value in ranks else 0, value)
