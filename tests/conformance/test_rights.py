"""Rights are one clause: what a list shows is exactly what details show, for anybody."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.grammar import audittrail, codec
from loket.grammar.reading import Query
from loket.grammar.relations import target_of
from loket.grammar.resource import Call
from loket.kernel import tenant
from loket.kernel.actor import Actor, Grant, Kind, Regime
from loket.kernel.problems import Forbidden, NotFound
from loket.ledger.database import rows
from tests.conformance.cases import each_resource, several
from tests.conformance.example import Examples, key, key_at, main_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.resource import Resource

BASE = "http://127.0.0.1:8700"
SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
LEVELS = 3


def world(resource: Resource, examples: Examples) -> list[Any]:
    """Make records of two types, at several levels, under both regimes."""
    made = []
    examples.actor = replace(examples.actor, regimes=tuple(Regime))
    for filler in (examples, Examples(examples.actor, examples.base, first=500)):
        for level in range(LEVELS):
            filler.forget(main_of(resource))
            record = filler.make(resource)
            _own(filler, *resource.main(record))
            _place(resource, record, level, Regime.WPG if level == 1 else Regime.AVG)
            made.append(record)
    return made


def _own(filler: Examples, main: Resource, record: Any) -> None:
    """Let a zaak be that of a citizen, a new one for each."""
    if key(main) == "zaken/zaken":
        rollen = filler.find("zaken/rollen")
        body = filler.body(rollen, full=True) | {"zaak": main.address(record, BASE)}
        filler.make(rollen, body)


def _place(resource: Resource, record: Any, level: int, regime: Regime) -> None:
    main, main_record = resource.main(record)
    values: dict[str, Any] = {"regime": regime.value}
    type(record).objects.filter(pk=record.pk).update(**values)
    if main.level:
        values[main.level] = level
    type(main_record).objects.filter(pk=main_record.pk).update(**values)


def actors(
    resource: Resource, types: list[UUID], more: tuple[str, ...] = ()
) -> st.SearchStrategy[Actor]:
    """Make any kind of actor: citizens, applications with few rights, many or all."""
    register = resource.register
    own = {*register.scopes["list"], *resource.scopes_for("update"), *more}
    scopes = sorted({*own, "anders.lezen"})
    grant = st.builds(
        Grant,
        st.sampled_from([register.component, register.component, "xyz"]),
        st.frozensets(st.sampled_from(scopes), min_size=1),
        st.sampled_from([None, *types]),
        st.integers(0, LEVELS - 1),
    )
    kinds = [Kind.APPLICATION, Kind.APPLICATION, Kind.MEDEWERKER, Kind.BURGER, Kind.BURGER]
    citizens = [row[0] for row in rows("SELECT id FROM bsn.nummer")]
    return st.builds(
        Actor,
        st.sampled_from(kinds),
        st.just("iemand"),
        st.just("Iemand"),
        everything=st.sampled_from([False, False, False, True]),
        grants=st.lists(grant, max_size=4).map(tuple),
        regimes=st.sampled_from([(Regime.AVG,), (Regime.WPG,), (Regime.AVG, Regime.WPG)]),
        only_ready=st.sampled_from([False, False, True]),
        number=st.sampled_from(citizens) if citizens else st.uuids(),
    )


def types_of(resource: Resource, made: list[Any]) -> list[UUID]:
    """Return the keys of the types of records, and that of no type."""
    mains = [resource.main(record) for record in made]
    found = {
        getattr(record, f"{main.authorised_by}_id") for main, record in mains if main.authorised_by
    }
    return [*sorted(found), uuid4()]


def sees(resource: Resource, actor: Actor, key: UUID) -> bool:
    """Tell whether a detail is shown to an actor."""
    try:
        resource.get(actor, key, Query(BASE))
    except (Forbidden, NotFound):
        return False
    return True


def listed(resource: Resource, actor: Actor, keys: dict[str, UUID], **query: Any) -> Any:
    """Return what a list shows an actor, without any filter."""
    page = resource.list(actor, Query(BASE, size=500, path_keys=tuple(keys.items()), **query))
    shown = codec.decode(page.results)
    assert page.count == len(shown)
    return shown


def manager(record: Any) -> Any:
    """Return the rows of a record's table."""
    return record.objects


