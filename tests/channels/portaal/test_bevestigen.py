"""A sensitive act asks again who somebody is; ending every session ends every session."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest

from loket.connectors.identiteit import AanmeldenMislukt, Identiteit, Reason
from loket.kernel import clock

from .voorbeeld import BSN, LOA, NUMBER

if TYPE_CHECKING:
    from django.test import Client

    from .voorbeeld import Digid, Sessies

WHO = Identiteit(BSN, LOA, "S. Jansen", "subject", "token")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let eleven minutes go by."""
    moment = datetime.now(UTC) + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: moment)


def confirm(client: Client) -> str:
    """Follow the page that says why, to the provider and back."""
    asked = client.get("/gevoelig/?stap=2")
    assert asked.status_code == 302
    page = client.get(asked["Location"]).content.decode()
    assert "Laat nog een keer zien wie u bent" in page
    (onward,) = re.findall(r'href="(/inloggen/bevestigen/opnieuw/[^"]*)"', page)
    assert client.get(unescape(onward))["Location"] == "https://digid.example/authorize"
    return str(client.get("/inloggen/terug/", {"state": "s", "code": "c"})["Location"])


def test_who_just_logged_in_may_go_on(ingelogd: Client) -> None:
    assert ingelogd.get("/gevoelig/").content.decode() == f"GET door {NUMBER}"


def test_after_ten_minutes_one_shows_again_who_one_is(
    ingelogd: Client, digid: Digid, later: None
) -> None:
    del later
    assert confirm(ingelogd) == "/gevoelig/?stap=2"
    assert digid.begun[-1].anew
    assert ingelogd.get("/gevoelig/?stap=2").status_code == 200


def test_a_form_that_was_opened_in_time_is_not_lost(ingelogd: Client, later: None) -> None:
    del later
    assert ingelogd.post("/gevoelig/").content.decode() == f"POST door {NUMBER}"


def test_a_form_of_long_ago_is_refused(ingelogd: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime.now(UTC) + timedelta(minutes=21)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert ingelogd.post("/gevoelig/").status_code == 302


def test_an_earlier_log_in_at_the_provider_does_not_count_as_recent(
    client: Client, digid: Digid
) -> None:
    digid.wie = replace(WHO, authenticated=datetime.now(UTC) - timedelta(hours=2))
    client.get("/inloggen/digid/")
    client.get("/inloggen/terug/", {"state": "s", "code": "c"})
    assert client.get("/mijn-zaken/").status_code == 200
    assert client.get("/gevoelig/")["Location"].startswith("/inloggen/bevestigen/")


def test_a_provider_that_does_not_say_when_is_asked_again(client: Client, digid: Digid) -> None:
    digid.wie = WHO
    client.get("/inloggen/digid/")
    client.get("/inloggen/terug/", {"state": "s", "code": "c"})
    assert client.get("/gevoelig/").status_code == 302


def test_somebody_else_cannot_confirm(ingelogd: Client, digid: Digid, later: None) -> None:
    del later
    digid.wie = replace(WHO, acting="999970343")
    assert confirm(ingelogd) == "/inloggen/mislukt/?reden=ander"
    page = ingelogd.get("/inloggen/mislukt/?reden=ander").content.decode()
    assert "U logde nu in als iemand anders." in page
    assert ingelogd.get("/gevoelig/").status_code == 302
    assert ingelogd.get("/mijn-zaken/").status_code == 200


def test_a_provider_that_did_not_ask_anew_is_refused(
    ingelogd: Client, digid: Digid, later: None
) -> None:
    del later
    ingelogd.get("/inloggen/bevestigen/opnieuw/")
    digid.failure = AanmeldenMislukt(Reason.STALE)
    answer = ingelogd.get("/inloggen/terug/", {"state": "s", "code": "c"}, follow=True)
    assert "U hebt niet opnieuw laten zien wie u bent." in answer.content.decode()
    assert ingelogd.get("/gevoelig/").status_code == 302


def test_a_stranger_logs_in_first(client: Client) -> None:
    assert client.get("/gevoelig/")["Location"] == "/inloggen/?volgende=%2Fgevoelig%2F"
    assert client.get("/inloggen/bevestigen/")["Location"].startswith("/inloggen/?")


def test_log_out_everywhere_asks_first_and_says_how_many(
    ingelogd: Client, sessies_bekend: Sessies
) -> None:
    page = ingelogd.get("/uitloggen/overal/").content.decode()
    assert "ook op dit apparaat" in page
    assert sessies_bekend.ended == []
    done = ingelogd.post("/uitloggen/overal/").content.decode()
    assert "Zo vaak was u nog ingelogd: 3." in done
    assert "Log ook uit bij DigiD" in done
    (ended,) = sessies_bekend.ended
    assert ended.number == NUMBER
    assert ingelogd.get("/mijn-zaken/").status_code == 302


def test_log_out_everywhere_is_for_who_is_logged_in(
    client: Client, sessies_bekend: Sessies
) -> None:
    assert client.post("/uitloggen/overal/").status_code == 302
    assert sessies_bekend.ended == []


def test_a_session_is_noted_when_it_begins(ingelogd: Client, sessies_bekend: Sessies) -> None:
    ((sessie, actor),) = sessies_bekend.noted
    assert sessie == ingelogd.session.session_key
    assert actor.number == NUMBER
