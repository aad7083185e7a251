"""The portal in a real browser: readable, reachable by keyboard, light, and closed to others."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import expect, sync_playwright

from loket.kernel import tenant
from loket.registers.beheer.basisregistratie import Basis
from loket.services.mijnservices.persoonsgegevens import Gegevens, Stand
from tests.looking import accessible, fits

from .bronnen import BEDRIJF
from .voorbeeld import AFGEROND, LANG, LOPEND, VOORBEELDSTAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

    from playwright.sync_api import Browser, BrowserContext, Page, Request

    from .voorbeeld import Digid, MijnZaken

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
# 1280 pixels at 400%, and the narrowest that WCAG 2.2 asks for (1.4.10)
ZOOMED = {"width": 320, "height": 256}
OUTSIDE = ["/inloggen/?verlopen=1", "/inloggen/mislukt/?reden=assurance", "/toegankelijkheid/"]
INSIDE = [
    "/overzicht/",
    "/mijn-zaken/",
    f"/mijn-zaken/{LOPEND.regel.uuid}/",
    f"/mijn-zaken/{LANG.regel.uuid}/",
    f"/mijn-zaken/{AFGEROND.regel.uuid}/",
    "/mijn-gegevens/",
    "/mijn-sporen/",
    "/bestaat-niet/",
    "/fout/500/",
]


@dataclass
class Site:
    address: str

    def log_in(self, page: Page) -> None:
        page.goto(self.address + "/inloggen/")
        page.get_by_role("link", name="Inloggen met DigiD").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mijn overzicht")
        page.goto(self.address + "/mijn-zaken/")
        # The text stands there before the page's script runs, which starts the session's clock.
        page.wait_for_load_state()


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def site(mijn: MijnZaken, digid: Digid) -> Iterator[Site]:
    mijn.lopend, mijn.afgerond = [LOPEND, LANG], [AFGEROND]
    application = get_wsgi_application()

    def in_voorbeeldstad(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        with tenant.entered(VOORBEELDSTAD):
            return application(environ, start_response)

    with make_server("127.0.0.1", 0, in_voorbeeldstad, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        digid.address = f"{address}/inloggen/terug/?state=s&code=c"
        yield Site(address)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []

    def visit(**options: Any) -> Page:
        context = browser.new_context(locale="nl-NL", **options)
        contexts.append(context)
        # This site serves no stream; a 404 of its own would hand out the session's cookie again.
        context.route(
            "**/events/mijn?*", lambda route: route.fulfill(content_type="text/event-stream")
        )
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture(params=[PHONE, DESKTOP, ZOOMED], ids=["phone", "desktop", "zoomed"])
def page(request: pytest.FixtureRequest, visit: Callable[..., Page]) -> Page:
    return visit(viewport=request.param)


def check(page: Page) -> None:
    """Hold the page that is shown against the rules for all pages."""
    accessible(page)
    fits(page)
    assert page.locator("h1").count() == 1
    assert page.title()


def test_pages_for_everybody_are_accessible(site: Site, page: Page) -> None:
    for path in OUTSIDE:
        page.goto(site.address + path)
        check(page)


def test_pages_for_the_citizen_are_accessible(site: Site, page: Page) -> None:
    site.log_in(page)
    for path in INSIDE:
        page.goto(site.address + path)
        check(page)


def test_what_base_registers_tell_is_accessible(
    site: Site, page: Page, bron: list[Gegevens]
) -> None:
    site.log_in(page)
    for told in (BEDRIJF, Gegevens(Basis.BRP, Stand.MISLUKT)):
        bron.append(told)
        page.goto(f"{site.address}/mijn-gegevens/")
        check(page)


def test_pages_without_zaken_are_accessible(site: Site, page: Page, mijn: MijnZaken) -> None:
    mijn.lopend, mijn.afgerond = [], []
    site.log_in(page)
    check(page)


def test_pages_in_english_are_accessible(site: Site, page: Page) -> None:
    site.log_in(page)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My cases")
    check(page)


def test_pages_in_forced_colours_are_accessible(site: Site, visit: Callable[..., Page]) -> None:
    page = visit(viewport=DESKTOP, forced_colors="active")
    site.log_in(page)
    page.goto(f"{site.address}/mijn-zaken/{LOPEND.regel.uuid}/")
    check(page)


def test_on_a_phone_a_table_is_cards_and_still_a_table(
    site: Site, visit: Callable[..., Page]
) -> None:
    page = visit(viewport=PHONE)
    site.log_in(page)
    running = page.get_by_role("table", name="Lopende zaken")
    assert running.get_by_role("columnheader").all_text_contents() == [
        "Omschrijving",
        "Zaaknummer",
        "Registratiedatum",
        "Status",
    ]
    row = running.get_by_role("row").filter(has_text="Dorpsstraat")
    cells = [row.get_by_role("rowheader"), *row.get_by_role("cell").all()]
    tops = [cell.evaluate("e => e.getBoundingClientRect().top") for cell in cells]
    assert tops == sorted(set(tops))


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_next_step_is_in_sight(
    site: Site, visit: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = visit(viewport=viewport)
    site.log_in(page)
    page.get_by_role("link", name="Parkeervergunning Dorpsstraat").click()
    expect(page.get_by_text("De zaak moet uiterlijk")).to_be_in_viewport()


def test_without_javascript_everything_can_be_read(site: Site, visit: Callable[..., Page]) -> None:
    page = visit(java_script_enabled=False)
    site.log_in(page)
    page.get_by_role("link", name="Straatfeest Koningsdag").click()
    expect(page.get_by_text("Verleend")).to_be_visible()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    page.get_by_role("button", name="Uitloggen").click()
    page.goto(site.address + "/mijn-zaken/")
    expect(page.get_by_role("link", name="Inloggen met DigiD")).to_be_visible()


def test_the_keyboard_reaches_all_in_order_and_shows_where_it_is(
    site: Site, visit: Callable[..., Page]
) -> None:
    page = visit(viewport=DESKTOP)
    site.log_in(page)
    reached = []
    for _ in range(16):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        reached.append(" ".join(focused.inner_text().split())[:21])
        outline = focused.evaluate("e => getComputedStyle(e).outlineStyle")
        assert outline == "solid", reached[-1]
    assert reached == [
        "Naar de inhoud",
        "Gemeente Voorbeeldsta",
        "English",
        "Overzicht",
        "Mijn Zaken",
        "Mijn Taken",
        "Mijn Berichten",
        "Mijn Contactmomenten",
        "Mijn Gegevens",
        "Mijn Sporen",
        "Zoeken",
        "Uitloggen",
        "Parkeervergunning Dor",
        "Melding: de lantaarnp",
        "Straatfeest Koningsda",
        "Toegankelijkheid",
    ]


def test_on_a_phone_the_menu_folds_out(site: Site, visit: Callable[..., Page]) -> None:
    page = visit(viewport=PHONE)
    site.log_in(page)
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).press("Enter")
    expect(menu).to_be_visible()
    check(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Menu sluiten")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_role("button", name="Menu", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    menu.get_by_role("link", name="Mijn Gegevens").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn gegevens")


def test_the_largest_text_fits_on_a_phone(site: Site, visit: Callable[..., Page]) -> None:
    page = visit(viewport=PHONE)
    site.log_in(page)
    before = page.get_by_role("heading", level=1).bounding_box()
    with page.expect_navigation():
        page.get_by_role("button", name="Grootste tekst").press("Enter")
    after = page.get_by_role("heading", level=1).bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"] * 1.3
    for path in INSIDE:
        page.goto(site.address + path)
        fits(page)
    accessible(page)


def test_what_has_the_focus_stays_readable(site: Site, visit: Callable[..., Page]) -> None:
    page = visit(viewport=DESKTOP)
    site.log_in(page)
    for name in ("Mijn zaken", "Uitloggen"):
        page.keyboard.press("Tab")
        page.get_by_text(name, exact=True).first.focus()
        accessible(page, ("color-contrast",))


def test_the_skip_link_leads_to_the_content(site: Site, visit: Callable[..., Page]) -> None:
    page = visit()
    site.log_in(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Parkeervergunning Dorpsstraat")).to_be_focused()


def test_a_warning_comes_before_the_session_ends(site: Site, visit: Callable[..., Page]) -> None:
    page = visit()
    page.clock.install()
    site.log_in(page)
    page.clock.fast_forward("12:55")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    page.clock.fast_forward("00:10")
    expect(page.get_by_role("alertdialog", name="Bent u er nog?")).to_be_visible()
    expect(page.get_by_role("link", name="Ingelogd blijven")).to_be_focused()
    check(page)
    with page.expect_navigation():
        page.keyboard.press("Escape")
    expect(page.get_by_role("alertdialog")).to_have_count(0)


def test_when_the_session_has_ended_the_page_is_gone(
    site: Site, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.clock.install()
    site.log_in(page)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.clock.fast_forward("15:01")
    expect(page.get_by_text("U deed 15 minuten niets.")).to_be_visible()
    assert page.url.endswith("&volgende=%2Fmijn-zaken%2F")


def test_the_first_page_is_light_and_asks_nothing_elsewhere(
    site: Site, visit: Callable[..., Page]
) -> None:
    page = visit()
    requests: list[Request] = []
    refused: list[str] = []

    def keep(request: Request) -> None:
        requests.append(request)

    page.on("request", keep)
    page.on("console", lambda message: refused.append(message.text))
    page.goto(site.address + "/inloggen/", wait_until="networkidle")
    assert sum(request.sizes()["responseBodySize"] for request in requests) < 100_000
    site.log_in(page)
    page.goto(f"{site.address}/mijn-zaken/{LOPEND.regel.uuid}/", wait_until="networkidle")
    assert {urlsplit(request.url).netloc for request in requests} == {urlsplit(site.address).netloc}
    assert refused == []
