"""What is written is what is read: for every word, through the database and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.grammar import codec
from loket.grammar.openapi import document
from loket.grammar.record import written
from loket.grammar.resource import Call
from loket.grammar.words import MISSING, Intake, Word
from loket.kernel.problems import Fault, Invalid
from tests.conformance.contract import plain_schema
from tests.conformance.example import Examples
from tests.grammar import values
from tests.grammar.proef.proeven import PROEVEN, Proef, proeven
from tests.grammar.proef.stalen import stalen

if TYPE_CHECKING:
    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant

BASE = "http://127.0.0.1:8700"
SOME = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

each_word = pytest.mark.parametrize(
    "word", [*Proef.words.values()], ids=lambda word: f"{type(word).__name__}-{word.name}"
)
each_dialect = pytest.mark.parametrize("resource", [proeven, stalen], ids=lambda r: r.path)


@each_word
@SOME
@given(raw=values.JSON)
def test_a_word_takes_any_value_or_tells_what_is_wrong(word: Word, raw: Any) -> None:
    intake = Intake(BASE)
    taken = word.taken(raw, "veld", intake)
    assert (taken is MISSING) <= bool(intake.faults)
    assert all(each.name.startswith("veld") and each.code for each in intake.faults)


@pytest.fixture
def fixed(gemeente: Tenant, actor: Actor) -> dict[str, Any]:
    """The references of a body, per resource."""
    del gemeente
    examples = Examples(actor, BASE)
    return {each.path: examples.body(each) for each in (proeven, stalen)}


def sent(pairs: dict[str, Any]) -> dict[str, Any]:
    """Return the body of a request."""
    return {wire: raw for wire, (raw, _) in pairs.items() if raw is not ...}


def read(written_now: Any) -> dict[str, Any]:
    """Return what a reader sees of what was written."""
    shown: dict[str, Any] = codec.decode(written_now.shown(BASE))
    return shown


def attempt(
    resource: Resource, actor: Actor, body: dict[str, Any]
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Make a record; return what a reader sees of it, or else the faults of the body."""
    try:
        return read(resource.create(actor, body, Call(base=BASE))), ()
    except Invalid as problem:
        return {}, problem.faults


@each_dialect
def test_what_is_written_is_what_is_read(
    resource: Resource, actor: Actor, fixed: dict[str, Any]
) -> None:
    @SOME
    @given(values.bodies(resource))
    def holds(pairs: dict[str, Any]) -> None:
        made, faults = attempt(resource, actor, fixed[resource.path] | sent(pairs))
        assert {each.code for each in faults} <= {"einde-voor-begin"}
        for wire, (_, expected) in pairs.items() if made else ():
            assert values.matches(made[wire], expected), wire

    holds()


@each_dialect
def test_what_is_read_is_written_back_unchanged(
    resource: Resource, actor: Actor, fixed: dict[str, Any]
) -> None:
    wires = {word.wire for word in written(resource.record)}

    @SOME
    @given(values.bodies(resource))
    def holds(pairs: dict[str, Any]) -> None:
        try:
            made = resource.create(actor, fixed[resource.path] | sent(pairs), Call(base=BASE))
        except Invalid:
            return
        shown = read(made)
        again = {wire: value for wire, value in shown.items() if wire in wires}
        blank = {"verlenging": None} if shown.get("verlenging") == _NO_VERLENGING else {}
        put = resource.replace(actor, made.record.pk, again | blank, Call(base=BASE))
        assert read(put) == shown

    holds()


_NO_VERLENGING = {"reden": "", "duur": None}


@each_dialect
def test_a_patch_changes_what_it_names_and_nothing_else(
    resource: Resource, actor: Actor, fixed: dict[str, Any]
) -> None:
    start = resource.create(actor, fixed[resource.path], Call(base=BASE))

    @SOME
    @given(values.bodies(resource), st.data())
    def holds(pairs: dict[str, Any], data: st.DataObject) -> None:
        names = data.draw(st.sets(st.sampled_from(sorted(sent(pairs))), max_size=3))
        before = read(resource.patch(actor, start.record.pk, {}, Call(base=BASE)))
        body = {name: pairs[name][0] for name in names}
        try:
            shown = read(resource.patch(actor, start.record.pk, body, Call(base=BASE)))
        except Invalid:
            return
        for wire, value in shown.items():
            expected = pairs[wire][1] if wire in names else before[wire]
            assert wire == "lengte" or values.matches(value, expected), wire

    holds()


def test_what_is_accepted_is_what_our_openapi_says(actor: Actor, fixed: dict[str, Any]) -> None:
    components = plain_schema(document(PROEVEN, BASE)["components"])
    asked, told = (
        jsonschema_rs.Draft202012Validator(
            {"components": components, "$ref": f"#/components/schemas/{name}"},
            validate_formats=True,
        )
        for name in ("ProefRequest", "Proef")
    )

    @SOME
    @given(values.bodies(proeven))
    def holds(pairs: dict[str, Any]) -> None:
        body = fixed["proeven"] | sent(pairs)
        assert [each.message for each in asked.iter_errors(body)] == []
        made, _ = attempt(proeven, actor, body)
        assert not made or [each.message for each in told.iter_errors(made)] == []

    holds()


@each_dialect
def test_any_body_gets_a_record_or_a_problem(
    resource: Resource, actor: Actor, fixed: dict[str, Any]
) -> None:
    wires = sorted({word.wire for word in written(resource.record)})

    @SOME
    @given(st.dictionaries(st.sampled_from(wires), values.JSON, max_size=4))
    def holds(body: dict[str, Any]) -> None:
        made, faults = attempt(resource, actor, fixed[resource.path] | body)
        assert {each.name.split(".")[0] for each in faults} <= {*wires, "nonFieldErrors"}
        assert bool(made) != bool(faults)

    holds()
