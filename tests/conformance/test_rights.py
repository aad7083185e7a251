"""Rights are one clause: what a list shows is exactly what details show, for anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.grammar import codec
from loket.grammar.authorisation import TYPED
from loket.grammar.reading import Query
from loket.grammar.register import registers
from loket.kernel.actor import Actor, Grant, Kind, Regime
from loket.kernel.problems import Forbidden, NotFound
from loket.ledger.database import one
from tests.conformance.cases import each_resource, everything
from tests.conformance.example import Examples, asking_all

if TYPE_CHECKING:
    from loket.grammar.resource import Resource

BASE = "http://127.0.0.1:8700"


def world(resource: Resource, examples: Examples) -> list[Any]:
    """Make records of two types, at several levels of confidentiality, under both regimes."""
    made = []
    for filler in (examples, Examples(examples.actor, examples.base)):
        for level in (0, -1):
            main = _raised(resource, filler, level)
            made.append(filler.make(resource) if main is None else main)
    return made


def _raised(resource: Resource, filler: Examples, level: int) -> Any:
    """Make a record, its main record at a level; a second one below it when it is a part."""
    record = filler.make(resource)
    main, main_record = resource.main(record)
    if main.level:
        word: Any = main.record.words[main.level]
        rank = level % len(word.of.values)
        type(main_record).objects.filter(pk=main_record.pk).update(**{main.level: rank})
    return record


def actors(types: list[UUID]) -> st.SearchStrategy[Actor]:
    """Make any kind of actor: citizens, applications with few rights, many or all."""
    components = sorted({each.component for each in registers.values()})
    scopes = sorted({s for each in registers.values() for some in each.scopes.values() for s in some})
    grant = st.builds(
        Grant,
        st.sampled_from(components),
        st.frozensets(st.sampled_from(scopes), max_size=4),
        st.sampled_from([None, uuid4(), *types]),
        st.integers(0, 7),
    )
    return st.builds(
        Actor,
        st.sampled_from([Kind.APPLICATION, Kind.APPLICATION, Kind.MEDEWERKER, Kind.BURGER]),
        st.just("iemand"),
        st.just("Iemand"),
        everything=st.sampled_from([False, False, False, True]),
        grants=st.lists(grant, max_size=5).map(tuple),
        regimes=st.sampled_from([(Regime.AVG,), (Regime.WPG,), (Regime.AVG, Regime.WPG)]),
        number=st.just(uuid4()),
    )


def readers(resource: Resource, types: list[UUID]) -> st.SearchStrategy[Actor]:
    """Make actors that may read something of a resource's register."""
    register = resource.register
    grant = st.builds(
        Grant,
        st.just(register.component),
        st.just(frozenset(register.scopes["list"])),
        st.sampled_from([*types, None]),
        st.integers(0, 7),
    )
    return st.builds(
        Actor,
        st.just(Kind.APPLICATION),
        st.just("lezer"),
        st.just("Lezer"),
        grants=st.lists(grant, min_size=1, max_size=3).map(tuple),
    )


@each_resource("list", "retrieve", where=lambda resource: not resource.path_keys)
def test_a_list_is_what_details_show(resource: Resource, examples: Examples) -> None:
    made = world(resource, examples)
    types = [getattr(main, f"{r.authorised_by}_id") for r, main in map(resource.main, made) if r.authorised_by]
    keys = [row[0] for row in _rows(f'SELECT id FROM "{resource.table}"')]

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(actors(types), readers(resource, types)))
    def holds(actor: Actor) -> None:
        listed = _listed(resource, actor)
        assert listed == {key for key in keys if _sees(resource, actor, key)}

    holds()
