"""One box: what is found by which question, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from loket.ledger.database import one
from tests.budgets.test_statements import statements
from tests.conftest import make_client
from tests.registers.klantinteracties.contactwerk import (
    Contactwerk,
    bsn,
    faults,
    identificator,
    ref,
)


def found(werk: Contactwerk, vraag: str) -> list[tuple[str, str]]:
    """Return what a question finds: of which kind, and its key."""
    answer = werk.post("zoek", vraag=vraag)
    assert answer.status_code == 200, answer.text
    return [(each["soort"], each["uuid"]) for each in answer.json()["gevonden"]]


@pytest.fixture
def eva(werk: Contactwerk) -> dict[str, Any]:
    """A person who can be found in every way."""
    naam = {"contactnaam": {"voornaam": "Eva", "voorvoegselAchternaam": "van",
                            "achternaam": "Müller-Jansen"}}  # fmt: skip
    partij = werk.make(
        "partijen", soortPartij="persoon", indicatieActief=True, partijIdentificatie=naam
    )
    for soort, adres in (("telefoonnummer", "0612345678"), ("email", "Eva.Muller@voorbeeld.nl")):
        werk.make("digitaleadressen", adres=adres, soortDigitaalAdres=soort,
                  verstrektDoorPartij=ref(partij))  # fmt: skip
    werk.persoon("Bakker")
    return partij


@pytest.mark.parametrize(
    "vraag",
    [
        "Eva Müller", "eva muller", "MULLER", "jansen eva", "muler", "Mullr Jansn", "eva janssen",
        "06-12 34 56 78", "+31 6 12345678", "0031612345678", "0612345678", "(06) 12345678",
        "eva.muller@voorbeeld.nl", "EVA.MULLER@",
    ],
)  # fmt: skip
def test_a_person_is_found_however_it_is_asked(
    werk: Contactwerk, eva: dict[str, Any], vraag: str
) -> None:
    assert found(werk, vraag)[:1] == [("partij", eva["uuid"])]


@pytest.mark.parametrize("vraag", ["Pietersen", "0687654321", "niemand@voorbeeld.nl", "99999999"])
def test_what_is_not_there_is_not_found(werk: Contactwerk, eva: dict[str, Any], vraag: str) -> None:
    del eva
    assert found(werk, vraag) == []


def test_numbers_find_what_they_are_of(werk: Contactwerk) -> None:
    company = werk.organisatie(partijIdentificatoren=[identificator("kvk_nummer", "12345678")])
    contact = werk.contact(referentienummer="4711")
    assert found(werk, "12345678") == [("partij", company["uuid"])]
    assert ("klantcontact", contact["uuid"]) in found(werk, "4711")
    assert ("partij", company["uuid"]) in found(werk, company["nummer"].lstrip("0"))


def test_words_find_what_was_said(werk: Contactwerk) -> None:
    contact = werk.contact(onderwerp="Losse stoeptegel", inhoud="Meneer heeft een gat gemeld.")
    werk.contact(onderwerp="Paspoort")
    assert found(werk, "stoeptegels") == [("klantcontact", contact["uuid"])]
    assert found(werk, "gat gemeld") == [("klantcontact", contact["uuid"])]


def test_whom_we_do_not_know_is_found_by_the_contact(werk: Contactwerk) -> None:
    contact = werk.contact()
    melder = werk.betrokkene(contact, contactnaam={"voornaam": "Noor", "achternaam": "Boer"})
    werk.make("digitaleadressen", adres="0611223344", soortDigitaalAdres="telefoonnummer",
              verstrektDoorBetrokkene=ref(melder))  # fmt: skip
    assert found(werk, "noor boer") == [("klantcontact", contact["uuid"])]
    assert found(werk, "+31611223344") == [("klantcontact", contact["uuid"])]


def test_a_bsn_is_searched_for_a_purpose_and_logged(werk: Contactwerk) -> None:
    number = bsn()
    partij = werk.persoon(partijIdentificatoren=[identificator("bsn", number)])
    rights = [{"component": "klantinteracties", "scopes": ["klantinteracties.lezen"]}]
    aimless = Contactwerk(make_client("doelloos", rights, purposes=()))
    before = one("SELECT count(*) FROM ledger_verwerking")[0]
    answer = aimless.post("zoek", vraag=number)
    assert answer.json()["gevonden"] == []
    assert "doelbinding" in answer.json()["melding"]
    assert one("SELECT count(*) FROM ledger_verwerking")[0] == before
    assert found(werk, number) == [("partij", partij["uuid"])]
    assert one("SELECT count(*) FROM ledger_verwerking")[0] == before + 1


def test_what_was_removed_is_found_no_more(werk: Contactwerk, eva: dict[str, Any]) -> None:
    assert werk.api.delete(eva["url"]).status_code == 204
    assert found(werk, "Eva Müller") == []
    assert one("SELECT count(*) FROM klantinteracties_naamwoord WHERE woord = 'muller'")[0] == 0
    assert one("SELECT count(*) FROM klantinteracties_naamwoord WHERE woord = 'bakker'")[0] == 1


def test_a_search_is_one_statement_within_the_rights(
    werk: Contactwerk, eva: dict[str, Any]
) -> None:
    del eva
    werk.post("zoek", vraag="muller")
    for vraag in ("muller", "0612345678", "eva.muller@"):
        with statements() as noted:
            werk.post("zoek", vraag=vraag)
        assert len(noted) == 2, noted  # the version of the rights, and the search
    stranger = make_client("vreemd", [{"component": "nrc", "scopes": ["notificaties.consumeren"]}])
    assert Contactwerk(stranger).post("zoek", vraag="muller").status_code == 403


@pytest.mark.parametrize("vraag", ["", "x", " x ", "x" * 201, 7, None, "a\x00b"])
def test_a_question_is_a_few_words(werk: Contactwerk, vraag: Any) -> None:
    assert faults(werk.post("zoek", vraag=vraag)) == {("vraag", "invalid")}


@pytest.mark.parametrize("vraag", ["%%", "__", "!!", "' OR 1=1", "a%b@c", "\\@", "de het een"])
def test_odd_signs_find_nothing_and_break_nothing(
    werk: Contactwerk, eva: dict[str, Any], vraag: str
) -> None:
    del eva
    assert found(werk, vraag) == []
