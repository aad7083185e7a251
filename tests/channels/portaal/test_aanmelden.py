from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from loket.connectors.identiteit import AanmeldenMislukt, Reason

from .voorbeeld import BSN, LOA, NUMBER

if TYPE_CHECKING:
    from .voorbeeld import Digid


def test_the_log_in_page_leads_to_digid_and_back_to_the_page_wanted(client: Client) -> None:
    page = client.get("/inloggen/", {"volgende": "/mijn-zaken/?x=1&y=2"}).content.decode()
    (digid,) = re.findall(r'href="(/inloggen/digid/[^"]*)"', page)
    assert client.get(unescape(digid))["Location"] == "https://digid.example/authorize"
    back = client.get("/inloggen/terug/", {"state": "s", "code": "c"})
    assert back["Location"] == "/mijn-zaken/?x=1&y=2"


def test_digid_is_told_where_to_come_back_and_how_sure_it_must_be(
    client: Client, digid: Digid
) -> None:
    client.get("/inloggen/digid/")
    (begun,) = digid.begun
    assert begun.redirect_uri == "http://testserver/inloggen/terug/"
    assert begun.minimum_loa == LOA


@pytest.mark.usefixtures("ingelogd")
def test_the_citizen_is_known_by_what_digid_says(digid: Digid) -> None:
    assert digid.citizens == [(BSN, "S. Jansen", LOA)]
    ((begun, params),) = digid.finished
    assert begun == digid.begun[0]
    assert params == {"state": "s", "code": "c"}


def test_the_session_holds_the_pseudonym_and_no_bsn(ingelogd: Client) -> None:
    kept = dict(ingelogd.session.items())
    assert kept["klant"]["number"] == str(NUMBER)
    assert BSN not in repr(kept)
    assert "aanmelden" not in kept


def test_logging_in_changes_the_key_of_the_session(client: Client) -> None:
    client.get("/inloggen/digid/")
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.get("/inloggen/terug/", {"state": "s", "code": "c"})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_a_citizen_without_a_name_can_log_in(client: Client, digid: Digid) -> None:
    digid.naam = None
    client.get("/inloggen/digid/")
    client.get("/inloggen/terug/", {"state": "s", "code": "c"})
    assert b"Ingelogd als" not in client.get("/mijn-zaken/").content


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://kwaad.example/",
        "//kwaad.example/",
        "/\\kwaad.example/",
        "///kwaad.example",
        "javascript:alert(1)",
        "mijn-zaken/",
        "",
    ],
)
def test_logging_in_leads_to_no_other_site(client: Client, elsewhere: str) -> None:
    client.get("/inloggen/digid/", {"volgende": elsewhere})
    back = client.get("/inloggen/terug/", {"state": "s", "code": "c"})
    assert back["Location"] == "/overzicht/"
    assert client.get("/inloggen/", {"volgende": elsewhere})["Location"] == "/overzicht/"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason.CANCELLED, "U hebt het inloggen gestopt."),
        (Reason.ASSURANCE, "Log in met de DigiD app."),
        (Reason.UNREACHABLE, "Wij kunnen de inlogdienst nu niet bereiken."),
        (Reason.SIGNATURE, "Er ging iets mis, of het inloggen duurde te lang."),
    ],
)
def test_a_failed_log_in_says_what_the_citizen_can_do(
    client: Client, digid: Digid, reason: Reason, said: str
) -> None:
    client.get("/inloggen/digid/")
    digid.failure = AanmeldenMislukt(reason)
    shown = client.get("/inloggen/terug/", {"state": "s"}, follow=True).content.decode()
    assert "<h1" in shown
    assert said in shown
    assert client.get("/mijn-zaken/").status_code == 302


def test_digid_out_of_reach_is_said_at_once(client: Client, digid: Digid) -> None:
    digid.failure = AanmeldenMislukt(Reason.UNREACHABLE)
    answer = client.get("/inloggen/digid/")
    assert answer["Location"] == "/inloggen/mislukt/?reden=unreachable"


def test_coming_back_without_having_left_logs_nobody_in(client: Client, digid: Digid) -> None:
    answer = client.get("/inloggen/terug/", {"state": "s", "code": "c"})
    assert answer["Location"] == "/inloggen/mislukt/?reden=state"
    assert digid.finished == []


def test_a_log_in_serves_once(client: Client, digid: Digid) -> None:
    client.get("/inloggen/digid/")
    digid.failure = AanmeldenMislukt(Reason.STATE)
    client.get("/inloggen/terug/", {"state": "x", "code": "c"})
    digid.failure = None
    answer = client.get("/inloggen/terug/", {"state": "s", "code": "c"})
    assert answer["Location"] == "/inloggen/mislukt/?reden=state"


def test_coming_back_twice_does_no_harm(ingelogd: Client) -> None:
    assert ingelogd.get("/inloggen/terug/", {"state": "s", "code": "c"})["Location"] == "/"
    assert ingelogd.get("/mijn-zaken/").status_code == 200


def test_logging_out_ends_the_session_here_and_at_digid(ingelogd: Client) -> None:
    shown = ingelogd.post("/uitloggen/").content.decode()
    assert 'content="0; url=https://digid.example/leave?client_id=loket&amp;then=back"' in shown
    assert "S. Jansen" not in shown
    assert ingelogd.get("/mijn-zaken/").status_code == 302


@pytest.mark.parametrize("failure", [None, AanmeldenMislukt(Reason.UNREACHABLE)])
def test_logging_out_works_without_digid(
    ingelogd: Client, digid: Digid, failure: AanmeldenMislukt | None
) -> None:
    digid.failure, digid.leave = failure, None
    assert ingelogd.post("/uitloggen/")["Location"] == "/uitgelogd/"
    assert "U bent uitgelogd" in ingelogd.get("/uitgelogd/").content.decode()
    assert ingelogd.get("/mijn-zaken/").status_code == 302


def test_a_link_cannot_log_anybody_out(ingelogd: Client) -> None:
    assert ingelogd.get("/uitloggen/").status_code == 405
    assert ingelogd.get("/mijn-zaken/").status_code == 200


@pytest.mark.usefixtures("digid")
def test_another_site_cannot_log_anybody_out() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get("/inloggen/digid/")
    strict.get("/inloggen/terug/", {"state": "s", "code": "c"})
    answer = strict.post("/uitloggen/")
    assert answer.status_code == 403
    assert "Deze pagina stond te lang open" in answer.content.decode()
    assert strict.get("/mijn-zaken/").status_code == 200


def test_whoever_is_logged_in_is_not_told_otherwise(ingelogd: Client) -> None:
    assert ingelogd.get("/inloggen/")["Location"] == "/overzicht/"
    assert ingelogd.get("/uitgelogd/")["Location"] == "/"


def test_after_a_quarter_of_an_hour_the_page_says_why(client: Client) -> None:
    said = "U deed 15 minuten niets."
    assert said not in client.get("/inloggen/").content.decode()
    assert said in client.get("/inloggen/", {"verlopen": "1"}).content.decode()
