"""One's dossier as a page to read and to print: in the ZIP, and on the site."""

from __future__ import annotations

import io
import re
import tracemalloc
from contextvars import Context
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from uuid import UUID
from zipfile import ZipFile

import pytest

from loket.channels.portaal import dossierblad, sessie
from loket.grammar.resource import Call
from loket.services.mijnservices import sporen, taken_doen
from loket.services.mijnservices.dossier import INDEX

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from loket.kernel.actor import Actor
    from tests.services.mijnservices.leven import Klant, Leven

    Als = Callable[[Actor], Client]

HOME = "/mijn-gegevens/downloaden/"
PAGE = f"{HOME}lezen/"


def whole(answer: Any) -> bytes:
    """Read what was sent, after the request and outside the municipality chosen for it."""
    assert answer.status_code == 200
    assert answer.streaming
    return Context().run(b"".join, answer.streaming_content)


def in_zip(client: Client) -> tuple[str, list[str]]:
    """Return the page in the ZIP, and the names of all that is in it."""
    found = ZipFile(io.BytesIO(whole(client.post(HOME))))
    return found.read(INDEX).decode(), found.namelist()


def on_site(client: Client) -> str:
    """Return the page on the site."""
    return whole(client.get(PAGE)).decode()


def leef(leven: Leven) -> Klant:
    """Let somebody have something of everything, with words that tell it from the rest."""
    klant = leven.burger()
    zaak = leven.zaak(klant, toelichting="Voor mijn rode auto.")
    leven.werk.status(zaak, 1)
    leven.sluit(zaak)
    leven.besluiten.besluit(
        zaak=zaak["url"], uiterlijkeReactiedatum="2099-03-04", toelichting="U mag parkeren."
    )
    leven.document(zaak, titel="De aanvraag")
    gedaan = leven.taak(klant, zaak)
    taken_doen.rond_af(klant.actor, UUID(gedaan["uuid"]), {"kleur": "Knalgeel"}, Call(""))
    leven.taak(klant, None, "betaaltaak")
    leven.bericht(klant, zaak, berichtTekst="# Beste Eva\n\nWij hebben **besloten**.")
    leven.contact(klant, zaak, reactie="Dat kost tien euro.")
    return klant


def test_all_that_is_told_is_on_it_in_full(leven: Leven, als: Als) -> None:
    client = als(leef(leven).actor)
    for page in (in_zip(client)[0], on_site(client)):
        for told in (
            "Mijn gegevens bij Gemeente", "Eva Jansen", "Voor mijn rode auto.", "1 februari 2026",
            "U mag parkeren.", "U kunt bezwaar maken tot en met 4 maart 2099.", "De aanvraag",
            "Kleur", "Knalgeel", "€ 12,50", "Leges", "<strong>besloten</strong>",
            "Mevrouw heeft gevraagd wat een vergunning kost.", "Dat kost tien euro.", "Telefoon",
            "Uw burgerservicenummer gebruikt om iets vast te leggen",
            "Waarvoor: Om u te helpen", "Door wie: test", "Geen toestemming",
        ):  # fmt: skip
            assert told in unescape(page), told
        assert "bsn vastleggen" not in page
        assert "urn:loket" not in page
        assert page.count("<h1") == 1
        assert "<h4>Beste Eva</h4>" in page


def test_in_the_zip_it_stands_alone_and_leads_to_what_is_beside_it(leven: Leven, als: Als) -> None:
    page, names = in_zip(als(leef(leven).actor))
    linked = {unquote(each) for each in re.findall(r'(?:href|src)="([^"]*)"', page)}
    inside = {each for each in linked if each.startswith("#")}
    assert {each for each in linked - inside if not each.startswith("http")} == {
        name for name in names if name != INDEX
    }
    assert inside <= {f"#{each}" for each in re.findall(r' id="([^"]*)"', page)}
    assert not re.search("<(script|link|img)", page)


