"""Mijn sporen: what a citizen reads of the processing log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from .voorbeeld import MijnSporen


def test_each_line_says_what_when_why_and_who(ingelogd: Client) -> None:
    shown = ingelogd.get("/mijn-sporen/").content.decode()
    for told in (
        "Uw burgerservicenummer bekeken", "3 november 2026, 15:05", "Om u te helpen",
        "Zaakafhandeling", "Een medewerker van de gemeente", "a1b2",
        "urn:gemeente:verwerking:schuldhulp", "Iemand die u hebt gemachtigd",
        "Uw zaak bekeken", "ZAAK-2026-0000000017", "De reden is niet genoemd",
    ):  # fmt: skip
        assert told in shown
    assert "Oudere" not in shown


def test_what_others_did_is_not_lost_among_what_one_did_oneself(ingelogd: Client) -> None:
    others = ingelogd.get("/mijn-sporen/").content.decode()
    own = ingelogd.get("/mijn-sporen/", {"door": "uzelf"}).content.decode()
    assert "Uzelf" not in others
    assert "Uzelf" in own
    assert "Zaakafhandeling" not in own
    assert "Iemand die u hebt gemachtigd" not in own


def test_the_older_ones_are_a_page_further(ingelogd: Client, log: MijnSporen) -> None:
    log.pages = 2
    assert "?bladzijde=2" in ingelogd.get("/mijn-sporen/").content.decode()
    second = ingelogd.get("/mijn-sporen/", {"bladzijde": "2"}).content.decode()
    assert "?bladzijde=1" in second
    assert "?bladzijde=3" not in second
    own = ingelogd.get("/mijn-sporen/", {"door": "uzelf"}).content.decode()
    assert "?door=uzelf&amp;bladzijde=2" in own


@pytest.mark.parametrize("page", ["0", "-1", "x", "2", "99999999999", "²"])
def test_a_page_that_is_none_is_not_found(ingelogd: Client, page: str) -> None:
    assert ingelogd.get("/mijn-sporen/", {"bladzijde": page}).status_code == 404


def test_nothing_yet_is_said(ingelogd: Client, log: MijnSporen) -> None:
    log.sporen = ()
    assert "Nog niemand anders gebruikte" in ingelogd.get("/mijn-sporen/").content.decode()
    own = ingelogd.get("/mijn-sporen/", {"door": "uzelf"}).content.decode()
    assert "U deed hier zelf nog niets." in own


def test_in_english(ingelogd: Client) -> None:
    ingelogd.cookies["django_language"] = "en"
    shown = ingelogd.get("/mijn-sporen/").content.decode()
    assert "My traces" in shown
    assert "To help you" in shown


def test_a_stranger_logs_in_first(client: Client) -> None:
    assert client.get("/mijn-sporen/").status_code == 302
