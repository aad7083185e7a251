"""What output puts in the portal, as its reader finds it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.channels.mijn.test_mijnberichten import LIJST, text
from tests.services.mijnservices.leven import key
from tests.services.output.conftest import postkamer
from tests.services.output.postkamer import PORTAAL

if TYPE_CHECKING:
    from tests.channels.mijn.test_mijnberichten import Als
    from tests.services.mijnservices.leven import Leven
    from tests.services.output.postkamer import Postkamer

__all__ = ["postkamer"]


@pytest.mark.req("M13", "M14", "M44", "M45")
def test_news_of_a_zaak_is_found_with_it_and_leads_to_it(
    leven: Leven, als: Als, postkamer: Postkamer
) -> None:
    """In the list by its title, on its own page with a link to press, and on that of the zaak."""
    klant = leven.burger()
    zaak = leven.zaak(klant)
    for nr in (1, 2):
        leven.werk.status(zaak, nr, f"2026-02-01T1{nr}:00:00Z")
    postkamer.work()
    browser = als(klant.actor)
    listed = text(browser, LIJST)
    here = f"/mijn-zaken/{key(zaak)}/"
    of_zaak = text(browser, here)
    for nr in (1, 2):
        assert f">Parkeervergunning: Stap {nr}</a>" in listed
        assert f">Parkeervergunning: Stap {nr}</a>" in of_zaak
    address = listed.split(">Parkeervergunning: Stap 2</a>")[0].rpartition('href="')[2]
    shown = text(browser, address.removesuffix('"'))
    assert "<strong>Stap 2</strong>" in shown
    assert f'href="{PORTAAL}{here}"' in shown
    assert ">Bekijk uw zaak</a>" in shown
    assert "Dit bericht hoort bij uw zaak" in shown
    assert "inlogt" not in shown
    assert klant.urn.rpartition(":")[2] not in shown
