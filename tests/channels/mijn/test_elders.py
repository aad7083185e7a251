"""The page of zaken names the organisations of which nothing could be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.services.mijnservices.test_federatie import bron, organisatie

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from loket.kernel.actor import Actor
    from tests.services.mijnservices.leven import Leven


def test_the_page_is_there_and_says_what_is_missing(
    leven: Leven, als: Callable[[Actor], Client]
) -> None:
    klant = leven.burger()
    leven.zaak(klant)
    with organisatie() as goed, organisatie() as kapot:
        kapot.status = 500
        bron(leven.api, goed.url, "Omgevingsdienst", website="https://od.example/mijn")
        bron(leven.api, kapot.url, "Waterschap")
        shown = als(klant.actor).get("/mijn-zaken/").content.decode()
    assert "Parkeervergunning" in shown
    assert "Sloopmelding" in shown
    assert 'href="https://od.example/mijn"' in shown
    assert "Van Waterschap konden we nu niets ophalen." in shown
