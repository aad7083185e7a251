"""Mijn gegevens: what a citizen or company sees of how it is known, here and in base registers."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest

from loket.connectors.brp import Adres, Datum, Verblijf
from loket.registers.beheer.basisregistratie import Basis
from loket.services.mijnservices.persoonsgegevens import Gegevens, Stand

from .bronnen import BEDRIJF, GEVONDEN, HOOFD, PERSOON

if TYPE_CHECKING:
    from django.test import Client

    from loket.services.mijnservices.profiel import Profiel

    from .voorbeeld import Stijl


def page(client: Client) -> str:
    response = client.get("/mijn-gegevens/")
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_it_says_how_he_is_known_and_reached(ingelogd: Client) -> None:
    shown = page(ingelogd)
    for told in ("Sam Jansen", "Gecontroleerd", "Nog niet gecontroleerd", "1234 AB Voorbeeldstad"):
        assert told in shown
    assert shown.index("sam@example.nl") < shown.index("sam@werk.example.nl")
    assert shown.count("deze gebruiken wij het eerst") == 1
    assert shown.count("Niet bekend") == 1


def test_who_is_not_known_hears_so(ingelogd: Client, known: list[Profiel]) -> None:
    known.clear()
    assert "Wij hebben nog geen contactgegevens van u." in page(ingelogd)


@pytest.mark.req("M51")
@pytest.mark.parametrize(("which", "source"), [(GEVONDEN, "uit de BRP"), (BEDRIJF, "bij KVK")])
def test_without_a_postal_address_it_says_what_to_do(
    ingelogd: Client, known: list[Profiel], bron: list[Gegevens], stijl: Stijl, which: Gegevens,
    source: str,
) -> None:  # fmt: skip
    """A letter goes to the address of the partij alone, not to that of a base register."""
    bron.append(which)
    stijl.set["contactpagina"] = "https://voorbeeldstad.example/contact"
    told = f"Het adres {source} gebruiken wij daar niet voor."
    assert told not in page(ingelogd)
    known[0] = replace(known[0], post=())
    _, _, shown = page(ingelogd).partition(told)
    assert "geef uw postadres door" in shown
    assert 'href="https://voorbeeldstad.example/contact">Contact opnemen' in shown


def test_a_stranger_logs_in_first(client: Client) -> None:
    assert client.get("/mijn-gegevens/").status_code == 302


@pytest.mark.req("M53")
def test_a_citizen_sees_what_the_brp_holds_and_where_it_is_from(ingelogd: Client) -> None:
    shown = page(ingelogd)
    for told in (
        "Uw persoonsgegevens", "Basisregistratie Personen (BRP)", "Sam Robin Jansen",
        "S.R. Jansen", "12 maart 1984<br>Paramaribo, Suriname", "juni 2015",
        "Dorpsstraat 12<br>9999 AB Voorbeeldstad", "Klopt er iets niet?", "/mijn-sporen/",
    ):  # fmt: skip
        assert told in shown


def test_what_is_looked_into_and_kept_secret_is_said(ingelogd: Client) -> None:
    shown = page(ingelogd)
    assert shown.count("In onderzoek: er wordt gekeken of dit klopt") == 1
    assert shown.index("9999 AB") < shown.index("In onderzoek") < shown.index("Woont daar sinds")
    assert "Uw gegevens zijn geheim." in shown
    assert "Vastgesteld is dat u niet meer op dit adres woont." in shown


def test_who_has_nothing_special_hears_nothing_special(
    ingelogd: Client, bron: list[Gegevens]
) -> None:
    bron.append(Gegevens(Basis.BRP, Stand.GEVONDEN, replace(
        PERSOON, geheim=False, in_onderzoek=frozenset(), geboorteland="Nederland",
        adres=Adres(Verblijf.NEDERLAND, ("Dorpsstraat 12",)),
    )))  # fmt: skip
    shown = page(ingelogd)
    assert "Goed om te weten" not in shown
    assert "Suriname" not in shown
    assert "Nederland" not in shown.partition("Klopt er iets niet?")[0]
    assert "In onderzoek" not in shown


@pytest.mark.parametrize(
    ("adres", "told"),
    [
        (
            Adres(Verblijf.BUITENLAND, ("Via dei Gelsi 8",), "Italië", Datum("2022")),
            ("Via dei Gelsi 8<br>Italië", "Vertrokken uit Nederland op"),
        ),
        (
            Adres(Verblijf.ONBEKEND, sinds=Datum("2023")),
            ("Onbekend", "In de BRP staat niet waar u woont.", "Vertrokken uit Nederland op"),
        ),
    ],
)
def test_who_lives_elsewhere(
    ingelogd: Client, bron: list[Gegevens], adres: Adres, told: tuple[str, ...]
) -> None:
    bron.append(Gegevens(Basis.BRP, Stand.GEVONDEN, replace(PERSOON, adres=adres)))
    shown = page(ingelogd)
    assert "Woont daar sinds" not in shown
    for each in told:
        assert each in shown


def test_who_died_and_of_whom_little_is_known(ingelogd: Client, bron: list[Gegevens]) -> None:
    little = replace(PERSOON, geboren=None, geboorteplaats="", geboorteland="", adres=None)
    bron.append(Gegevens(Basis.BRP, Stand.GEVONDEN, replace(little, overleden=Datum("mei 2026"))))
    shown = page(ingelogd)
    assert "Overleden" in shown
    assert "mei 2026" in shown
    assert "Adres</dt>" not in shown


@pytest.mark.parametrize(
    ("basis", "stand", "told"),
    [
        (Basis.BRP, Stand.MISLUKT, "Wij konden uw gegevens niet ophalen"),
        (Basis.BRP, Stand.ONBEKEND, "Wij vonden u niet in de Basisregistratie Personen"),
        (Basis.BRP, Stand.NIET_BEVRAAGD, "U ziet alleen wat wij zelf van u weten."),
        (Basis.BRP, Stand.GEMACHTIGDE, "U bent gemachtigd om zaken te regelen"),
        (Basis.KVK, Stand.MISLUKT, "Wij konden de gegevens van uw bedrijf niet ophalen"),
        (Basis.KVK, Stand.ONBEKEND, "Wij vonden uw bedrijf niet in het Handelsregister"),
        (Basis.KVK, Stand.NIET_BEVRAAGD, "U ziet alleen wat wij zelf van uw bedrijf weten."),
    ],
)
def test_without_an_answer_the_rest_of_the_page_stays(
    ingelogd: Client, bron: list[Gegevens], basis: Basis, stand: Stand, told: str
) -> None:
    bron.append(Gegevens(basis, stand))
    shown = page(ingelogd)
    assert told in shown
    assert shown.count('role="status"') == 1 + (stand is Stand.MISLUKT)  # one says what changed
    assert "sam@example.nl" in shown
    assert "Klopt er iets niet?</h3>" not in shown


@pytest.mark.req("M53")
def test_a_company_sees_what_kvk_holds(ingelogd: Client, bron: list[Gegevens]) -> None:
    bron.append(BEDRIJF)
    shown = page(ingelogd)
    for told in (
        "Uw bedrijf", "Handelsregister van KVK", "Bakkerij Het Gouden Graan B.V.",
        "Het Gouden Graan Beheer B.V.", "90001001", "Hoofdvestiging", "000090010011",
        "Het Gouden Graan<br>Banket aan de Brink", "Brink 5A<br>9999 AB Voorbeeldstad",
        "Postadres", "Afgeschermd", "1 maart 2011", "31 januari 2026", "Vervaardiging van brood",
        "https://www.kvk.nl/",
    ):  # fmt: skip
        assert told in shown


def test_who_acts_for_a_vestiging_sees_that_one(ingelogd: Client, bron: list[Gegevens]) -> None:
    haven = replace(HOOFD, nummer="000090010012", naam="Aan de Haven", hoofd=False)
    bron.append(replace(BEDRIJF, vestiging=haven))
    shown = page(ingelogd)
    assert "Aan de Haven<br>000090010012" in shown
    assert "Brink 5A" not in shown


def test_an_error_is_corrected_where_the_municipality_says(
    ingelogd: Client, stijl: Stijl, bron: list[Gegevens]
) -> None:
    assert bron[-1] is GEVONDEN
    assert "Contact opnemen" not in page(ingelogd)
    stijl.set["contactpagina"] = "https://voorbeeldstad.example/contact"
    assert 'href="https://voorbeeldstad.example/contact">Contact opnemen' in page(ingelogd)


def test_in_english(ingelogd: Client, bron: list[Gegevens]) -> None:
    ingelogd.cookies["django_language"] = "en"
    for told in ("Your personal details", "12 March 1984", "Being looked into", "Is something wro"):
        assert told in page(ingelogd)
    bron.append(BEDRIJF)
    for told in ("Your company", "Trade names", "1 March 2011", "Visiting address"):
        assert told in page(ingelogd)
