"""Where one arrives: what asks attention now, and searching in all that is one's own."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from loket.ledger.database import counted
from tests.channels.mijn.bladeren import PHONE, SIZES, browsed, check, served

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant
    from tests.services.mijnservices.leven import Leven

    Als = Callable[[Actor], Client]


def tekst(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.mark.req("M35", "M40", "M44", "M47")
def test_it_shows_what_asks_attention_in_one_statement(leven: Leven, als: Als) -> None:
    for klant in (leven.burger(), leven.bedrijf()):
        dossier = leven.dossier(klant)
        client = als(klant.actor)
        with counted() as statements:
            page = client.get("/overzicht/").content.decode()
        assert len([each for each in statements if "taken_externetaak" in each]) <= 2
        for path in (f"mijn-zaken/{dossier.zaak}", f"mijn-taken/{dossier.taak}",
                     f"mijn-berichten/{dossier.bericht}"):  # fmt: skip
            assert f'href="/{path}/"' in page


def test_of_much_the_first_stand_there_and_all_is_counted(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    for _ in range(7):
        leven.zaak(klant)
    shown = tekst(als(klant.actor), "/overzicht/")
    assert "Lopende zaken (7)" in shown
    assert shown.count("Parkeervergunning") == 5
    assert "Alle zaken" in shown


def test_who_has_nothing_is_welcome(leven: Leven, als: Als) -> None:
    leven.dossier(leven.burger("De Vries"))
    shown = tekst(als(leven.burger().actor), "/overzicht/")
    assert "Welkom. Er loopt nu niets voor u." in shown
    assert "Kijk of uw gegevens kloppen" in shown
    assert "Parkeervergunning" not in shown


@pytest.mark.req("M35")
def test_one_finds_ones_own_marked_and_nothing_of_another(leven: Leven, als: Als) -> None:
    klant, ander = leven.burger(), leven.burger("De Vries")
    leven.dossier(klant)
    page = als(klant.actor).get("/zoeken/?q=parkeer").content.decode()
    assert "<mark>Parkeer</mark>vergunning" in page
    shown = tekst(als(ander.actor), "/zoeken/?q=parkeer")
    assert "Wij vonden niets met “parkeer”." in shown


def test_what_is_bold_in_a_bericht_shows_no_signs_among_what_is_found(
    leven: Leven, als: Als
) -> None:
    klant = leven.burger()
    leven.bericht(klant, berichtTekst="Wij hebben **besloten**.")
    page = als(klant.actor).get("/zoeken/?q=besloten").content.decode()
    assert "Wij hebben <mark>besloten</mark>." in page


@pytest.mark.parametrize("q", ["", "x", "%00x", "x" * 101])
def test_what_cannot_be_searched_is_said_and_kept(leven: Leven, als: Als, q: str) -> None:
    client = als(leven.burger().actor)
    page = client.get(f"/zoeken/?q={q}").content.decode()
    assert "Typ minstens 2 en hoogstens 100 tekens." in page
    assert 'aria-describedby="q-fout"' in page
    assert "<title>Fout:" in page


@pytest.mark.parametrize(
    "query", ["soort=x", "soort=zaken&bladzijde=0", "soort=zaken&bladzijde=9", "bladzijde=x"]
)
def test_an_address_that_cannot_be_is_not_there(leven: Leven, als: Als, query: str) -> None:
    klant = leven.burger()
    leven.zaak(klant)
    assert als(klant.actor).get(f"/zoeken/?q=parkeer&{query}").status_code == 404


def test_what_somebody_types_is_no_markup(leven: Leven, als: Als) -> None:
    page = als(leven.burger().actor).get("/zoeken/?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


@pytest.mark.browser
def test_the_pages_are_accessible_at_every_size(leven: Leven, als: Als, gemeente: Tenant) -> None:
    klant = leven.burger()
    leven.dossier(klant)
    leven.taak(klant, titel="Stuur uw paspoort op", startdatum="2026-01-01",
               einddatumHandelingsTermijn="2026-01-02", datumHerinnering=None)  # fmt: skip
    leeg = leven.burger("De Vries")
    with served(gemeente) as address, browsed(address, als(klant.actor)) as page:
        for size in SIZES.values():
            page.set_viewport_size({"width": size["width"], "height": size["height"]})
            for path in ("/overzicht/", "/zoeken/?q=parkeer", "/zoeken/?q=x", "/zoeken/"):
                page.goto(path)
                check(page)
    with (
        served(gemeente) as address,
        browsed(address, als(leeg.actor), viewport=PHONE, java_script_enabled=False) as page,
    ):
        page.goto("/overzicht/")
        expect(page.get_by_text("Welkom.")).to_be_visible()


@pytest.mark.browser
def test_by_keyboard_one_searches_and_opens_what_was_found(
    leven: Leven, als: Als, gemeente: Tenant
) -> None:
    klant = leven.burger()
    leven.dossier(klant)
    with served(gemeente) as address, browsed(address, als(klant.actor)) as page:
        page.goto("/overzicht/")
        page.get_by_role("searchbox").focus()
        page.keyboard.type("parkeer")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").filter(has_text="Gevonden")).to_be_visible()
        link = page.get_by_role("link", name="Parkeervergunning").first
        link.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Parkeervergunning")
