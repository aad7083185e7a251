"""The record manager's pages in a real browser: readable, reachable by keyboard, nothing inline."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from playwright.sync_api import expect

from tests.site.archief.test_archief import at, lijst, oude_zaken, zaaktype, zet
from tests.site.typen.test_typen_browser import (
    DESKTOP,
    PHONE,
    _house,
    apart,
    browser,
    check,
    tab_to,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import ThreadPoolExecutor

    from django.test import Client
    from playwright.sync_api import Browser, Page

    from loket.registers.archief.vernietigingslijst import Vernietigingslijst
    from tests.services.archivering.archiefwerk import Archief

    Walk = Callable[..., Any]

__all__ = ["_house", "apart", "browser"]

pytestmark = pytest.mark.browser

ROOT = "/beheer/archief/"
SHOTS = os.environ.get("LOKET_SHOTS", "")
"""A folder for pictures of the pages, for who wants to look at them."""


@pytest.fixture
def client(opsteller: Client) -> Client:
    """Who the house is started for."""
    return opsteller


@pytest.fixture
def walk(apart: ThreadPoolExecutor, browser: Browser, house: str) -> Walk:
    """Runs what is to be done on a page, by somebody who is logged in."""
    name = settings.SESSION_COOKIE_NAME

    def run(who: Client, what: Callable[[Page], Any], options: dict[str, Any]) -> Any:
        cookie = {"name": name, "value": who.cookies[name].value, "url": house}
        context = browser.new_context(locale="nl-NL", base_url=house, **options)
        context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict to Playwright
        try:
            return what(context.new_page())
        finally:
            context.close()

    def walk_as(who: Client, what: Callable[[Page], Any], **options: Any) -> Any:
        for moment in (request_started, request_finished):  # Django's test client puts it back
            moment.disconnect(close_old_connections)
        return apart.submit(run, who, what, options).result()

    return walk_as


@pytest.fixture
def found(archief: Archief, opsteller: Client, vaststeller: Client) -> Vernietigingslijst:
    """A list that was returned once, with a zaak excluded; beside it a zaak that is kept."""
    made = lijst(archief, opsteller, 3)
    regel = made.regels.order_by("zaaknummer")[0]
    zet(opsteller, made, "aanbieden")
    zet(vaststeller, made, "teruggeven", oordeel="Van de eerste zaak loopt nog een klacht.")
    opsteller.post(at(made, f"regels/{regel.pk}/uitzonderen/"), {"reden": "Er loopt een klacht."})
    (blijft,) = oude_zaken(archief, 1)
    body = {"archiefnominatie": "blijvend_bewaren", "archiefactiedatum": "2019-01-01"}
    archief.werk.api.patch(blijft["url"], json=body)
    oude_zaken(archief, 1)
    return made


@pytest.mark.parametrize(
    "options",
    [{"viewport": PHONE}, {"viewport": DESKTOP}, {"viewport": DESKTOP, "color_scheme": "dark"}],
    ids=["phone", "desktop", "dark"],
)
def test_every_page_is_accessible_and_runs_nothing_inline(
    walk: Walk, archief: Archief, opsteller: Client, vaststeller: Client,
    found: Vernietigingslijst, options: dict[str, Any], request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    refused: list[str] = []
    name = request.node.callspec.id

    def look(*paths: str) -> Callable[[Page], None]:
        def at_each(page: Page) -> None:
            page.on("console", lambda message: refused.append(f"{page.url} {message.text}"))
            for path in paths:
                answer = page.goto(path)
                assert answer is not None
                assert answer.status == 200, path
                check(page)
                if SHOTS:
                    shown = path.removeprefix(ROOT).replace("/", "-").replace(str(found.pk), "")
                    page.screenshot(path=f"{SHOTS}/{name}-{shown}.png", full_page=True)

        return at_each

    regel = found.regels.filter(stand="voorgesteld")[0]
    making = (
        "/beheer/", ROOT, f"{ROOT}overbrengen/", f"{ROOT}lijsten/nieuw/{zaaktype(archief)}/",
        at(found), at(found, "aanbieden/"), at(found, "verwijderen/"),
        at(found, f"regels/{regel.pk}/uitzonderen/"),
    )  # fmt: skip
    walk(opsteller, look(*making), **options)
    zet(opsteller, found, "aanbieden")
    walk(
        vaststeller,
        look(at(found) + "?", at(found, "vaststellen/"), at(found, "teruggeven/")),
        **options,
    )
    zet(vaststeller, found, "vaststellen", zeker="on")
    walk(vaststeller, look(at(found) + "?bezig", at(found) + "?stand=te_vernietigen"), **options)
    archief.werk_af()
    walk(vaststeller, look(at(found) + "?klaar", at(found, "verklaring/"), f"{ROOT}?na"), **options)
    assert [each for each in refused if "Failed to load resource" not in each] == []


def test_with_the_keyboard_alone_a_list_is_made_and_offered(
    walk: Walk, archief: Archief, opsteller: Client
) -> None:
    oude_zaken(archief, 2)

    def work(page: Page) -> None:
        page.goto(ROOT)
        link = page.get_by_role("link", name="Lijst maken voor Vergunning EEN")
        tab_to(page, link.inner_text().strip())
        page.keyboard.press("Enter")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text("Vernietigingslijst")
        tab_to(page, "Naam van de lijst")
        page.keyboard.type(" van 2026")
        page.keyboard.press("Enter")
        expect(page.get_by_text("De lijst is gemaakt, met 2 zaken.")).to_be_visible()
        tab_to(page, "Aanbieden")
        page.keyboard.press("Enter")
        expect(heading).to_contain_text("aanbieden")
        tab_to(page, "Aanbieden")
        page.keyboard.press("Enter")
        expect(page.get_by_text("U bood deze lijst aan.")).to_be_visible()
        check(page)

    walk(opsteller, work, viewport=DESKTOP)


def test_a_list_is_approved_and_followed_until_it_is_done(
    walk: Walk, archief: Archief, opsteller: Client, vaststeller: Client, found: Vernietigingslijst
) -> None:
    zet(opsteller, found, "aanbieden")

    def approve(page: Page) -> None:
        page.goto(at(found))
        page.get_by_role("link", name="Vaststellen").click()
        page.get_by_role("button", name="Vaststellen en vernietigen").click()
        expect(page.get_by_role("alert")).to_contain_text("Dit veld is verplicht")
        check(page)
        page.get_by_label("Ik heb de lijst bekeken").check()
        page.get_by_role("button", name="Vaststellen en vernietigen").click()
        expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")

    walk(vaststeller, approve, viewport=PHONE)
    archief.werk_af()

    def follow(page: Page) -> None:
        def begun(route: Any) -> None:
            seen.append(route.request.url)
            route.fulfill(body="<p>Bezig</p>", content_type="text/html")

        seen: list[str] = []
        page.route("**/voortgang/", begun, times=1)
        page.goto(at(found))
        page.evaluate(
            "() => { const d = document.createElement('div'); d.dataset.volg = '"
            f"{at(found, 'voortgang/')}'; document.body.append(d); "
            "const s = document.createElement('script'); "
            "s.src = '/static/archief/volgen.js'; document.body.append(s); }"
        )
        with page.expect_navigation(timeout=10_000):
            pass
        assert len(seen) == 1
        expect(page.get_by_role("link", name="Verklaring van vernietiging")).to_be_visible()

    walk(vaststeller, follow, viewport=DESKTOP)


def test_a_zaak_is_taken_along(walk: Walk, opsteller: Client, found: Vernietigingslijst) -> None:
    del found

    def take(page: Page) -> None:
        page.goto(f"{ROOT}overbrengen/")
        with page.expect_download() as download:
            page.get_by_role("link", name="Meenemen als ZIP").click()
        assert download.value.suggested_filename.startswith("ZAAK-")

    walk(opsteller, take, viewport=PHONE)
