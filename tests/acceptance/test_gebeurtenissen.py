"""Somebody who keeps watch finds what is stuck, sees why, and sets it going again, in a browser."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from loket.ledger.database import one
from tests.looking import accessible, fits
from tests.site.gebeurtenissen import verhaal
from tests.site.test_gebeurtenissen import ROOT, position
from tests.site.test_gebeurtenissen import client as logged_in
from tests.site.typen.test_typen_browser import DESKTOP, PHONE, _house, apart, browser, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client
    from playwright.sync_api import Page

    from tests.conftest import Api
    from tests.site.gebeurtenissen import Verhaal

    Walk = Callable[..., Any]

__all__ = ["_house", "apart", "browser", "walk"]

pytestmark = [pytest.mark.browser, pytest.mark.req("M57", "M30")]

SHOTS = os.environ.get("LOKET_SHOTS", "")
"""A folder for pictures of the pages, for who wants to look at them."""


@pytest.fixture
def story(api: Api) -> Iterator[Verhaal]:
    with verhaal(api) as told:
        told.zaak()
        yield told


@pytest.fixture
def client(story: Verhaal) -> Client:
    """Who the house is started for."""
    del story
    return logged_in("bewaker", "view_event", "change_delivery", "view_abonnement")


def check(page: Page, name: str) -> None:
    accessible(page)
    fits(page)
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@pytest.mark.parametrize(
    "options",
    [{"viewport": PHONE}, {"viewport": DESKTOP}, {"viewport": DESKTOP, "color_scheme": "dark"}],
    ids=["phone", "desktop", "dark"],
)
def test_every_page_is_accessible_and_fits(
    walk: Walk, story: Verhaal, options: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    name, refused = request.node.callspec.id, []
    at, later = position("zaken"), position("statussen")
    made = position("abonnement")
    paths = {
        "begin": "/beheer/",
        "lijst": ROOT,
        "niets": f"{ROOT}?zoek=ZAAK-0000-0000000000",
        "vast": f"{ROOT}{at}/",
        "wacht": f"{ROOT}{later}/",
        "niemand": f"{ROOT}{made}/",
        "herhalen": f"{ROOT}{at}/herhalen/?afnemer=abonnement:{story.hears}",
    }

    def look(page: Page) -> None:
        page.on("console", lambda message: refused.append(f"{page.url} {message.text}"))
        for shot, path in paths.items():
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            check(page, f"{name}-{shot}")

    walk(look, **options)
    assert [each for each in refused if "Failed to load resource" not in each] == []


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_is_stuck_is_found_and_set_going_again(
    walk: Walk, story: Verhaal, viewport: dict[str, int]
) -> None:
    number = one("SELECT identificatie FROM zaken_zaak")[0]
    story.refuses = False

    def work(page: Page) -> None:
        page.goto("/beheer/")
        page.get_by_role("link", name="1 vastgelopen aflevering").click()
        page.get_by_label("Zaaknummer of ander nummer").fill(number)
        page.get_by_role("button", name="Zoeken").click()
        expect(page.get_by_label("Aflevering", exact=True)).to_have_value("vast")
        page.get_by_role("link", name="zaak aangemaakt").click()
        deaf = page.get_by_role("listitem").filter(has_text="zaakafhandeling.example")
        expect(deaf.get_by_text("vastgelopen", exact=True)).to_be_visible()
        expect(deaf).to_contain_text("na 1 poging")
        deaf.get_by_role("button", name="Opnieuw proberen").click()
        expect(page.get_by_text("wordt meteen opnieuw geprobeerd")).to_be_visible()
        expect(deaf.get_by_text("wacht", exact=True)).to_be_visible()
        accessible(page)

    walk(work, viewport=viewport)
    story.deliver()

    def again(page: Page) -> None:
        page.goto(ROOT)
        page.get_by_role("link", name="zaak aangemaakt").click()
        expect(page.get_by_text("vastgelopen")).to_have_count(0)
        page.get_by_label("Afnemer").select_option(label="Abonnee op zaakafhandeling.example")
        page.get_by_role("button", name="Bekijk hoeveel").click()
        expect(page.get_by_text("2 afleveringen")).to_be_visible()
        page.get_by_role("button", name="Herhalen").click()
        expect(page.get_by_text("2 afleveringen worden herhaald")).to_be_visible()
        accessible(page)

    walk(again, viewport=viewport)
    assert one("SELECT count(*) FROM ledger_delivery WHERE state = 'wacht'")[0] == 2