def key_of(shown: dict[str, Any]) -> UUID:
    """Return the key at the end of a record's address."""
    return key_at(shown["url"])


@each_resource("list", "retrieve", where=several)
def test_a_list_is_what_details_show(resource: Resource, examples: Examples) -> None:
    made = world(resource, examples)
    rows = list(manager(resource.record).all())  # those that came with the house included
    under = [under_of(resource, record) for record in rows]
    everyone = {record.pk for record in rows}

    @SOME
    @given(actors(resource, types_of(resource, made)))
    def holds(actor: Actor) -> None:
        shown = [key_of(row) for keys in distinct(under) for row in listed(resource, actor, keys)]
        assert len(set(shown)) == len(shown)
        assert set(shown) == {key for key in everyone if sees(resource, actor, key)}

    holds()


@each_resource("list", "retrieve", where=lambda resource: resource.relations)
def test_expand_shows_nothing_that_a_detail_hides(resource: Resource, examples: Examples) -> None:
    made = world(resource, examples)
    under = [under_of(resource, record) for record in made]
    tree = tuple((wire, ()) for wire in sorted(resource.relations))

    @SOME
    @given(actors(resource, types_of(resource, made)))
    def holds(actor: Actor) -> None:
        for keys in distinct(under):
            for row in listed(resource, actor, keys, expand=tree):
                for wire, found in row["_expand"].items():
                    target = target_of(resource, resource.relations[wire])
                    embedded = found if isinstance(found, list) else [found] if found else []
                    assert all(sees(target, actor, key_of(each)) for each in embedded)

    holds()


@each_resource("partial_update", where=several)
def test_a_record_changes_only_within_the_rights(resource: Resource, examples: Examples) -> None:
    made = world(resource, examples)
    scopes = set(resource.scopes_for("partial_update"))
    body = _opened(resource)

    @SOME
    @given(actors(resource, types_of(resource, made)), st.sampled_from(made))
    def holds(actor: Actor, record: Any) -> None:
        expected = may(resource, actor, record, scopes)
        with undone():
            sent = {**body, **examples.before_change(resource, record.pk)}
            try:
                resource.patch(
                    actor, record.pk, sent, Call(base=BASE), **under_of(resource, record)
                )
            except (Forbidden, NotFound):
                changed = False
            else:
                changed = True
        assert changed == expected

    holds()


def _opened(resource: Resource) -> dict[str, Any]:
    """Return a body that would make a record less confidential; else one that changes nothing."""
    if not resource.level:
        return {}
    word: Any = resource.record.words[resource.level]
    return {word.wire: word.of.values[0]}


@contextmanager
def undone() -> Iterator[None]:
    """Take back what the block writes."""
    alias = tenant.current().alias
    with transaction.atomic(using=alias):
        yield
        transaction.set_rollback(True, using=alias)


def may(resource: Resource, actor: Actor, record: Any, scopes: set[str]) -> bool:
    """Say in Python what the rights of an actor come down to."""
    main, main_record = resource.main(record)
    main_record.refresh_from_db()
    if main_record.regime not in actor.regimes or actor.kind == Kind.BURGER:
        return False
    if actor.only_ready and _is_withheld(main, main_record):
        return False
    if actor.everything:
        return True
    grants = [grant for grant in actor.grants if grant.scopes & scopes]
    if scopes == set(audittrail.SCOPES):  # a scope of every component says nothing of which
        grants = [grant for grant in grants if grant.component == main.register.component]
    if not main.authorised_by:
        return bool(grants)
    kind = getattr(main_record, f"{main.authorised_by}_id")
    level = getattr(main_record, main.level) if main.level else 0
    return any(
        grant.component == main.register.component and grant.type == kind and level <= grant.level
        for grant in grants
    )


def _is_withheld(main: Resource, record: Any) -> bool:
    """Tell whether a record is not ready for publication; only documents can be."""
    return bool(main.withheld) and record.is_gereed_voor_publicatie is not True


def under_of(resource: Resource, record: Any) -> dict[str, UUID]:
    return {name: getattr(record, f"{name}_id") for name in resource.path_keys}


def distinct(under: list[dict[str, UUID]]) -> list[dict[str, UUID]]:
    return [dict(pairs) for pairs in dict.fromkeys(tuple(keys.items()) for keys in under)]
