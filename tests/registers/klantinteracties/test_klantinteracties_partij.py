"""Partijen: whom the municipality knows, under which numbers, and who may see those."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from loket.ledger.database import one, rows
from tests.conftest import make_client
from tests.registers.klantinteracties.contactwerk import (
    ROOT,
    Contactwerk,
    bsn,
    faults,
    identificator,
    ref,
)

KVK, VESTIGING, RSIN = "12345678", "000012345678", "807287684"
NUMMER = "partijIdentificator.objectId"


@pytest.mark.req("K16")
def test_a_partij_is_made_whole_at_once(werk: Contactwerk) -> None:
    number = bsn()
    made = werk.persoon(
        partijIdentificatoren=[identificator("bsn", number)],
        bezoekadres={"straatnaam": "Kerkstraat", "huisnummer": 1, "postcode": "1234 AB",
                     "stad": "Utrecht"},
    )  # fmt: skip
    assert made["partijIdentificatie"]["volledigeNaam"] == "Eva Jansen"
    assert made["nummer"].isdigit()
    [shown] = made["partijIdentificatoren"]
    assert shown["partijIdentificator"]["objectId"] == number
    assert shown["identificeerdePartij"]["uuid"] == made["uuid"]
    events = rows(
        "SELECT resource, actie, main_key::text FROM ledger_event WHERE register = %s "
        "ORDER BY position",
        ("klantinteracties",),
    )
    mine = [each for each in events if each[2] == made["uuid"]]
    assert [each[:2] for each in mine] == [
        ("partijen", "create"), ("partij-identificatoren", "create"),
    ]  # fmt: skip


def test_faults_of_what_goes_along_are_told_where_they_stand(werk: Contactwerk) -> None:
    wrong = [identificator("bsn", "123456789"), identificator("kvk_nummer", "1"),
             identificator("vestigingsnummer", VESTIGING)]  # fmt: skip
    body = {"soortPartij": "persoon", "indicatieActief": True, "partijIdentificatoren": wrong}
    assert faults(werk.post("partijen", **body)) == {
        (f"partijIdentificatoren.0.{NUMMER}", "invalid"),
        (f"partijIdentificatoren.1.{NUMMER}", "invalid-length"),
        ("partijIdentificatoren.2.subIdentificatorVan", "sub_identificator_van"),
    }
    assert werk.list("partijen") == []


def test_numbers_are_changed_added_and_let_go_as_a_whole(werk: Contactwerk) -> None:
    made = werk.organisatie(
        partijIdentificatoren=[identificator("kvk_nummer", KVK), identificator("rsin", RSIN)]
    )
    kvk = next(
        each for each in made["partijIdentificatoren"]
        if each["partijIdentificator"]["codeSoortObjectId"] == "kvk_nummer"
    )  # fmt: skip
    other = {**identificator("kvk_nummer", "87654321"), "uuid": kvk["uuid"]}
    shown = werk.api.patch(made["url"], json={"partijIdentificatoren": [other]}).json()
    [only] = shown["partijIdentificatoren"]
    assert (only["uuid"], only["partijIdentificator"]["objectId"]) == (kvk["uuid"], "87654321")
    untouched = werk.api.patch(made["url"], json={"voorkeurstaal": "nld"}).json()
    assert untouched["partijIdentificatoren"] == shown["partijIdentificatoren"]
    twice = werk.api.patch(made["url"], json={"partijIdentificatoren": [other, other]})
    assert faults(twice) == {("partijIdentificatoren.1.uuid", "duplicated")}
    strange = {**other, "uuid": made["uuid"]}
    answer = werk.api.patch(made["url"], json={"partijIdentificatoren": [strange]})
    assert faults(answer) == {("partijIdentificatoren.0.uuid", "does_not_exist")}
    foreign = {**other, "identificeerdePartij": ref(werk.persoon())}
    answer = werk.api.patch(made["url"], json={"partijIdentificatoren": [foreign]})
    assert faults(answer) == {("partijIdentificatoren.0.identificeerdePartij", "invalid")}
    none = werk.api.patch(made["url"], json={"partijIdentificatoren": []}).json()
    assert none["partijIdentificatoren"] == []


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        ("bsn", "12345678", "invalid-length"),
        ("bsn", "123456789", "invalid"),
        ("bsn", "", "blank"),
        ("rsin", "807287685", "invalid"),
        ("kvk_nummer", "1234567a", "only-digits"),
        ("kvk_nummer", "", "blank"),
        ("vestigingsnummer", "1234", "invalid-length"),
    ],
)
def test_a_number_is_of_its_kind(werk: Contactwerk, kind: str, number: str, code: str) -> None:
    told = faults(werk.post("partij-identificatoren", **identificator(kind, number)))
    assert (NUMMER, code) in told


@pytest.mark.parametrize("code", ["codeRegister", "codeObjecttype"])
def test_the_codes_fit_each_other(werk: Contactwerk, code: str) -> None:
    body = identificator("kvk_nummer", KVK)
    body["partijIdentificator"][code] = {"codeRegister": "brp"}.get(code, "vestiging")
    told = faults(werk.post("partij-identificatoren", **body))
    assert told == {(f"partijIdentificator.{code}", "invalid")}


def test_a_vestiging_is_part_of_a_company(werk: Contactwerk) -> None:
    kvk = werk.make("partij-identificatoren", **identificator("kvk_nummer", KVK))
    rsin = werk.make("partij-identificatoren", **identificator("rsin", RSIN))
    wrong = identificator("vestigingsnummer", VESTIGING, subIdentificatorVan=ref(rsin))
    told = {("subIdentificatorVan", "sub_identificator_van")}
    assert faults(werk.post("partij-identificatoren", **wrong)) == told
    right = identificator("vestigingsnummer", VESTIGING, subIdentificatorVan=ref(kvk))
    made = werk.make("partij-identificatoren", **right)
    assert faults(werk.post("partij-identificatoren", **right)) == {(NUMMER, "unique")}
    moved = werk.api.patch(kvk["url"], json=identificator("rsin", "002564440"))
    told = {("partijIdentificator.codeSoortObjectId", "invalid")}
    assert told <= faults(moved)
    assert faults(werk.api.delete(kvk["url"])) == {("nonFieldErrors", "invalid")}
    assert werk.api.delete(made["url"]).status_code == 204
    assert werk.api.delete(kvk["url"]).status_code == 204


def test_a_number_is_of_one_partij_and_a_partij_has_one_of_a_kind(werk: Contactwerk) -> None:
    number = bsn()
    first = werk.persoon(partijIdentificatoren=[identificator("bsn", number)])
    again = identificator("bsn", number, identificeerdePartij=ref(werk.persoon("Smit")))
    assert faults(werk.post("partij-identificatoren", **again)) == {(NUMMER, "unique")}
    second = identificator("bsn", bsn(), identificeerdePartij=ref(first))
    told = {("partijIdentificator.codeSoortObjectId", "unique")}
    assert faults(werk.post("partij-identificatoren", **second)) == told


@pytest.mark.req("K17")
def test_one_human_may_be_known_with_and_without_a_bsn(werk: Contactwerk) -> None:
    course = werk.persoon("Yilmaz")
    passport = werk.persoon("Yilmaz", partijIdentificatoren=[identificator("bsn", bsn())])
    assert course["partijIdentificatoren"] == []
    assert course["uuid"] != passport["uuid"]


def test_who_is_preferred_must_be_ones_own(werk: Contactwerk) -> None:
    partij, stranger = werk.persoon(), werk.persoon("Smit")
    own, other = (
        werk.make("digitaleadressen", adres="a@b.nl", soortDigitaalAdres="email",
                  verstrektDoorPartij=ref(each))
        for each in (partij, stranger)
    )  # fmt: skip
    wrong = werk.api.patch(partij["url"], json={"voorkeursDigitaalAdres": ref(other)})
    assert faults(wrong) == {("voorkeursDigitaalAdres", "invalid")}
    right = werk.api.patch(partij["url"], json={"voorkeursDigitaalAdres": ref(own)})
    assert right.json()["voorkeursDigitaalAdres"]["uuid"] == own["uuid"]


def test_links_are_what_is_given(werk: Contactwerk) -> None:
    loose, other = (
        werk.make("digitaleadressen", adres=f"{name}@b.nl", soortDigitaalAdres="email")
        for name in ("een", "twee")
    )
    made = werk.persoon(digitaleAdressen=[ref(loose), ref(other)])
    assert {each["uuid"] for each in made["digitaleAdressen"]} == {loose["uuid"], other["uuid"]}
    fewer = werk.api.patch(made["url"], json={"digitaleAdressen": [ref(other)]}).json()
    assert [each["uuid"] for each in fewer["digitaleAdressen"]] == [other["uuid"]]
    assert werk.read(loose)["verstrektDoorPartij"] is None
    nobody = {"uuid": made["uuid"]}
    wrong = werk.api.patch(made["url"], json={"digitaleAdressen": [nobody]})
    assert {name for name, _ in faults(wrong)} == {"digitaleAdressen.0"}


def test_a_contactpersoon_works_for_an_organisation(werk: Contactwerk) -> None:
    company, person = werk.organisatie(), werk.persoon()
    body: dict[str, Any] = {"soortPartij": "contactpersoon", "indicatieActief": True}

    def form(of: dict[str, Any]) -> dict[str, Any]:
        return {"contactnaam": {"achternaam": "Bos"}, "werkteVoorPartij": ref(of)}

    wrong = werk.post("partijen", **body, partijIdentificatie=form(person))
    assert faults(wrong) == {("partijIdentificatie.werkteVoorPartij", "invalid")}
    made = werk.make("partijen", **body, partijIdentificatie=form(company))
    shown = made["partijIdentificatie"]
    assert shown["werkteVoorPartij"] == {"uuid": company["uuid"], "url": company["url"]}
    assert shown["volledigeNaam"] == "Bos"
    absent = form({"uuid": "0190a6e2-0000-7000-8000-00000000dead"})
    told = faults(werk.post("partijen", **body, partijIdentificatie=absent))
    assert {name for name, _ in told} == {"partijIdentificatie.werkteVoorPartij"}
    assert werk.api.delete(company["url"]).status_code == 204
    assert werk.read(made)["partijIdentificatie"]["werkteVoorPartij"] is None


@pytest.mark.req("K11", "K12", "K13")
def test_whom_we_do_not_know_stays_with_the_contact(werk: Contactwerk) -> None:
    contact = werk.contact()
    unknown = werk.betrokkene(contact, contactnaam={"voorletters": "A.", "achternaam": "Boer"})
    werk.make("digitaleadressen", adres="0612345678", soortDigitaalAdres="telefoonnummer",
              verstrektDoorBetrokkene=ref(unknown))  # fmt: skip
    assert (unknown["wasPartij"], unknown["volledigeNaam"]) == (None, "A. Boer")
    assert werk.list("partijen") == []
    known = werk.persoon()
    werk.betrokkene(werk.contact(), wasPartij=ref(known))
    expanded = werk.list("partijen", expand="betrokkenen,betrokkenen.hadKlantcontact")
    assert len(expanded[0]["_expand"]["betrokkenen"]) == 1
    named = {"hadBetrokkene__wasPartij": "false"}
    assert [each["url"] for each in werk.list("klantcontacten", **named)] == [contact["url"]]
    assert werk.api.delete(known["url"]).status_code == 204
    assert len(werk.list("klantcontacten")) == 2


@pytest.mark.req("K15")
def test_who_gives_only_an_email_address_stays_unknown(werk: Contactwerk) -> None:
    contact = werk.contact(kanaal="e-formulier", onderwerp="Losse stoeptegel")
    melder = werk.betrokkene(contact)
    werk.make("digitaleadressen", adres="melder@voorbeeld.nl", soortDigitaalAdres="email",
              verstrektDoorBetrokkene=ref(melder))  # fmt: skip
    found = {"hadBetrokkene__digitaaladres__adres__icontains": "melder@"}
    assert [each["url"] for each in werk.list("klantcontacten", **found)] == [contact["url"]]
    assert werk.list("partijen") == []


def _asked(prefix: str, kind: str, number: str) -> dict[str, str]:
    codes = identificator(kind, number)["partijIdentificator"]
    return {f"{prefix}__{name}": value for name, value in codes.items()}


def test_a_number_is_found_as_a_whole(werk: Contactwerk) -> None:
    number = bsn()
    person = werk.persoon(partijIdentificatoren=[identificator("bsn", number)])
    company = werk.organisatie(
        partijIdentificatoren=[identificator("kvk_nummer", KVK), identificator("rsin", RSIN)]
    )
    werk.betrokkene(werk.contact(), wasPartij=ref(person))
    for prefix, path in (
        ("partijIdentificator", "partijen"),
        ("wasPartij__partijIdentificator", "betrokkenen"),
        ("hadBetrokkene__wasPartij__partijIdentificator", "klantcontacten"),
    ):
        assert len(werk.list(path, **_asked(prefix, "bsn", number))) == 1
        assert werk.list(path, **_asked(prefix, "bsn", bsn())) == []
    mixed = _asked("partijIdentificator", "kvk_nummer", RSIN)
    assert werk.list("partijen", **mixed) == []
    bare = {"partijIdentificator__objectId": KVK}
    assert [each["url"] for each in werk.list("partijen", **bare)] == [company["url"]]
    bare = {"partijIdentificator__objectId": number}
    assert [each["url"] for each in werk.list("partijen", **bare)] == [person["url"]]
    bare = {"partijIdentificator__objectId": RSIN}
    assert [each["url"] for each in werk.list("partijen", **bare)] == [company["url"]]


@pytest.mark.req("K16")
def test_a_bsn_is_nowhere_but_where_there_is_a_purpose(werk: Contactwerk) -> None:
    """Not in a list, the ledger, a log line or an error; in a detail for a purpose, and logged."""
    number = bsn()
    made = werk.persoon(partijIdentificatoren=[identificator("bsn", number)])
    [shown] = made["partijIdentificatoren"]
    again = werk.post("partij-identificatoren", **identificator("bsn", number))
    rights = [{"component": "klantinteracties", "scopes": ["klantinteracties.lezen"]}]
    aimless = Contactwerk(make_client("doelloos", rights, purposes=()))
    answers = [
        again,
        werk.api.get(f"{ROOT}/partijen"),
        werk.api.get(f"{ROOT}/partij-identificatoren"),
        werk.api.get(f"{made['url']}/audittrail"),
        aimless.api.get(made["url"]),
        aimless.api.get(shown["url"]),
    ]
    assert [each.status_code for each in answers] == [400, 200, 200, 200, 200, 200]
    assert not [each.text for each in answers if number in each.text]
    kept = rows("SELECT row_to_json(e)::text FROM ledger_event e")
    assert not [each for (each,) in kept if number in each]
    assert not [each for (each,) in rows(
        "SELECT row_to_json(i)::text FROM klantinteracties_partijidentificator i"
    ) if number in each]  # fmt: skip
    before = one("SELECT count(*) FROM ledger_verwerking")[0]
    assert werk.read(shown)["partijIdentificator"]["objectId"] == number
    assert one("SELECT count(*) FROM ledger_verwerking")[0] == before + 1
    asked = _asked("partijIdentificator", "bsn", number)
    refused = aimless.api.get(f"{ROOT}/partijen", params=asked)
    assert (refused.status_code, number in refused.text) == (403, False)


@pytest.mark.req("K16")
@pytest.mark.parametrize("kind", ["bsn", None])
def test_the_address_of_the_next_page_holds_no_bsn(werk: Contactwerk, kind: str | None) -> None:
    """It can be followed all the same; what somebody else sealed, or long ago, is refused."""
    number = bsn()
    partij = werk.persoon(partijIdentificatoren=[identificator("bsn", number)])
    contacts = {werk.contact()["url"] for _ in range(3)}
    for url in contacts:
        werk.betrokkene({"uuid": url.rsplit("/", 1)[1]}, wasPartij=ref(partij))
    name = "hadBetrokkene__wasPartij__partijIdentificator"
    asked = {f"{name}__objectId": number, "pageSize": "1"}
    if kind:
        asked[f"{name}__codeSoortObjectId"] = kind
    seen: set[str] = set()
    following: Any = f"{ROOT}/klantcontacten?{urlencode(asked)}"
    for _ in range(3):
        answer = werk.api.get(following)
        assert answer.status_code == 200, answer.text
        assert number not in answer.text
        shown = answer.json()
        assert shown["count"] == 3
        seen |= {each["url"] for each in shown["results"]}
        following = shown["next"]
    assert (seen, following) == (contacts, None)
    back = werk.api.get(f"{ROOT}/klantcontacten", params={**asked, "page": "2"}).json()["previous"]
    assert number not in back
    forged = werk.api.get(back.replace("gesloten.", "gesloten.x"))
    assert (forged.status_code, forged.json().get("count")) == ((400, None) if kind else (200, 0))


def test_a_change_without_the_bsn_keeps_it(werk: Contactwerk) -> None:
    """Who reads a masked number and writes it back takes nothing away."""
    number = bsn()
    made = werk.persoon(partijIdentificatoren=[identificator("bsn", number)])
    [shown] = made["partijIdentificatoren"]
    scopes = ["klantinteracties.lezen", "klantinteracties.bijwerken"]
    rights = [{"component": "klantinteracties", "scopes": scopes}]
    clerk = make_client("doelloos", rights, purposes=())
    masked = clerk.get(shown["url"]).json()
    assert masked["partijIdentificator"]["objectId"] == ""
    body = {name: masked[name] for name in ("identificeerdePartij", "partijIdentificator")}
    assert clerk.put(shown["url"], json=body).status_code == 200
    assert werk.read(shown)["partijIdentificator"]["objectId"] == number


def test_one_partij_acts_for_another_once(werk: Contactwerk) -> None:
    mother, child = werk.persoon("Moeder"), werk.persoon("Kind")
    body = {"vertegenwoordigendePartij": ref(mother), "vertegenwoordigdePartij": ref(child)}
    werk.make("vertegenwoordigingen", **body)
    assert faults(werk.post("vertegenwoordigingen", **body)) == {("nonFieldErrors", "unique")}
    assert [each["uuid"] for each in werk.read(mother)["vertegenwoordigden"]] == [child["uuid"]]
    itself = {**body, "vertegenwoordigdePartij": ref(mother)}
    assert faults(werk.post("vertegenwoordigingen", **itself)) == {
        ("vertegenwoordigdePartij", "invalid")
    }
    found = werk.list("partijen", vertegenwoordigdePartij__uuid=child["uuid"])
    assert [each["url"] for each in found] == [mother["url"]]


def test_categories_say_their_name_where_they_are_referred_to(werk: Contactwerk) -> None:
    club = werk.make("categorieen", naam="Vereniging")
    partij = werk.organisatie()
    made = werk.make("categorie-relaties", partij=ref(partij), categorie=ref(club))
    assert made["categorie"]["naam"] == "Vereniging"
    assert made["beginDatum"]
    [shown] = werk.read(partij)["categorieRelaties"]
    assert shown["categorieNaam"] == "Vereniging"
    found = werk.list("partijen", categorierelatie__categorie__naam="Vereniging")
    assert [each["url"] for each in found] == [partij["url"]]
