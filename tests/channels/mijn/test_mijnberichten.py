"""Mijn berichten: the list, one bericht, and the reply to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loket.channels.portaal import opmaak
from loket.ledger.database import counted
from loket.services.mijnservices import vastleggen
from tests.services.mijnservices.leven import VESTIGING, bestand, key, urn_van

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from loket.kernel.actor import Actor
    from tests.services.mijnservices.leven import Leven

    Als = Callable[[Actor], Client]

LIJST = "/mijn-berichten/"


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return str(answer.content.decode())


@pytest.mark.req("M14", "M44")
def test_read_and_unread_are_told_apart_in_words(leven: Leven, als: Als) -> None:
    klant, ander = leven.burger(), leven.burger("De Vries")
    browser = als(klant.actor)
    assert "U hebt nog geen berichten" in text(browser, LIJST)
    bericht = key(leven.bericht(klant, onderwerp="Over uw aanvraag"))
    leven.bericht(ander, onderwerp="Voor een ander")
    page = text(browser, LIJST)
    assert "Ongelezen (1)" in page
    assert '<span class="utrecht-status-badge utrecht-status-badge--neutral">Ongelezen' in page
    assert "Voor een ander" not in page
    assert browser.head(f"{LIJST}{bericht}/").status_code == 200
    ahead = browser.get(f"{LIJST}{bericht}/", headers={"Sec-Purpose": "prefetch;prerender"})
    assert ahead.status_code == 200
    assert "Ongelezen (1)" in text(browser, LIJST)
    with counted() as statements:
        assert "Over uw aanvraag" in text(browser, f"{LIJST}{bericht}/")
    shown = len(statements)
    page = text(browser, LIJST)
    assert "Ongelezen (0)" in page
    assert "<span>Gelezen</span>" in page
    assert "U hebt alle berichten gelezen" in text(browser, f"{LIJST}?toon=ongelezen")
    with counted() as statements:
        text(browser, f"{LIJST}{bericht}/")
    assert len(statements) < shown
    answer = browser.post(f"{LIJST}{bericht}/ongelezen/", follow=True)
    assert "weer bij de ongelezen berichten" in answer.content.decode()
    assert "Ongelezen (1)" in text(browser, LIJST)


@pytest.mark.req("M44")
def test_many_berichten_have_pages(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    for nr in range(51):
        leven.bericht(klant, onderwerp=f"Bericht {nr}.")
    browser = als(klant.actor)
    with counted() as statements:
        first = text(browser, LIJST)
    assert sum("berichten_bericht" in each for each in statements) == 1
    assert first.count('role="rowheader"') == 50
    assert "Bericht 50." in first
    assert "?bladzijde=2" in first
    assert "Bericht 0." in text(browser, f"{LIJST}?bladzijde=2")
    assert "toon=ongelezen&amp;bladzijde=2" in text(browser, f"{LIJST}?toon=ongelezen")
    for wrong in ("3", "0", "x", "-1", "1e3", "٣"):
        text(browser, f"{LIJST}?bladzijde={wrong}", 404)


@pytest.mark.req("M45")
def test_a_bericht_has_its_attachments_and_its_zaak(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    zaak = leven.zaak(klant)
    bijlage = leven.werk.document(titel="Brief", tonenAanInitiator=False, **bestand())
    bericht = key(leven.bericht(
        klant, zaak, bijlagen=[urn_van(bijlage)], berichtTekst="Wij hebben **besloten**.",
        handelingsPerspectief="informatie_geven", einddatumHandelingsTermijn="2099-02-03T11:00:00Z",
    ))  # fmt: skip
    page = text(als(klant.actor), f"{LIJST}{bericht}/")
    for said in (
        "<strong>besloten</strong>", f"/documenten/{key(bijlage)}/", f"/mijn-zaken/{key(zaak)}/",
        "3 februari 2099, 12:00", "Reactie versturen",
    ):  # fmt: skip
        assert said in page


@pytest.mark.req("J5", "M10")
def test_a_reply_is_sent_once_and_seen_back(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    leven.contacten.make("contactnormen", onderwerp="", kanaal="", termijn=3)
    bericht = key(leven.bericht(klant, handelingsPerspectief="informatie_geven"))
    browser = als(klant.actor)
    sent = [
        browser.post(f"{LIJST}{bericht}/", {"tekst": "Ik heb <b>geen</b> auto."}) for _ in range(2)
    ]
    assert {each.status_code for each in sent} == {302}
    page = text(browser, f"{LIJST}{bericht}/")
    assert "Uw reactie is verstuurd. U krijgt uiterlijk op" in page
    assert page.count("Uw reactie van") == 1
    contacten = text(browser, "/mijn-contactmomenten/")
    assert contacten.count("Heeft gereageerd op het bericht") == 1


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    leven: Leven, als: Als, monkeypatch: pytest.MonkeyPatch
) -> None:
    klant = leven.burger()
    bericht = key(leven.bericht(klant, handelingsPerspectief="reactie_ontvangen"))
    browser = als(klant.actor)
    for typed, said in (
        ("", "Vul uw tekst in."),
        ("</textarea><script>" + "x" * 1000, "hooguit 1000 tekens"),
        ("a\x00b", "tekens in die wij niet kunnen bewaren"),
        ("Ik ben 999990019", "burgerservicenummer (BSN)"),
    ):
        answer = browser.post(f"{LIJST}{bericht}/", {"tekst": typed})
        page = answer.content.decode()
        assert answer.status_code == 400, typed
        assert said in page
        assert page.count('href="#tekst"') == 1
        assert 'aria-describedby="tekst-uitleg tekst-fout"' in page
        assert "<title>Fout:" in page
        assert "<script>xx" not in page
    assert "&lt;/textarea&gt;" in browser.post(
        f"{LIJST}{bericht}/", {"tekst": "</textarea>" + "x" * 1000}
    ).content.decode()  # fmt: skip
    monkeypatch.setattr(vastleggen, "PER_DAG", 0)
    answer = browser.post(f"{LIJST}{bericht}/", {"tekst": "Nog iets."})
    assert (answer.status_code, "Nog iets." in answer.content.decode()) == (409, True)
    assert "Bel ons" in answer.content.decode()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"handelingsPerspectief": "betalen"}, "hoeft u niet te reageren"),
        (
            {"handelingsPerspectief": "informatie_geven",
             "einddatumHandelingsTermijn": "2020-01-01T12:00:00Z"},
            "de termijn is voorbij",
        ),
    ],
)  # fmt: skip
def test_where_no_reply_is_asked_there_is_no_form(
    leven: Leven, als: Als, more: dict[str, str], said: str
) -> None:
    klant = leven.burger()
    zaak = leven.zaak(klant)
    bericht = key(leven.bericht(klant, zaak, **more))
    browser = als(klant.actor)
    page = text(browser, f"{LIJST}{bericht}/")
    assert said in page
    assert "<textarea" not in page
    assert f"/mijn-zaken/{key(zaak)}/vraag/" in page
    assert browser.post(f"{LIJST}{bericht}/", {"tekst": "Toch."}).status_code == 409


def test_what_is_of_another_looks_like_what_does_not_exist(leven: Leven, als: Als) -> None:
    klant, ander = leven.burger(), leven.burger("De Vries")
    bericht = key(leven.bericht(klant, handelingsPerspectief="informatie_geven"))
    browser = als(ander.actor)
    text(browser, f"{LIJST}{bericht}/", 404)
    for path in (f"{LIJST}{bericht}/", f"{LIJST}{bericht}/ongelezen/"):
        assert browser.post(path, {"tekst": "Hallo."}).status_code == 404
    assert "Ongelezen (1)" in text(als(klant.actor), LIJST)


def test_a_vestiging_reads_and_replies(leven: Leven, als: Als) -> None:
    leven.bedrijf()
    klant = leven.bedrijf(VESTIGING)
    bericht = key(leven.bericht(klant, handelingsPerspectief="informatie_geven"))
    browser = als(klant.actor)
    answer = browser.post(f"{LIJST}{bericht}/", {"tekst": "De oven is weg."}, follow=True)
    assert "Uw reactie is verstuurd." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("[x](data:text/html,x)", "[x](data:text/html,x)"),
        ("[x](/uitloggen/)", "[x](/uitloggen/)"),
        ("![x](https://elders.example/spoor.gif)", "!<a href"),
        ("[x](https://elders.example/)", 'rel="noopener noreferrer"'),
        ("# Kop\n\n### Lager", '<h2 class="utrecht-heading-2">Kop</h2>\n<h3'),
        ("### Lager", "<h2"),
        ("- een\n- twee", '<ul class="utrecht-unordered-list">'),
    ],
)
def test_the_text_of_a_bericht_can_do_no_harm(typed: str, shown: str) -> None:
    html = opmaak.html(typed)
    assert shown in html
    assert "<script" not in html
    assert "<img" not in html
