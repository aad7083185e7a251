"""Two partijen that are one: merged by rule, explained, and taken back exactly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.ledger.database import rows
from tests.conftest import make_client
from tests.registers.klantinteracties.contactwerk import (
    Contactwerk,
    bsn,
    faults,
    identificator,
    ref,
)

SOME = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
TABLES = (
    "betrokkene", "categorierelatie", "digitaaladres", "partij", "partijidentificator",
    "rekeningnummer", "vertegenwoordiging",
)  # fmt: skip


def regel(werk: Contactwerk, bewijs: str = "anders", **more: Any) -> None:
    """Let partijen that are persons be merged by some proof."""
    body = {"soortPartij": "persoon", "bewijs": bewijs, "besluit": "FG, 1 november 2026"}
    werk.make("samenvoegregels", **body, **more)


def merge(werk: Contactwerk, stays: dict[str, Any], goes: dict[str, Any]) -> Any:
    """Ask for a merge."""
    body = {"partij": ref(goes), "grond": "Zelfde persoon, zie gesprek.", "bewijs": ["anders"]}
    return werk.api.post(f"{stays['url']}/samenvoegen", json=body)


def undo(werk: Contactwerk, made: dict[str, Any]) -> Any:
    """Ask for a merge to be taken back."""
    return werk.api.post(f"{made['url']}/ongedaan-maken", json={"grond": "Toch niet."})


def everything() -> dict[str, Any]:
    """Return every row that belongs to partijen, as it is, by its key."""
    found: dict[str, Any] = {}
    for table in TABLES:
        sql = f"SELECT t.id::text, to_jsonb(t) FROM klantinteracties_{table} t"  # noqa: S608
        found |= dict(rows(sql))
    return found


def full(werk: Contactwerk, naam: str, nr: int) -> dict[str, Any]:
    """Make a person with one of everything."""
    partij = werk.persoon(naam)
    werk.betrokkene(werk.contact(), wasPartij=ref(partij))
    for soort, adres in (("email", f"p{nr}@b.nl"), ("telefoonnummer", f"06123456{nr:02d}")):
        werk.make("digitaleadressen", adres=adres, soortDigitaalAdres=soort,
                  isStandaardAdres=True, verstrektDoorPartij=ref(partij))  # fmt: skip
    werk.make("rekeningnummers", partij=ref(partij), iban="NL91ABNA0417164300")
    werk.make("categorie-relaties", partij=ref(partij))
    return partij


@pytest.mark.req("K19")
def test_nothing_is_merged_without_a_rule(werk: Contactwerk) -> None:
    one, other = werk.persoon(), werk.persoon("Smit")
    refused = merge(werk, one, other)
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert "samenvoegregel" in refused.json()["detail"]
    regel(werk)
    assert merge(werk, one, other).status_code == 201


@pytest.mark.req("K17", "K19")
def test_a_person_with_a_bsn_goes_with_one_without_only_by_rule(werk: Contactwerk) -> None:
    course = werk.persoon("Yilmaz")
    passport = werk.persoon("Yilmaz", partijIdentificatoren=[identificator("bsn", bsn())])
    regel(werk)
    assert merge(werk, passport, course).status_code == 409
    (rule,) = werk.list("samenvoegregels")
    werk.api.patch(rule["url"], json={"ookEenZonderBsn": True})
    assert merge(werk, passport, course).status_code == 201
    third = werk.persoon("Ander", partijIdentificatoren=[identificator("bsn", bsn())])
    assert "eigen bsn" in merge(werk, passport, third).json()["detail"]


def test_roles_of_one_human_do_not_mix(werk: Contactwerk) -> None:
    regel(werk)
    company = werk.organisatie()
    for stays, goes in ((werk.persoon(), company), (company, werk.persoon())):
        assert "verschillende rollen" in merge(werk, stays, goes).json()["detail"]
    one = werk.persoon()
    assert faults(merge(werk, one, one)) == {("partij", "invalid")}


def test_what_referred_to_the_one_refers_to_the_other(werk: Contactwerk) -> None:
    regel(werk)
    stays, goes = full(werk, "Jansen", 1), full(werk, "Janssen", 2)
    made = merge(werk, stays, goes).json()
    now = werk.read(stays)
    assert len(now["betrokkenen"]) == 2
    assert len(now["digitaleAdressen"]) == 4
    assert len(now["rekeningnummers"]) == len(now["categorieRelaties"]) == 2
    defaults = werk.list("digitaleadressen", verstrektDoorPartij__uuid=stays["uuid"],
                         isStandaardAdres="true")  # fmt: skip
    assert {each["adres"] for each in defaults} == {"p1@b.nl", "0612345601"}
    gone = werk.read(goes)
    assert gone["opgegaanIn"]["uuid"] == stays["uuid"]
    assert (gone["indicatieActief"], gone["betrokkenen"]) == (False, [])
    assert made["grond"] == "Zelfde persoon, zie gesprek."
    assert made["door"] == "Een Medewerker"
    found = werk.list("samenvoegingen", blijvendePartij__uuid=stays["uuid"])
    assert [each["url"] for each in found] == [made["url"]]
    change = werk.api.patch(goes["url"], json={"voorkeurstaal": "nld"})
    assert faults(change) == {("nonFieldErrors", "partij-opgegaan")}


def test_who_still_names_the_old_one_reaches_the_new(werk: Contactwerk) -> None:
    regel(werk)
    stays, goes = werk.persoon(), werk.persoon("Smit")
    merge(werk, stays, goes)
    body = {"hadKlantcontact": ref(werk.contact()), "rol": "klant", "initiator": True}
    answer = werk.post("betrokkenen", **body, wasPartij=ref(goes))
    assert answer.json()["wasPartij"]["uuid"] == stays["uuid"]
    assert "samengevoegd" in answer.headers["X-Warning"]


def test_merging_asks_for_its_right(werk: Contactwerk) -> None:
    regel(werk)
    one, other = werk.persoon(), werk.persoon("Smit")
    scopes = ["klantinteracties.lezen", "klantinteracties.bijwerken"]
    clerk = Contactwerk(make_client("kcc", [{"component": "klantinteracties", "scopes": scopes}]))
    assert merge(clerk, one, other).status_code == 403
    body = {"partij": {"uuid": "x"}, "grond": "", "bewijs": []}
    assert faults(werk.api.post(f"{one['url']}/samenvoegen", json=body)) == {("grond", "required")}


STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "undo", "contact"]), st.integers(0, 3), st.integers(0, 3)),
    max_size=14,
)


def test_any_merges_in_any_order_are_taken_back_exactly(werk: Contactwerk) -> None:
    """What is refused changes nothing; nothing is lost or doubled; undone, all is as it was."""
    regel(werk)

    @SOME
    @given(STEPS)
    def holds(steps: list[tuple[str, int, int]]) -> None:
        people = [full(werk, f"Persoon {nr}", nr) for nr in range(4)]
        merged: list[dict[str, Any]] = []
        first = everything()
        for step, one, other in steps:
            before = everything()
            if step == "contact":
                werk.betrokkene(werk.contact(), wasPartij=ref(people[one]))
            elif step == "merge":
                answer = merge(werk, people[one], people[other])
                _note(answer, merged, before)
            elif merged:
                answer = undo(werk, merged[one % len(merged)])
                _note(answer, merged, before)
            assert first.keys() <= everything().keys()
        while merged:
            _note(undo(werk, merged[-1]), merged, everything())
        now = everything()
        assert {key: now[key] for key in first} == first

    holds()


def _note(answer: Any, merged: list[dict[str, Any]], before: dict[str, Any]) -> None:
    """Keep which merges are in force; a refusal leaves all as it was."""
    if answer.status_code == 201:
        merged.append(answer.json())
    elif answer.status_code == 200:
        merged[:] = [each for each in merged if each["url"] != answer.json()["url"]]
    else:
        assert answer.status_code in (400, 409), answer.text
        assert everything() == before


def test_proposals_are_made_once_and_judged(werk: Contactwerk) -> None:
    regel(werk, "telefoon")
    one, other, third = werk.persoon(), werk.persoon("Janssen"), werk.persoon("Smit")
    for partij, adres in ((one, "0612345678"), (other, "+31612345678"), (third, "0687654321")):
        werk.make("digitaleadressen", adres=adres, soortDigitaalAdres="telefoonnummer",
                  verstrektDoorPartij=ref(partij))  # fmt: skip
    assert werk.make("samenvoegvoorstellen-opstellen") == {"gemaakt": 1}
    assert werk.make("samenvoegvoorstellen-opstellen") == {"gemaakt": 0}
    (proposal,) = werk.list("samenvoegvoorstellen", status="open")
    assert proposal["bewijs"] == ["telefoon"]
    assert proposal["blijvendePartij"]["uuid"] == one["uuid"]
    bare = werk.api.patch(proposal["url"], json={"status": "aanvaard"})
    assert faults(bare) == {("grond", "required")}
    judged = {"status": "aanvaard", "grond": "Zelfde nummer en naam, klant bevestigde het."}
    assert werk.api.patch(proposal["url"], json=judged).status_code == 200
    assert werk.read(other)["opgegaanIn"]["uuid"] == one["uuid"]
    again = werk.api.patch(proposal["url"], json={"status": "afgewezen", "grond": "Toch niet."})
    assert faults(again) == {("status", "invalid")}


def test_a_rejected_pair_is_not_proposed_again(werk: Contactwerk) -> None:
    regel(werk, "naam_en_adres")
    at = {"straatnaam": "Kerkstraat", "huisnummer": 1, "postcode": "1234 AB", "stad": "Utrecht"}
    werk.persoon(bezoekadres=at)
    werk.persoon(bezoekadres=at)
    werk.make("samenvoegvoorstellen-opstellen")
    (proposal,) = werk.list("samenvoegvoorstellen")
    judged = {"status": "afgewezen", "grond": "Moeder en dochter."}
    assert werk.api.patch(proposal["url"], json=judged).status_code == 200
    assert werk.make("samenvoegvoorstellen-opstellen") == {"gemaakt": 0}


@pytest.mark.req("K12", "K13")
def test_from_unknown_to_known_is_one_act(werk: Contactwerk) -> None:
    contact = werk.contact(minutes_ago=60 * 24)
    unknown = werk.betrokkene(contact, contactnaam={"voornaam": "Noor", "achternaam": "Boer"})
    adres = werk.make("digitaleadressen", adres="n@b.nl", soortDigitaalAdres="email",
                      verstrektDoorBetrokkene=ref(unknown))  # fmt: skip
    answer = werk.api.post(f"{unknown['url']}/bekend-maken", json={"grond": "Zij belde weer."})
    assert answer.status_code == 200, answer.text
    (partij,) = werk.list("partijen")
    assert answer.json()["wasPartij"]["uuid"] == partij["uuid"]
    assert partij["partijIdentificatie"]["volledigeNaam"] == "Noor Boer"
    assert werk.read(adres)["verstrektDoorPartij"] is None
    twice = werk.api.post(f"{unknown['url']}/bekend-maken", json={"grond": "Weer."})
    assert twice.status_code == 409
    nameless = werk.betrokkene(contact)
    refused = werk.api.post(f"{nameless['url']}/bekend-maken", json={"grond": "Zo."})
    assert faults(refused) == {("partij", "required")}
    body = {"grond": "Bleek Noor.", "partij": ref(partij), "adressenMee": True}
    kept = werk.make("digitaleadressen", adres="m@b.nl", soortDigitaalAdres="email",
                     verstrektDoorBetrokkene=ref(nameless))  # fmt: skip
    answer = werk.api.post(f"{nameless['url']}/bekend-maken", json=body)
    assert answer.json()["wasPartij"]["uuid"] == partij["uuid"]
    assert werk.read(kept)["verstrektDoorPartij"]["uuid"] == partij["uuid"]


@pytest.mark.req("K18")
def test_how_sure_it_was_who_it_was_is_recorded(werk: Contactwerk) -> None:
    made = werk.betrokkene(werk.contact(), zekerheid="substantieel")
    assert made["zekerheid"] == "substantieel"
    body = {"hadKlantcontact": ref(werk.contact()), "rol": "klant", "initiator": True}
    assert faults(werk.post("betrokkenen", **body, zekerheid="zeker")) == {
        ("zekerheid", "invalid_choice")
    }
