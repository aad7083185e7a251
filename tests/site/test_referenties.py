"""The world as a municipality sees it: our lists, copies of them, and what it chose to trust."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.grammar.outside import outside
from loket.grammar.writing import HOUSE
from loket.ledger.database import one
from loket.site import referenties

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant

KEY = "e1b73b12-b2f6-4c4e-8929-94f84dd2a57d"
OWN = f"{HOUSE}/selectielijst/api/v1"
NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("base", [OWN, "https://selectielijst.openzaak.nl/api/v1"])
def test_our_lists_and_their_public_copies_are_at_home(gemeente: Tenant, base: str) -> None:
    del gemeente
    world = outside()
    assert world.trusts(f"{base}/procestypen/{KEY}")
    found: dict[str, Any] = world.get(f"{base}/procestypen/{KEY}")
    assert (found["nummer"], found["url"]) == (1, f"{OWN}/procestypen/{KEY}")
    kanaal = one("SELECT id FROM selectielijst_communicatiekanaal WHERE naam = 'Balie'")[0]
    assert world.get(f"{base}/communicatiekanalen/{kanaal}")["naam"] == "Balie"
    for nothing in (f"procestypen/{NOWHERE}", f"resultaten/{KEY}", "procestypen", "anders/1"):
        assert world.get(f"{base}/{nothing}") is None


def test_registers_that_ask_who_comes_are_no_lists(gemeente: Tenant) -> None:
    del gemeente
    world = outside()
    for url in (f"{HOUSE}/catalogi/api/v1/zaaktypen/{KEY}", "https://elders.nl/1", "", "loket://"):
        assert not world.trusts(url)
        assert world.get(url) is None


def test_a_municipality_chooses_whom_it_trusts(
    gemeente: Tenant, andere: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    del gemeente, andere
    monkeypatch.setattr(referenties, "FRESH", -1.0)  # as though the time had passed
    url = "https://lijsten.voorbeeld.nl/api/v1/procestypen/1"
    assert not outside().trusts(url)
    one(
        "UPDATE beheer_instellingen SET selectielijst = %s, vertrouwde_adressen = %s::jsonb",
        ("https://lijsten.voorbeeld.nl/api/v1", '["intern:http://binnen.nl", "geen adres"]'),
    )
    assert outside().trusts(url)
    assert not outside().trusts("http://binnen.nl/1")


def test_the_keeper_of_the_house_may_open_the_inside(
    gemeente: Tenant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    del gemeente
    monkeypatch.setattr("django.conf.settings.SELECTIELIJST_URL", "http://127.0.0.1:1/api")
    monkeypatch.setattr("django.conf.settings.TRUSTED_URLS", ["intern:https://lijsten.intern", "x"])
    assert referenties.bases()[:2] == [
        "intern:http://127.0.0.1:1/api", "intern:https://lijsten.intern",
    ]  # fmt: skip
    assert outside().trusts("http://127.0.0.1:1/api/1")
    referenties.connect()
    assert "Dit is geen adres van een bron: x" in caplog.text