def test_on_the_site_its_style_passes_and_its_files_are_those_of_the_site(
    leven: Leven, als: Als
) -> None:
    client = als(leef(leven).actor)
    answer: Any = client.get(PAGE)
    assert dossierblad.STIJL_MAG in answer["Content-Security-Policy"]
    assert "Content-Disposition" not in answer
    assert "no-store" in answer["Cache-Control"]
    page = whole(answer).decode()
    assert f"<style>{dossierblad.STIJL}</style>" in page
    (file,) = set(re.findall(r'href="(/documenten/[^"]*)"', page))
    assert client.get(file).status_code == 200
    assert ".json" not in page


def test_what_was_typed_stays_text(leven: Leven, als: Als) -> None:
    klant, bad = leven.burger(), "<script>alert(1)</script>"
    zaak = leven.zaak(klant, toelichting=bad)
    leven.document(zaak, titel=bad)
    leven.taak(klant, zaak, titel=bad)
    leven.bericht(klant, onderwerp=bad, berichtTekst=f"{bad}\n\n[tik](javascript:alert(1))")
    leven.contact(klant, onderwerp=bad, inhoud=bad, reactie=bad)
    client = als(klant.actor)
    for page in (in_zip(client)[0], on_site(client)):
        assert "<script" not in page
        assert 'href="javascript' not in page
        assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 9


def test_it_is_in_the_language_of_the_site(leven: Leven, als: Als) -> None:
    client = als(leef(leven).actor)
    client.post("/taal/", {"language": "en"})
    for page in (in_zip(client)[0], on_site(client)):
        assert '<html lang="en">' in page
        for told in ("My details at", "You can object until", "4 March 2099", "By whom"):
            assert told in page
        assert '<dd class="regels" lang="nl">Voor mijn rode auto.</dd>' in page


def test_nobody_sees_what_is_anothers(leven: Leven, als: Als) -> None:
    leef(leven)
    page = on_site(als(leven.burger("De Vries").actor))
    assert page.count("Hier is niets.") >= 5
    for told in ("rode auto", "parkeren", "Knalgeel", "besloten", "tien euro"):
        assert told not in page


def test_a_company_hears_of_its_own_register(leven: Leven, als: Als) -> None:
    client = als(leven.bedrijf().actor)
    for page in (unescape(client.get(HOME).content.decode()), in_zip(client)[0], on_site(client)):
        assert "Handelsregister" in page
        assert "BRP" not in page
        assert "Sporen" not in page


def test_before_the_download_one_hears_what_is_in_it_and_how_to_open_it(
    leven: Leven, als: Als
) -> None:
    page = unescape(als(leven.burger().actor).get(HOME).content.decode())
    for told in ("Basisregistratie Personen (BRP) staat, vindt u hier niet", "iPhone", "Android",
                 f'href="{PAGE}"', "Dit staat er niet in"):  # fmt: skip
        assert told in page


@pytest.mark.req("M51")
def test_it_asks_to_show_again_who_one_is(leven: Leven, als: Als) -> None:
    client = als(leven.burger().actor)
    session = client.session
    session[sessie.KEY] = {**session[sessie.KEY], "bevestigd": 0}
    session.save()
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen/bevestigen/")
    assert client.post(PAGE).status_code == 405


@pytest.mark.req("M51")
def test_a_long_one_streams(leven: Leven, als: Als, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of five thousand traces a page of the list is in memory at a time."""
    klant = leven.burger()
    client = als(klant.actor)
    on_site(client)  # what is loaded once is there by now
    traces = sporen.bladzijde(klant.actor, 1).sporen[:1] * 50
    monkeypatch.setattr(
        sporen, "bladzijde", lambda _actor, nummer: sporen.Bladzijde(nummer, traces, nummer < 100)
    )
    length, peak = measured(client.get(PAGE))
    assert length > 5_000 * 150
    assert peak < length / 3
    assert measured(client.post(HOME))[1] < length


def measured(answer: Any) -> tuple[int, int]:
    """Return how many bytes were sent, and how many were in memory at most."""
    pieces = iter(answer.streaming_content)
    tracemalloc.start()
    length = sum(map(len, pieces))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return length, peak
