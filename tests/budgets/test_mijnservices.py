"""What a citizen sees is read in one statement a page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from loket.ledger.database import counted
from loket.services.mijnservices import burger, zaken
from tests.registers.zaken.zaakwerk import BSN, Typen, Werk

if TYPE_CHECKING:
    from tests.conftest import Api


def test_a_zaak_with_its_statuses_is_one_statement(api: Api) -> None:
    werk = Werk(api, Typen(api).publish())
    zaak = werk.zaak()
    werk.rol(zaak)
    for nr, day in ((2, 3), (1, 1)):
        werk.status(zaak, nr, f"2026-02-0{day}T12:00:00Z")
    actor = burger.from_bsn(BSN, "Jansen", "midden")
    with counted() as made:
        shown = zaken.detail(actor, UUID(zaak["uuid"]))
    assert len(made) == 1
    assert [status.omschrijving for status in shown.statussen] == ["Stap 2", "Stap 1"]
    assert shown.regel.status == "Stap 2"


def test_the_overview_is_one_statement(api: Api) -> None:
    werk = Werk(api, Typen(api).publish())
    for _ in range(3):
        werk.rol(werk.zaak())
    actor = burger.from_bsn(BSN, "Jansen", "midden")
    with counted() as made:
        shown = zaken.overzicht(actor)
    assert len(made) == 1
    assert len(shown.lopend) == 3
