"""What rights hide is hidden on every way round: expand, search, pages, counts, audit trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from loket.grammar import codec
from loket.grammar.audittrail import SCOPES
from loket.grammar.reading import Query, Tree, filters_of
from loket.grammar.relations import target_of
from loket.grammar.resource import Call
from loket.kernel.problems import Forbidden, NotFound
from tests.conformance.cases import each_resource, everything
from tests.conformance.test_rights import (
    BASE,
    actors,
    distinct,
    key_of,
    listed,
    may,
    sees,
    types_of,
    under_of,
    world,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from loket.grammar.resource import Command, Resource
    from loket.kernel.actor import Actor
    from tests.conformance.example import Examples

SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def _trail(resource: Resource) -> Command | None:
    path = f"{resource.path}/{{uuid}}/audittrail"
    return next((each for each in resource.register.commands if each.path == path), None)


@each_resource("list", "retrieve", where=lambda resource: resource.relations)
def test_expand_hides_at_every_depth(resource: Resource, examples: Examples) -> None:
    made = world(resource, examples)
    under = [under_of(resource, record) for record in made]
    tree = _deep(resource)

    @FEW
    @given(actors(resource, types_of(resource, made)))
    def holds(actor: Actor) -> None:
        for keys in distinct(under):
            for row in listed(resource, actor, keys, expand=tree):
                assert all(sees(target, actor, key) for target, key in _embedded(resource, row))

    holds()


def _deep(resource: Resource) -> Tree:
    """Return what to expand: every relation, and every relation of those."""
    return tuple(
        (wire, tuple((below, ()) for below in sorted(target_of(resource, word).relations)))
        for wire, word in sorted(resource.relations.items())
    )


def _embedded(resource: Resource, row: dict[str, Any]) -> Iterator[tuple[Resource, UUID]]:
    for wire, found in row.get("_expand", {}).items():
        target = target_of(resource, resource.relations[wire])
        for each in found if isinstance(found, list) else [found] if found else []:
            yield target, key_of(each)
            yield from _embedded(target, each)


@each_resource("list", "retrieve", where=lambda resource: resource.paged)
def test_pages_and_their_count_show_no_more_than_the_list(
    resource: Resource, examples: Examples
) -> None:
    made = world(resource, examples)
    under = [under_of(resource, record) for record in made]

    @SOME
    @given(actors(resource, types_of(resource, made)))
    def holds(actor: Actor) -> None:
        for keys in distinct(under):
            shown = [key_of(row) for row in listed(resource, actor, keys)]
            walked: list[UUID] = []
            for nr in range(1, len(shown) // 2 + 2):
                query = Query(BASE, size=2, page=nr, path_keys=tuple(keys.items()))
                try:
                    page = resource.list(actor, query)
                except NotFound:
                    break
                assert page.count == len(shown)
                walked += [key_of(row) for row in codec.decode(page.results)]
            assert walked == shown

    holds()


def _by_type(resource: Resource) -> Any:
    filters = filters_of(resource).values()
    word = resource.record.words.get(resource.authorised_by)
    return next((each for each in filters if word and each.name == word.wire), None)


@each_resource("list", "retrieve", where=_by_type)
def test_a_count_by_type_is_of_what_is_shown(resource: Resource, examples: Examples) -> None:
    made = world(resource, examples)
    types = types_of(resource, made)

    @SOME
    @given(actors(resource, types))
    def holds(actor: Actor) -> None:
        found = []
        for each in types:
            asked = ((_by_type(resource), each),)
            found += [key_of(row) for row in listed(resource, actor, {}, filters=asked)]
        assert sorted(found) == sorted(key_of(row) for row in listed(resource, actor, {}))

    holds()


@pytest.mark.rule("zgw-audittrail")
@each_resource("list", "retrieve", where=_trail)
def test_the_audit_trail_is_only_of_what_may_be_seen(
    resource: Resource, examples: Examples
) -> None:
    made = world(resource, examples)
    trail = _trail(resource)
    assert trail is not None

    @SOME
    @given(actors(resource, types_of(resource, made), SCOPES))
    def holds(actor: Actor) -> None:
        for record in made:
            call = Call(base=BASE, key=record.pk)
            try:
                shown = codec.decode(trail.run(actor, call))
            except (Forbidden, NotFound):
                assert not may(resource, actor, record, set(SCOPES))
                continue
            assert may(resource, actor, record, set(SCOPES))
            assert {each["hoofdObject"] for each in shown} == {resource.address(record, BASE)}

    holds()


def test_searching_shows_what_the_list_shows(examples: Examples) -> None:
    zaken = next(each for each in everything() if each.path == "zaken")
    zoek = next(each for each in zaken.register.commands if each.path == "zaken/_zoek")
    made = world(zaken, examples)

    @SOME
    @given(actors(zaken, types_of(zaken, made)))
    def holds(actor: Actor) -> None:
        found = codec.decode(zoek.run(actor, Call(base=BASE, body={})))
        assert found["count"] == len(found["results"])
        assert found["results"] == listed(zaken, actor, {})

    holds()
