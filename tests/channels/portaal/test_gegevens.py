"""Mijn gegevens: what a citizen sees of how the municipality knows him."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from loket.services.mijnservices.profiel import Profiel


def test_it_says_how_he_is_known_and_reached(ingelogd: Client) -> None:
    shown = ingelogd.get("/mijn-gegevens/").content.decode()
    for told in ("Sam Jansen", "Gecontroleerd", "Nog niet gecontroleerd", "1234 AB Voorbeeldstad"):
        assert told in shown
    assert shown.index("sam@example.nl") < shown.index("sam@werk.example.nl")
    assert shown.count("deze gebruiken wij het eerst") == 1
    assert shown.count("Niet bekend") == 1


def test_who_is_not_known_hears_so(ingelogd: Client, known: list[Profiel]) -> None:
    known.clear()
    shown = ingelogd.get("/mijn-gegevens/").content.decode()
    assert "Wij hebben nog geen contactgegevens van u." in shown


def test_a_stranger_logs_in_first(client: Client) -> None:
    assert client.get("/mijn-gegevens/").status_code == 302
