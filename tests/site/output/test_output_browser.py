"""The pages of output in a real browser: readable, nothing run inline, and done by keyboard."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from loket.kernel.clock import today
from loket.ledger.database import one
from loket.simulators.mailsink.failure import Failure, Mode
from tests.services.output.test_output import reachable, zaak_van
from tests.site.archief.test_archief_browser import walk
from tests.site.output.outputwerk import ROOT, regel, sjabloon
from tests.site.typen.test_typen_browser import (
    DESKTOP,
    PHONE,
    _house,
    apart,
    browser,
    check,
    focused,
    tab_to,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from playwright.sync_api import Page

    from tests.conftest import Api
    from tests.registers.zaken.zaakwerk import Json, Werk
    from tests.services.output.postkamer import Postkamer
    from tests.site.output.outputwerk import Beheerder

    Walk = Callable[..., Any]

__all__ = ["_house", "apart", "browser", "walk"]

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("LOKET_SHOTS", "")
"""A folder for pictures of the pages, for who wants to look at them."""


@pytest.fixture
def paths(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json, beheerder: Beheerder
) -> list[str]:
    """Every page, with messages that went, that wait and that failed, and a concept."""
    reachable(api, klant, "zaakstatus", "email")
    zaak = zaak_van(zaakwerk, klant)
    zaakwerk.status(zaak, 1)
    nobody = zaakwerk.zaak()
    zaakwerk.rol(
        nobody, betrokkeneIdentificatie={"geslachtsnaam": "Jansen"},
        contactpersoonRol={"naam": "Jansen", "emailadres": "weg@voorbeeld.nl"},
    )  # fmt: skip
    zaakwerk.status(nobody, 1)
    postkamer.work()
    postkamer.luck.set(Failure(Mode.PERMANENT))
    zaakwerk.status(nobody, 2, "2026-02-02T12:00:00Z")
    postkamer.work()
    postkamer.luck.set(Failure(Mode.TEMPORARY))
    zaakwerk.status(zaak, 2, "2026-02-02T12:00:00Z")
    postkamer.work()
    beheerder.post(f"regels/{regel()}/", kanaal1="email", kanaal2="brief", zaaktype="EEN")
    beheerder.press(f"regels/{regel('taak_herinnering')}/schakelen/", actief="uit")
    vorm = f"sjablonen/{sjabloon()}/"
    beheerder.press(f"{vorm}versies/nieuw/")
    text = {
        "teksten.0.tekst": "Middels dit bericht informeren wij u.\n\n- een\n- twee\n\n{{ link }}"
    }
    beheerder.post(f"{vorm}versies/2/bewerken/", **text)
    keys = {
        status: one("SELECT id FROM output_klantnotificatie WHERE status = %s LIMIT 1", (status,))[
            0
        ]
        for status in ("verzonden", "gepland", "mislukt")
    }
    beheerder.press(f"berichten/{keys['mislukt']}/opnieuw/")
    postkamer.luck.set(Failure(Mode.PERMANENT))
    postkamer.work()
    return [
        "", "regels/nieuw/", f"regels/{regel()}/", f"regels/{regel()}/verwijderen/",
        "sjablonen/nieuw/", vorm, f"{vorm}wijzigen/", f"{vorm}versies/1/",
        f"{vorm}versies/2/bewerken/", f"{vorm}versies/2/publiceren/",
        f"{vorm}versies/2/verwijderen/", f"{vorm}versies/1/voorbeeld/",
        f"{vorm}versies/2/voorbeeld/?over={zaak['identificatie']}&taal=en",
        f"{vorm}versies/1/proefbericht/", "proefdraaien/", f"proefdraaien/?dag={today()}",
        "berichten/", "berichten/?status=bezorgd",
        *(f"berichten/{key}/" for key in keys.values()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "options",
    [{"viewport": PHONE}, {"viewport": DESKTOP}, {"viewport": DESKTOP, "color_scheme": "dark"}],
    ids=["phone", "desktop", "dark"],
)
def test_every_page_is_accessible_and_runs_nothing_inline(
    walk: Walk,
    client: Client,
    paths: list[str],
    options: dict[str, Any],
    request: pytest.FixtureRequest,
) -> None:
    refused: list[str] = []
    name = request.node.callspec.id

    def look(page: Page) -> None:
        page.on("console", lambda message: refused.append(f"{page.url} {message.text}"))
        for nr, path in enumerate(["/beheer/", *(f"{ROOT}{each}" for each in paths)]):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            if SHOTS:
                page.screenshot(path=f"{SHOTS}/{name}-{nr:02}.png", full_page=True)
            check(page)
            if "voorbeeld" in path:
                shown = page.frame_locator("iframe").locator("body")
                expect(shown).to_have_css("background-color", "rgb(255, 255, 255)")
                expect(shown).to_have_css("max-width", "608px")

    walk(client, look, **options)
    assert [each for each in refused if "Failed to load resource" not in each] == []


def test_with_the_keyboard_alone_a_text_is_written_and_published(
    walk: Walk, client: Client, paths: list[str]
) -> None:
    def work(page: Page) -> None:
        page.goto(f"{ROOT}{paths[8]}")
        tab_to(page, "Onderwerp")
        page.keyboard.press("Control+A")
        page.keyboard.type("{{ zaak.nummer }}")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Onbekend hier: zaak.nummer.")
        check(page)
        tab_to(page, "Onderwerp")  # the link to what is wrong
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert focused(page) == "Onderwerp (verplicht)"
        page.keyboard.press("Control+A")
        page.keyboard.type("Er is nieuws")
        page.keyboard.press("Enter")
        expect(page.get_by_text("De tekst is bewaard.")).to_be_visible()
        tab_to(page, "Bewaren en publiceren")
        page.keyboard.press("Enter")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text("Nieuws over een zaak, versie 2 publiceren")
        tab_to(page, "Publiceren")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Versie 2 is in gebruik.")).to_be_visible()

    walk(client, work, viewport=DESKTOP)
