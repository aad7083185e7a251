from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.conf import settings

from loket.kernel import tenant
from loket.kernel.actor import Kind

from .voorbeeld import AFGEROND, ELDERS, LANG, LOPEND

if TYPE_CHECKING:
    from django.test import Client

    from .voorbeeld import MijnZaken

ZAAK = f"/mijn-zaken/{LOPEND.regel.uuid}/"
ANOTHER = "/mijn-zaken/44444444-4444-4444-8444-444444444444/"


def text(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def rows(markup: str) -> list[str]:
    return [text(row) for row in re.findall(r"<tr.*?</tr>", markup, re.DOTALL)]


@pytest.mark.parametrize("path", ["/mijn-zaken/", ZAAK, ANOTHER])
def test_nobody_sees_zaken_without_logging_in(client: Client, mijn: MijnZaken, path: str) -> None:
    mijn.lopend = [LOPEND]
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"] == f"/inloggen/?volgende={path.replace('/', '%2F')}"
    assert mijn.actors == []


@pytest.mark.req("M35")
def test_a_running_zaak_has_its_four_fields(ingelogd: Client, mijn: MijnZaken) -> None:
    mijn.lopend = [LOPEND]
    head, row = rows(page(ingelogd, "/mijn-zaken/"))
    assert head == "Omschrijving Zaaknummer Registratiedatum Status"
    assert row == (
        "Parkeervergunning Dorpsstraat Zaaknummer ZAAK-2026-0000000123 "
        "Registratiedatum 3 november 2026 Status In behandeling"
    )


@pytest.mark.req("M36")
def test_a_finished_zaak_has_its_four_fields(ingelogd: Client, mijn: MijnZaken) -> None:
    mijn.afgerond = [AFGEROND]
    head, row = rows(page(ingelogd, "/mijn-zaken/"))
    assert head == "Omschrijving Zaaknummer Datum afgerond Resultaat"
    assert row == (
        "Straatfeest Koningsdag Zaaknummer ZAAK-2025-0000004711 "
        "Datum afgerond 1 april 2025 Resultaat Verleend"
    )


@pytest.mark.req("M35")
def test_running_and_finished_stand_apart(ingelogd: Client, mijn: MijnZaken) -> None:
    mijn.lopend, mijn.afgerond = [LOPEND], [AFGEROND]
    shown = text(page(ingelogd, "/mijn-zaken/"))
    assert re.search("Lopende zaken.*Dorpsstraat.*Afgeronde zaken.*Koningsdag", shown)


@pytest.mark.req("M35")
def test_the_organisation_is_named_only_where_it_differs(ingelogd: Client, mijn: MijnZaken) -> None:
    mijn.lopend = [LOPEND, LANG]
    _, here, elsewhere = rows(page(ingelogd, "/mijn-zaken/"))
    assert "Organisatie" not in here
    assert "Organisatie: Omgevingsdienst Noord-Veluwe" in elsewhere


def test_the_service_hears_who_asks(ingelogd: Client, mijn: MijnZaken) -> None:
    page(ingelogd, "/mijn-zaken/")
    (actor,) = mijn.actors
    assert actor.kind is Kind.BURGER
    assert str(actor.number) == "99999999-9999-4999-8999-999999999999"
    assert actor.loa == "http://eidas.europa.eu/LoA/substantial"


def test_without_zaken_the_page_says_so(ingelogd: Client) -> None:
    shown = text(page(ingelogd, "/mijn-zaken/"))
    assert "U hebt geen lopende zaken." in shown
    assert "U hebt geen afgeronde zaken." in shown


def test_what_is_missing_is_said(ingelogd: Client, mijn: MijnZaken) -> None:
    mijn.lopend = [replace(LOPEND, regel=replace(LOPEND.regel, omschrijving="", status=None))]
    mijn.afgerond = [replace(AFGEROND, regel=replace(AFGEROND.regel, resultaat=None))]
    _, running, _, finished = rows(page(ingelogd, "/mijn-zaken/"))
    assert running.startswith("ZAAK-2026-0000000123 ")
    assert running.endswith("Status Nog geen status")
    assert finished.endswith("Resultaat Geen resultaat")


@pytest.mark.req("M37")
def test_a_zaak_shows_its_facts_and_history(ingelogd: Client, mijn: MijnZaken) -> None:
    mijn.lopend = [LOPEND]
    shown = text(page(ingelogd, ZAAK))
    assert "Zaaknummer ZAAK-2026-0000000123" in shown
    assert "Wat gebeurt er nu? Status nu In behandeling" in shown
    assert "De zaak moet uiterlijk 29 december 2199 klaar zijn." in shown
    assert (
        "In behandeling status nu 10 november 2026, 10:00 Wij bekijken alles. "
        "Ontvangen 3 november 2026, 09:00 Gegevens van deze zaak"
    ) in shown
    assert (
        "Soort zaak Parkeervergunning bewoners Toelichting Het gaat om de eerste auto. "
        "Registratiedatum 3 november 2026 Startdatum 4 november 2026 "
        "Uiterlijk klaar op 29 december 2199"
    ) in shown
    assert "Resultaat" not in shown


@pytest.mark.req("M37")
def test_a_finished_zaak_shows_its_result(ingelogd: Client, mijn: MijnZaken) -> None:
    mijn.afgerond = [AFGEROND]
    shown = text(page(ingelogd, f"/mijn-zaken/{AFGEROND.regel.uuid}/"))
    assert "Deze zaak is klaar Resultaat Verleend De zaak is afgerond op 1 april 2025." in shown
    assert "status nu" not in shown


def test_a_zaak_that_is_late_says_whom_to_ask(ingelogd: Client, mijn: MijnZaken) -> None:
    mijn.lopend = [LANG]
    shown = text(page(ingelogd, f"/mijn-zaken/{LANG.regel.uuid}/"))
    assert "Deze zaak moest klaar zijn op 28 februari 2026." in shown
    assert "Neem contact op met Omgevingsdienst Noord-Veluwe" in shown


def test_a_guessed_address_looks_like_one_that_cannot_exist(
    ingelogd: Client, mijn: MijnZaken
) -> None:
    mijn.lopend = [LOPEND]
    pages = set()
    for path in (ANOTHER, "/mijn-zaken/1/"):
        answer = ingelogd.get(path)
        assert answer.status_code == 404
        shown = answer.content.decode().replace(path, "").replace(quote(path, safe=""), "")
        pages.add(re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', "", shown))
    assert len(pages) == 1


def test_texts_from_a_zaak_are_no_markup(ingelogd: Client, mijn: MijnZaken) -> None:
    evil = "<script>alert(1)</script>"
    mijn.lopend = [
        replace(
            LOPEND,
            regel=replace(LOPEND.regel, omschrijving=evil, status=evil, organisatienaam=evil),
            toelichting=evil,
        )
    ]
    assert evil not in page(ingelogd, "/mijn-zaken/")
    assert evil not in page(ingelogd, ZAAK)


def test_pages_of_a_citizen_are_kept_nowhere(ingelogd: Client) -> None:
    assert "no-store" in ingelogd.get("/mijn-zaken/")["Cache-Control"]


def test_every_page_starts_a_new_quarter_of_an_hour(ingelogd: Client) -> None:
    for _ in range(2):
        cookie = ingelogd.get("/mijn-zaken/").cookies[settings.SESSION_COOKIE_NAME]
        assert cookie["max-age"] == 900
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_a_session_counts_only_at_the_municipality_where_it_began(ingelogd: Client) -> None:
    assert ingelogd.get("/mijn-zaken/").status_code == 200
    with tenant.entered(ELDERS):
        assert ingelogd.get("/mijn-zaken/").status_code == 302


@pytest.mark.parametrize("path", ["/mijn-zaken/", ZAAK])
def test_zaken_are_only_for_reading(ingelogd: Client, path: str) -> None:
    assert ingelogd.post(path).status_code == 405


def test_the_first_page_leads_on(client: Client, ingelogd: Client) -> None:
    assert ingelogd.get("/")["Location"] == "/overzicht/"
    client.cookies.clear()
    assert client.get("/")["Location"] == "/inloggen/"
