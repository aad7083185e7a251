"""A form is held to what was asked at the moment that it is done, and at no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.registers.taken.formulier import faults as told
from tests.conformance.test_refusing import faults
from tests.conftest import make_client
from tests.registers.taken.test_taken import PERSOON, ROOT, ZAAK, body, made

if TYPE_CHECKING:
    from tests.conftest import Api

Json = dict[str, Any]
KLEUREN = {"values": [{"label": "Rood", "value": "rood"}, {"label": "Blauw", "value": "blauw"}]}
MUST: Json = {"validate": {"required": True}}


def field(key: str, kind: str = "textfield", **more: Any) -> Json:
    return {"label": key.title(), "key": key, "type": kind, **more}


COMPONENTS = [
    field("naam", **MUST),
    field("aantal", "number"),
    field("kleur", "select", data=KLEUREN),
]


def task(api: Api, components: list[Json]) -> Json:
    details = {"formulierDefinitie": {"components": components}}
    sent = body("formuliertaak", details=details, isToegewezenAan=PERSOON)
    return made(api.post(f"{ROOT}/externetaken", json=sent))


def finish(api: Api, taak: Json, **gegevens: Any) -> Any:
    sent = {"status": "uitgevoerd", "details": {"ontvangenGegevens": gegevens}}
    return api.patch(taak["url"], json=sent)


def amiss(components: list[Any], gegevens: Json) -> set[tuple[str, str]]:
    found = told({"components": components}, gegevens)
    return {(each.name.removeprefix("details.ontvangenGegevens."), each.code) for each in found}


@pytest.mark.req("M41")
def test_a_form_is_done_when_it_is_filled_in(api: Api) -> None:
    """By an application that may change tasks and nothing else."""
    taak = task(api, COMPONENTS)
    rights = [{"component": "taken", "scopes": ["taken.bijwerken"]}]
    portaal = make_client("portaal", rights)
    wrong = finish(portaal, taak, aantal="drie", kleur="groen", anders=1)
    where = "details.ontvangenGegevens"
    assert faults(wrong) == {
        (f"{where}.naam", "required"),
        (f"{where}.aantal", "invalid"),
        (f"{where}.kleur", "invalid"),
        (f"{where}.anders", "invalid"),
    }
    assert api.get(taak["url"]).json()["status"] == "open"
    done = finish(portaal, taak, naam="Eva", aantal=3, kleur="rood")
    assert done.status_code == 200, done.text
    shown = api.get(taak["url"]).json()
    assert (shown["status"], shown["details"]["ontvangenGegevens"]["naam"]) == ("uitgevoerd", "Eva")


@pytest.mark.req("M41")
def test_what_was_filled_in_before_counts_when_it_is_finished(api: Api) -> None:
    taak = task(api, COMPONENTS)
    half = api.patch(taak["url"], json={"details": {"ontvangenGegevens": {"aantal": "?"}}})
    assert half.status_code == 200
    told_now = faults(api.patch(taak["url"], json={"status": "uitgevoerd"}))
    assert ("details.ontvangenGegevens.naam", "required") in told_now
    whole = {"naam": "Eva"}
    api.patch(taak["url"], json={"details": {"ontvangenGegevens": whole}})
    assert api.patch(taak["url"], json={"status": "uitgevoerd"}).status_code == 200
    later = api.patch(taak["url"], json={"titel": "Anders", "verwerkerTaakId": "1"})
    assert later.status_code == 200


@pytest.mark.parametrize("status", ["afgebroken", "niet_uitgevoerd", "verwerkt"])
def test_it_can_end_otherwise_without_being_filled_in(api: Api, status: str) -> None:
    taak = task(api, COMPONENTS)
    assert api.patch(taak["url"], json={"status": status}).status_code == 200


@pytest.mark.req("M42")
def test_documents_are_named_by_their_urn(api: Api) -> None:
    taak = made(
        api.post(f"{ROOT}/externetaken", json=body("urltaak", isGerelateerdAan=[{"urn": ZAAK}]))
    )
    urn = "urn:nld:loket:documenten:enkelvoudiginformatieobject:1"
    sent = {"ontvangenBijlagen": [{"informatieObject": urn}]}
    done = api.patch(taak["url"], json={"status": "uitgevoerd", "details": sent})
    assert done.status_code == 200, done.text
    assert done.json()["details"]["ontvangenBijlagen"] == [{"informatieObject": urn}]


@pytest.mark.parametrize(
    ("component", "right", "wrong"),
    [
        (field("k"), ["tekst"], [1, ["a"], {"a": 1}, True]),
        (field("k", "number"), [1, 0, 2.5], ["1", True, [1]]),
        (field("k", "checkbox"), [True, False], ["ja", 1]),
        (field("k", "email"), ["a@b.nl"], ["a", "a@b", "a @b.nl", 3]),
        (field("k", "select", data=KLEUREN), ["rood"], ["groen", ["rood"], 1]),
        (field("k", "radio", **KLEUREN), ["blauw"], ["groen"]),
        (field("k", "select"), ["wat ook", 3], [["a"], {"a": 1}]),
        (field("k", "selectboxes", **KLEUREN), [{"rood": True}], [{"groen": True}, {"rood": 1}, 1]),
        (field("k", "selectboxes", values=[{"value": 1}]), [{"1": True}], [{"2": True}]),
        (field("k", "select", data=KLEUREN, multiple=True), [["rood"]], ["rood", ["groen"]]),
        (field("k", "kaart"), ["x", {"a": [1]}], []),
    ],
)  # fmt: skip
def test_a_value_fits_its_field(component: Json, right: list[Any], wrong: list[Any]) -> None:
    for value in right:
        assert amiss([component], {"k": value}) == set(), value
    for value in wrong:
        assert amiss([component], {"k": value}) == {("k", "invalid")}, value


def test_what_must_be_there_is_not_empty() -> None:
    empty: tuple[Any, ...] = ("", None, [], {})
    for value in empty:
        assert amiss([field("k", **MUST)], {"k": value}) == {("k", "required")}
        assert amiss([field("k")], {"k": value}) == set()
    assert amiss([field("k", "checkbox", **MUST)], {"k": False}) == {("k", "required")}
    assert amiss([field("k", "number", **MUST)], {"k": 0}) == set()


@pytest.mark.parametrize(
    "sometimes",
    [
        {"hidden": True},
        {"conditional": {"when": "a", "eq": "b"}},
        {"customConditional": "show = 1"},
    ],
)
def test_what_shows_itself_only_at_times_is_not_required(sometimes: Json) -> None:
    assert amiss([field("k", **MUST, **sometimes)], {}) == set()


def test_layout_holds_fields_and_has_no_value_itself() -> None:
    inside = [
        field("p", "panel", components=[field("a", **MUST)]),
        field("c", "columns", columns=[{"components": [field("b", **MUST)]}, "stuk"]),
        field("t", "table", rows=[[{"components": [field("d", **MUST)]}]]),
        field("uitleg", "content"),
        "stuk",
    ]
    assert amiss(inside, {}) == {(key, "required") for key in "abd"}
    assert amiss(inside, {"a": "1", "b": "2", "d": "3"}) == set()
    assert amiss(inside, {"a": "1", "b": "2", "d": "3", "uitleg": "x"}) == {("uitleg", "invalid")}


def test_a_dot_in_a_key_is_a_step() -> None:
    asked = [field("adres.straat", **MUST)]
    assert amiss(asked, {"adres": {"straat": "Dorpsstraat"}}) == set()
    assert amiss(asked, {"adres.straat": "Dorpsstraat"}) == set()
    assert amiss(asked, {"adres": "Dorpsstraat"}) == {("adres.straat", "required")}
