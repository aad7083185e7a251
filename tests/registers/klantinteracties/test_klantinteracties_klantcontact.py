"""A klantcontact does not change, but for the exceptions, and those are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.grammar.words import camel
from loket.registers.klantinteracties.klantcontact_regels import INHOUD
from tests.conftest import make_client
from tests.registers.klantinteracties.contactwerk import Contactwerk, faults

if TYPE_CHECKING:
    from tests.conftest import Api

SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
VAST = "klantcontact-onveranderlijk"
CORRECTIE = {"wijzigingsgrond": "correctie", "wijzigingstoelichting": "De klant vroeg erom."}


@pytest.mark.req("K5")
def test_what_was_said_does_not_change(werk: Contactwerk) -> None:
    made = werk.contact()
    changed = {"inhoud": "Iets anders.", "onderwerp": "Iets anders"}
    answer = werk.api.patch(made["url"], json=changed)
    assert faults(answer) == {("inhoud", VAST), ("onderwerp", VAST)}
    assert werk.read(made) == made
    same = werk.api.put(made["url"], json={**werk.contact_body(), **_written(made)})
    assert (same.status_code, same.json()) == (200, made)


@pytest.mark.req("K6")
def test_a_line_that_dropped_is_taken_up_again(werk: Contactwerk) -> None:
    made = werk.contact(minutes_ago=10)
    longer = f"{made['inhoud']} Na de onderbreking heeft zij ook naar de wachttijd gevraagd."
    answer = werk.api.patch(made["url"], json={"inhoud": longer, "wijzigingsgrond": "aanvulling"})
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert (shown["versie"], shown["inhoud"]) == (2, longer)
    assert [each["inhoud"] for each in shown["eerdereVersies"]] == [made["inhoud"]]
    shorter = {"inhoud": "Weg ermee.", "wijzigingsgrond": "aanvulling"}
    assert faults(werk.api.patch(made["url"], json=shorter)) == {("inhoud", VAST)}
    other = {"kanaal": "balie", "wijzigingsgrond": "aanvulling"}
    assert faults(werk.api.patch(made["url"], json=other)) == {("kanaal", VAST)}


@pytest.mark.req("K6")
def test_the_time_to_supplement_is_the_municipalitys(werk: Contactwerk) -> None:
    made = werk.contact(minutes_ago=45)
    more = {"inhoud": f"{made['inhoud']} En meer.", "wijzigingsgrond": "aanvulling"}
    late = {("wijzigingsgrond", "aanvultermijn-verstreken")}
    assert faults(werk.api.patch(made["url"], json=more)) == late
    (ours,) = werk.list("contactinstellingen")
    assert werk.api.patch(ours["url"], json={"aanvultermijn": 60}).status_code == 200
    assert werk.api.patch(made["url"], json=more).status_code == 200


@pytest.mark.req("K7")
def test_a_correction_stands_beside_the_original(werk: Contactwerk) -> None:
    made = werk.contact(minutes_ago=60 * 24)
    right = {"inhoud": "Mevrouw heeft gevraagd wat een ontheffing kost."}
    without_who = {**right, "wijzigingsgrond": "correctie"}
    asked = {("wijzigingstoelichting", "required")}
    assert faults(werk.api.patch(made["url"], json=without_who)) == asked
    shown = werk.api.patch(made["url"], json={**right, **CORRECTIE}).json()
    assert shown["inhoud"] == right["inhoud"]
    assert shown["wijzigingsgrond"] == "correctie"
    assert shown["eerdereVersies"][0]["inhoud"] == made["inhoud"]
    first = werk.read(made, versie=1)
    assert (first["inhoud"], first["eerdereVersies"]) == (made["inhoud"], [])


@pytest.mark.req("K7")
def test_correcting_is_a_right_of_its_own(werk: Contactwerk, api: Api) -> None:
    del api
    made = werk.contact(minutes_ago=60 * 24)
    scopes = ["klantinteracties.lezen", "klantinteracties.bijwerken"]
    clerk = make_client("kcc", [{"component": "klantinteracties", "scopes": scopes}])
    answer = clerk.patch(made["url"], json={"inhoud": "Anders.", **CORRECTIE})
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")


@pytest.mark.req("K8")
def test_further_grounds_are_set_and_logged(werk: Contactwerk) -> None:
    made = werk.contact(minutes_ago=60 * 24)
    change = {"inhoud": "Verwijderd.", "wijzigingsgrond": "avg-verzoek",
              "wijzigingstoelichting": "Verzoek 12 van de klant, artikel 17 AVG."}  # fmt: skip
    assert faults(werk.api.patch(made["url"], json=change)) == {
        ("wijzigingsgrond", "invalid_choice")
    }
    ground = {"code": "avg-verzoek", "omschrijving": "Wissen op verzoek, besloten door de FG."}
    werk.make("wijzigingsgronden", **ground)
    assert werk.api.patch(made["url"], json=change).json()["wijzigingsgrond"] == "avg-verzoek"


@pytest.mark.req("K32")
def test_the_history_can_be_consulted(werk: Contactwerk) -> None:
    made = werk.contact(minutes_ago=60)
    werk.api.patch(made["url"], json={"onderwerp": "Ontheffing", **CORRECTIE})
    trail = werk.api.get(f"{made['url']}/audittrail").json()
    assert [each["actie"] for each in trail] == ["create", "partial_update"]
    assert trail[1]["wijzigingen"]["oud"]["onderwerp"] == "Parkeervergunning"
    assert trail[1]["wijzigingen"]["nieuw"]["onderwerp"] == "Ontheffing"


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["PATCH", "PUT", "DELETE"]),
        st.fixed_dictionaries(
            {},
            optional={
                "onderwerp": st.sampled_from(["Parkeervergunning", "Anders"]),
                "inhoud": st.sampled_from(["Kort.", "Kort. Langer.", "Anders."]),
                "kanaal": st.sampled_from(["telefoon", "balie"]),
                "vertrouwelijk": st.booleans(),
                "wijzigingsgrond": st.sampled_from(["", "aanvulling", "correctie", "zomaar"]),
                "wijzigingstoelichting": st.sampled_from(["", "De klant vroeg erom."]),
            },
        ),
    ),
    max_size=6,
)


@pytest.mark.req("K5")
def test_no_sequence_of_calls_changes_it_unseen(werk: Contactwerk) -> None:
    """Whatever is sent, what stands there now is the original, or every step to it is seen."""
    scopes = ["klantinteracties.lezen", "klantinteracties.bijwerken", "klantinteracties.corrigeren"]
    clerk = make_client("kcc", [{"component": "klantinteracties", "scopes": scopes}])

    @SOME
    @given(STEPS, st.sampled_from([5, 500]))
    def holds(steps: list[tuple[str, dict[str, Any]]], minutes: int) -> None:
        made = werk.contact(minutes_ago=minutes, inhoud="Kort.")
        seen = [_said(made)]
        for method, change in steps:
            body = change if method == "PATCH" else {**_written(made), **change}
            clerk.request(method, made["url"], json=None if method == "DELETE" else body)
            shown = werk.read(made)
            if _said(shown) == seen[-1]:
                continue
            ground = shown["wijzigingsgrond"]
            assert ground in ("aanvulling", "correctie")
            assert ground == "correctie" or (
                minutes == 5 and shown["inhoud"].startswith(seen[-1]["inhoud"])
            )
            seen.append(_said(shown))
        history = [each["inhoud"] for each in werk.read(made)["eerdereVersies"]]
        assert history == [each["inhoud"] for each in seen[:-1]]
        for nr, each in enumerate(seen, start=1):
            assert _said(werk.read(made, versie=nr)) == each

    holds()


def test_it_goes_only_by_destruction(werk: Contactwerk) -> None:
    made = werk.contact()
    scopes = ["klantinteracties.lezen", "klantinteracties.bijwerken"]
    clerk = make_client("kcc", [{"component": "klantinteracties", "scopes": scopes}])
    assert clerk.delete(made["url"]).status_code == 403
    assert werk.api.delete(made["url"]).status_code == 204


def test_what_belongs_to_it_is_added_and_then_stays(werk: Contactwerk) -> None:
    old = werk.contact(minutes_ago=60 * 24)
    betrokkene = werk.betrokkene(old, organisatienaam="Eerst")
    clerk = make_client(
        "kcc",
        [{"component": "klantinteracties",
          "scopes": ["klantinteracties.lezen", "klantinteracties.bijwerken"]}],
    )  # fmt: skip
    stays = {("nonFieldErrors", VAST)}
    assert faults(clerk.patch(betrokkene["url"], json={"organisatienaam": "Later"})) == stays
    assert faults(clerk.delete(betrokkene["url"])) == stays
    said = {"X-Audit-Toelichting": "De klant heeft de naam verbeterd."}
    answer = werk.api.patch(betrokkene["url"], json={"organisatienaam": "Later"}, headers=said)
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["bijlagen", "onderwerpobjecten"])
def test_what_stood_by_itself_may_change_and_be_joined(werk: Contactwerk, path: str) -> None:
    name = {"bijlagen": "bijlageidentificator"}.get(path, "onderwerpobjectidentificator")
    reference = {"bijlagen": "wasBijlageVanKlantcontact"}.get(path, "klantcontact")
    loose = werk.make(path)
    named = werk.api.patch(loose["url"], json={name: {"objectId": "12"}})
    assert (named.status_code, named.json()[name]["objectId"]) == (200, "12")
    contact = werk.contact(minutes_ago=60 * 24)
    joined = werk.api.patch(loose["url"], json={reference: {"uuid": contact["uuid"]}})
    assert joined.json()[reference]["uuid"] == contact["uuid"]


@pytest.mark.req("K2")
def test_there_is_no_place_for_what_the_klant_may_not_see(werk: Contactwerk) -> None:
    made = werk.contact()
    assert not [name for name in made if "notitie" in name.lower()]


def test_how_it_is_written_is_helped(werk: Contactwerk) -> None:
    body = werk.contact_body(inhoud="Mevrouw vraagt wat een vergunning kost.")
    warned = werk.post("klantcontacten", **body)
    assert "voltooid verleden tijd" in warned.headers["X-Warning"]
    assert "X-Warning" not in werk.post("klantcontacten", **werk.contact_body()).headers
    told = werk.post("klantcontacten", **werk.contact_body(reactie="Uw nummer is 123456782."))
    assert "burgerservicenummer" in told.headers["X-Warning"]
    assert "123456782" not in told.headers["X-Warning"]


def test_a_contact_that_succeeded_needs_no_further_action(werk: Contactwerk) -> None:
    body = werk.contact_body(indicatieContactGelukt=True, verdereActieOndernomen=True)
    code = "no-further-action-when-contact-succesful"
    assert faults(werk.post("klantcontacten", **body)) == {("verdereActieOndernomen", code)}


def test_metadata_are_short_texts(werk: Contactwerk) -> None:
    wrong = werk.contact_body(metadata={"bron": "app", "nr": 1, "lang": "x" * 256})
    assert faults(werk.post("klantcontacten", **wrong)) == {
        ("metadata.nr", "invalid"), ("metadata.lang", "invalid"),
    }  # fmt: skip


def test_both_names_of_its_number_hold(werk: Contactwerk) -> None:
    made = werk.contact(nummer="77")
    assert (made["nummer"], made["referentienummer"]) == ("77", "77")
    assert [each["url"] for each in werk.list("klantcontacten", nummer="77")] == [made["url"]]
    twice = werk.contact_body(nummer="78", referentienummer="79")
    assert faults(werk.post("klantcontacten", **twice)) == {("nummer", "invalid")}
    drawn = werk.contact(referentienummer=None)
    assert drawn["referentienummer"].isdigit()


def _said(shown: dict[str, Any]) -> dict[str, Any]:
    return {camel(name): shown[camel(name)] for name in INHOUD if camel(name) in shown}


def _written(shown: dict[str, Any]) -> dict[str, Any]:
    read_only = {"url", "uuid", "versie", "beginRegistratie", "eerdereVersies", "nummer"}
    listed = {name for name, value in shown.items() if isinstance(value, list)}
    return {name: value for name, value in shown.items() if name not in read_only | listed}
