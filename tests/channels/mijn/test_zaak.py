"""One zaak with all that belongs to it, and asking to stop it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from playwright.sync_api import expect

from loket.ledger.database import counted, one, rows
from loket.services.mijnservices import intrekken
from tests.channels.mijn.bladeren import SIZES, browsed, check, served
from tests.services.mijnservices.leven import key

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant
    from tests.services.mijnservices.leven import Leven

    Als = Callable[[Actor], Client]

TAKEN = "SELECT count(*) FROM klantinteracties_internetaak WHERE gevraagde_handeling LIKE 'Trek%%'"


def tekst(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


@pytest.mark.req("M37", "M39", "M49")
def test_a_zaak_shows_all_that_belongs_to_it_in_one_statement(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    dossier = leven.dossier(klant)
    client = als(klant.actor)
    with counted() as statements:
        page = client.get(f"/mijn-zaken/{dossier.zaak}/").content.decode()
    assert len([each for each in statements if "zaken_zaak" in each]) == 1
    for path in (
        f"documenten/{dossier.document}", f"documenten/{dossier.document}/lezen",
        f"mijn-taken/{dossier.taak}", f"mijn-berichten/{dossier.bericht}",
        f"mijn-contactmomenten/{dossier.contact}", f"mijn-zaken/{dossier.zaak}/vraag",
        f"mijn-zaken/{dossier.zaak}/intrekken",
    ):  # fmt: skip
        assert f'href="/{path}/"' in page, path
    shown = tekst(page)
    assert "U moet nog iets doen" in shown
    assert "U kunt bezwaar maken tot en met 1 januari 2099." in shown
    assert "Wat komt er nog? Stap 1 Stap 2 Stap 3" in shown
    assert str(dossier.concept) not in page


def test_a_zaak_that_ended_says_how_and_asks_nothing_more(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    zaak = leven.zaak(klant)
    leven.sluit(zaak)
    client = als(klant.actor)
    shown = tekst(client.get(f"/mijn-zaken/{key(zaak)}/").content.decode())
    assert "Deze zaak is klaar" in shown
    assert "Wat komt er nog?" not in shown
    assert "Aanvraag intrekken" not in shown
    answer = client.post(f"/mijn-zaken/{key(zaak)}/intrekken/", follow=True)
    assert "U kunt de aanvraag niet meer intrekken." in tekst(answer.content.decode())
    assert one(TAKEN)[0] == 0


def test_asking_to_stop_is_told_to_an_employee_and_closes_nothing(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    zaak = key(leven.zaak(klant))
    client = als(klant.actor)
    path = f"/mijn-zaken/{zaak}/intrekken/"
    assert "Tot die tijd loopt de zaak door." in client.get(path).content.decode()
    answer = client.post(path, {"reden": "Ik ga verhuizen."})
    assert (answer.status_code, answer["Location"]) == (302, f"/mijn-zaken/{zaak}/")
    shown = tekst(client.get(f"/mijn-zaken/{zaak}/").content.decode())
    assert "Wij hebben uw verzoek ontvangen." in shown
    assert "om deze aanvraag in te trekken. Wij laten u weten of dat kan." in shown
    assert "Aanvraag intrekken" not in shown
    assert one(TAKEN)[0] == 1
    (inhoud,) = one("SELECT inhoud FROM klantinteracties_klantcontact ORDER BY id DESC LIMIT 1")
    assert inhoud == "Ik ga verhuizen."
    assert one("SELECT einddatum FROM zaken_zaak WHERE id = %s", (zaak,))[0] is None


def test_who_comes_back_on_it_goes_on_and_may_ask_again(leven: Leven, als: Als) -> None:
    """What the employee had to do for the request is done with; the last word counts (J5)."""
    klant = leven.burger()
    zaak = key(leven.zaak(klant))
    client = als(klant.actor)
    page, stop, on = (f"/mijn-zaken/{zaak}/{path}" for path in ("", "intrekken/", "doorgaan/"))
    client.post(stop, {"reden": ""})
    assert "Toch doorgaan" in client.get(page).content.decode()
    shown = tekst(client.post(on, follow=True).content.decode())
    assert "Wij trekken uw aanvraag niet in." in shown
    assert "Aanvraag intrekken" in shown
    assert "Toch doorgaan" not in shown
    todo = rows(
        "SELECT left(gevraagde_handeling, 24), status FROM klantinteracties_internetaak ORDER BY id"
    )
    assert todo == [
        ("Trek de aanvraag van zaa", "verwerkt"), ("Trek de aanvraag van zaa", "te_verwerken"),
    ]  # fmt: skip
    again = tekst(client.post(on, follow=True).content.decode())
    assert "Er is geen verzoek om te stoppen." in again
    client.post(stop, {"reden": ""})
    assert "Toch doorgaan" in client.get(page).content.decode()
    assert one(TAKEN)[0] == 3


def test_coming_back_on_it_is_done_whole_or_not_at_all(
    leven: Leven, als: Als, monkeypatch: pytest.MonkeyPatch
) -> None:
    klant = leven.burger()
    zaak = key(leven.zaak(klant))
    client = als(klant.actor)
    client.post(f"/mijn-zaken/{zaak}/intrekken/", {"reden": ""})
    monkeypatch.setattr(intrekken, "namens", Mock(side_effect=RuntimeError("cut off")))
    with pytest.raises(RuntimeError, match="cut off"):
        client.post(f"/mijn-zaken/{zaak}/doorgaan/")
    assert one(TAKEN)[0] == 1
    assert "Toch doorgaan" in client.get(f"/mijn-zaken/{zaak}/").content.decode()


def test_a_request_to_stop_that_was_dealt_with_can_be_made_again(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    zaak = key(leven.zaak(klant))
    client = als(klant.actor)
    client.post(f"/mijn-zaken/{zaak}/intrekken/", {"reden": "Te duur."})
    [taak] = leven.contacten.list("internetaken")
    done = leven.api.patch(taak["url"], json={"status": "verwerkt"})
    assert done.status_code == 200, done.text
    shown = tekst(client.get(f"/mijn-zaken/{zaak}/").content.decode())
    assert "Dat hebben wij bekeken. De zaak loopt nog." in shown
    assert "Aanvraag intrekken" in shown


def test_asking_twice_is_asking_once(leven: Leven, als: Als) -> None:
    klant = leven.bedrijf()
    path = f"/mijn-zaken/{key(leven.zaak(klant))}/intrekken/"
    client = als(klant.actor)
    client.post(path, {"reden": ""})
    answer = client.post(path, {"reden": ""}, follow=True)
    assert "U vroeg al om deze aanvraag in te trekken." in tekst(answer.content.decode())
    assert one(TAKEN)[0] == 1


@pytest.mark.parametrize("reden", ["x" * 1001, "bel\x07"])
def test_a_reason_that_cannot_be_kept_is_said_and_stays_there(
    leven: Leven, als: Als, reden: str
) -> None:
    klant = leven.burger()
    path = f"/mijn-zaken/{key(leven.zaak(klant))}/intrekken/"
    answer = als(klant.actor).post(path, {"reden": reden})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="#reden"' in page
    assert 'aria-describedby="reden-fout"' in page
    assert f">{reden}</textarea>" in page
    assert one(TAKEN)[0] == 0


def test_nobody_asks_to_stop_a_zaak_of_another(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    zaak = key(leven.zaak(klant))
    path, on = f"/mijn-zaken/{zaak}/intrekken/", f"/mijn-zaken/{zaak}/doorgaan/"
    for other in (leven.burger("De Vries"), leven.bedrijf()):
        client = als(other.actor)
        assert client.get(path).status_code == 404
        assert client.post(path, {"reden": ""}).status_code == 404
        als(klant.actor).post(path, {"reden": ""})
        assert client.post(on).status_code == 404
    assert one(TAKEN)[0] == 1


@pytest.mark.browser
def test_the_pages_are_accessible_at_every_size(leven: Leven, als: Als, gemeente: Tenant) -> None:
    klant = leven.burger()
    dossier = leven.dossier(klant)
    with served(gemeente) as address, browsed(address, als(klant.actor)) as page:
        for size in SIZES.values():
            page.set_viewport_size({"width": size["width"], "height": size["height"]})
            for path in ("", "intrekken/"):
                page.goto(f"/mijn-zaken/{dossier.zaak}/{path}")
                check(page)
        page.get_by_label("Waarom wilt u stoppen?").fill("Niet meer nodig.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Wij hebben uw verzoek ontvangen.")).to_be_visible()
        check(page)
        on = page.get_by_role("button", name="Toch doorgaan")
        while not on.evaluate("button => button === document.activeElement"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Wij trekken uw aanvraag niet in.")).to_be_visible()
        check(page)
