"""Mijn contactmomenten: the list, one contact, saying that it is not right, and asking."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from loket.ledger.database import counted
from tests.services.mijnservices.leven import key

from .test_mijnberichten import text

if TYPE_CHECKING:
    from tests.services.mijnservices.leven import Leven

    from .test_mijnberichten import Als

LIJST = "/mijn-contactmomenten/"


@pytest.mark.req("M15", "M47", "M48", "M49")
def test_contacts_are_seen_all_and_for_one_zaak(leven: Leven, als: Als) -> None:
    klant, ander = leven.burger(), leven.burger("De Vries")
    browser = als(klant.actor)
    assert "U had nog geen contact met ons" in text(browser, LIJST)
    zaak, leeg = leven.zaak(klant), leven.zaak(klant)
    leven.contact(klant, zaak, onderwerp="Heeft gevraagd naar de kosten")
    leven.contact(klant, onderwerp="Heeft een paspoort gehaald", kanaal="balie")
    leven.contact(ander, onderwerp="Heeft iets anders gevraagd")
    with counted() as statements:
        page = text(browser, LIJST)
    assert sum("klantinteracties_klantcontact" in each for each in statements) == 1
    for said in ("Heeft gevraagd naar de kosten", "Heeft een paspoort gehaald", "Aan de balie",
                 "U nam contact op"):  # fmt: skip
        assert said in page
    assert "iets anders" not in page
    page = text(browser, f"{LIJST}?zaak={key(zaak)}")
    assert "Heeft gevraagd naar de kosten" in page
    assert "paspoort" not in page
    assert "nog geen contact over deze zaak" in text(browser, f"{LIJST}?zaak={key(leeg)}")
    for wrong in (uuid4(), "x", ""):
        text(browser, f"{LIJST}?zaak={wrong}", 404)
    text(als(ander.actor), f"{LIJST}?zaak={key(zaak)}", 404)
    text(browser, f"{LIJST}?bladzijde=2", 404)


@pytest.mark.req("J5", "K7")
def test_somebody_objects_and_sees_the_correction_beside_the_first_text(
    leven: Leven, als: Als
) -> None:
    klant, ander = leven.burger(), leven.burger("De Vries")
    zaak = leven.zaak(klant)
    contact = leven.contact(klant, zaak, inhoud="Mevrouw heeft afgezegd.", reactie="Dat is goed.")
    path = f"{LIJST}{key(contact)}/"
    browser = als(klant.actor)
    with counted() as statements:
        page = text(browser, path)
    assert sum("klantinteracties_klantcontact" in each for each in statements) == 1
    for said in ("Mevrouw heeft afgezegd.", "Dat is goed.", f"/mijn-zaken/{key(zaak)}/",
                 "Dit klopt niet"):  # fmt: skip
        assert said in page
    assert "Mevrouw heeft afgezegd." in text(browser, f"{path}klopt-niet/")
    wrong = browser.post(f"{path}klopt-niet/", {"tekst": " "})
    assert (wrong.status_code, "Vul uw tekst in." in wrong.content.decode()) == (400, True)
    for _ in range(2):
        answer = browser.post(f"{path}klopt-niet/", {"tekst": "Ik heb niet afgezegd."})
        assert answer.status_code == 302
    page = text(browser, path)
    for said in ("om verbetering is verstuurd", "om verbetering.", "Wij bekijken dit nog.",
                 "Ik heb niet afgezegd."):  # fmt: skip
        assert said in page
    assert "klopt-niet" not in page
    assert browser.get(f"{path}klopt-niet/").status_code == 302
    again = browser.post(f"{path}klopt-niet/", {"tekst": "En nog iets."})
    assert (again.status_code, "U vroeg al" in again.content.decode()) == (409, True)
    leven.api.patch(contact["url"], json={
        "inhoud": "Mevrouw heeft iets gevraagd.", "wijzigingsgrond": "correctie",
        "wijzigingstoelichting": "Op verzoek.",
    }).raise_for_status()  # fmt: skip
    [taak] = leven.contacten.list("internetaken")
    leven.api.patch(taak["url"], json={"status": "verwerkt"}).raise_for_status()
    page = text(browser, path)
    for said in ("Mevrouw heeft iets gevraagd.", "Eerder stond er", "Mevrouw heeft afgezegd.",
                 "verbeterd", "Dit is afgehandeld."):  # fmt: skip
        assert said in page
    for other in (path, f"{path}klopt-niet/"):
        text(als(ander.actor), other, 404)
    assert als(ander.actor).post(f"{path}klopt-niet/", {"tekst": "Nee."}).status_code == 404


@pytest.mark.req("J5", "M10")
def test_a_question_about_a_zaak_is_sent_and_says_when_it_is_answered(
    leven: Leven, als: Als
) -> None:
    klant, ander = leven.burger(), leven.burger("De Vries")
    zaak = key(leven.zaak(klant))
    path = f"/mijn-zaken/{zaak}/vraag/"
    browser = als(klant.actor)
    assert "zo snel mogelijk antwoord" in text(browser, path)
    leven.contacten.make("contactnormen", onderwerp="", kanaal="", termijn=5)
    assert "binnen 5 werkdagen antwoord" in text(browser, path)
    wrong = browser.post(path, {"onderwerp": "", "tekst": "x" * 1001})
    page = wrong.content.decode()
    assert wrong.status_code == 400
    assert page.index("Vul in waar uw vraag over gaat.") < page.index("Maak uw tekst korter")
    assert 'href="#onderwerp"' in page
    answer = browser.post(path, {"onderwerp": "de kosten", "tekst": "Wat kost het?"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith(LIJST)
    for said in ("Uw vraag is verstuurd. U krijgt uiterlijk op", "Wij zijn hier nog mee bezig.",
                 "Heeft een vraag gesteld over “de kosten”", "Wat kost het?"):  # fmt: skip
        assert said in page
    [taak] = leven.contacten.list("internetaken")
    leven.api.patch(taak["url"], json={"status": "verwerkt"}).raise_for_status()
    assert "Afgehandeld." in text(browser, answer.redirect_chain[-1][0])
    text(als(ander.actor), path, 404)
    assert als(ander.actor).post(path, {"onderwerp": "x", "tekst": "y"}).status_code == 404


def test_when_the_municipality_cannot_take_it_nothing_breaks(leven: Leven, als: Als) -> None:
    """Its list of kanalen is fixed and knows no portal: what was typed is kept."""
    klant = leven.burger()
    zaak = key(leven.zaak(klant))
    [decided] = leven.contacten.list("contactinstellingen")
    leven.api.patch(decided["url"], json={"vasteLijsten": ["kanaal"]}).raise_for_status()
    for each in leven.contacten.list("referentiewaarden", lijst="kanaal"):
        leven.api.delete(each["url"]).raise_for_status()
    answer = als(klant.actor).post(
        f"/mijn-zaken/{zaak}/vraag/", {"onderwerp": "de kosten", "tekst": "Wat kost het?"}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Dit lukt nu niet." in page
    assert "Wat kost het?" in page
    assert leven.contacten.list("internetaken") == []
