"""The pages for types in a real browser: readable, reachable by keyboard, nothing run inline."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from playwright.sync_api import expect, sync_playwright

from loket.kernel.actor import Actor
from loket.registers.catalogi.soorten import DELEN, parts_of
from loket.registers.catalogi.uitwisselen.archief import read
from loket.registers.catalogi.uitwisselen.importeren import Wishes, carry_out
from loket.registers.catalogi.zaaktype import ZaakType
from loket.site.wsgi import application
from tests.looking import accessible, fits
from tests.registers.catalogi import zips
from tests.registers.catalogi.beheer import PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client
    from playwright.sync_api import Browser, Page

    from loket.kernel.tenant import Tenant
    from tests.registers.catalogi.beheer import Beheer

    Walk = Callable[..., Any]

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
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(name="house")
def _house(both: tuple[Tenant, Tenant], client: Client) -> Iterator[str]:
    """The house on a port, in the transaction of the test: its thread shares the connections."""
    del client
    shared = {each.alias: connections[each.alias] for each in both}
    for connection in shared.values():
        connection.inc_thread_sharing()
    moments = (request_started, request_finished)
    for moment in moments:  # between requests the transaction stays open
        moment.disconnect(close_old_connections)
    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:

        def serve() -> None:
            for alias, connection in shared.items():
                connections[alias] = connection
            server.serve_forever(poll_interval=0.05)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
    for moment in moments:
        moment.connect(close_old_connections)
    for connection in shared.values():
        connection.dec_thread_sharing()


@pytest.fixture(scope="module")
def apart() -> Iterator[ThreadPoolExecutor]:
    """A thread for the browser, since Playwright's event loop does not go with a connection."""
    with ThreadPoolExecutor(1) as executor:
        yield executor


@pytest.fixture(scope="module")
def browser(apart: ThreadPoolExecutor) -> Iterator[Browser]:
    playwright = apart.submit(lambda: sync_playwright().start()).result()
    launch = partial(
        playwright.chromium.launch, executable_path="/usr/bin/chromium", args=ARGUMENTS
    )
    chromium: Browser = apart.submit(launch).result()
    yield chromium
    apart.submit(chromium.close).result()
    apart.submit(playwright.stop).result()


@pytest.fixture
def walk(apart: ThreadPoolExecutor, browser: Browser, house: str, client: Client) -> Walk:
    """Runs what is to be done on a page, by a beheerder who is logged in."""
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": house}

    def run(what: Callable[[Page], Any], options: dict[str, Any]) -> Any:
        context = browser.new_context(locale="nl-NL", base_url=house, **options)
        context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict to Playwright
        try:
            return what(context.new_page())
        finally:
            context.close()

    return lambda what, **options: apart.submit(run, what, options).result()


@pytest.fixture(name="paths")
def _paths(beheer: Beheer) -> list[str]:
    """Every page, of a zaaktype with a second version and everything in it."""
    contents = read(zips.zipped(zips.open_zaak()))
    carry_out(contents, Actor.system("test"), Wishes(publish=True))
    contents = read(zips.zipped(zips.open_zaak()))
    carry_out(contents, Actor.system("test"), Wishes(versions=True, begin=date(2026, 1, 1)))
    old, new = ZaakType.objects.order_by("begin_geldigheid")
    url = f"{beheer.api_root}/zaaktypen/{new.pk}"
    beheer.make("zaakobjecttypen", zaaktype=url, **PARTS["zaakobjecttypen"])
    beheer.make(
        "resultaattypen",
        zaaktype=url,
        **PARTS["resultaattypen"],
        archiefnominatie="blijvend_bewaren",
        archiefactietermijn="P10Y",
    )
    beheer.api.patch(
        url, json={"doorlooptijd": "P6W", "toelichting": "Korter", "servicenorm": None}
    )
    for nr, name in enumerate(("In behandeling", "Advies gevraagd", "Besloten"), start=3):
        beheer.make(
            "statustypen", zaaktype=url, omschrijving=name, volgnummer=nr, informeren=nr == 5
        )
    at = f"/beheer/typen/zaaktypen/{new.pk}/"
    root = "/beheer/typen/"
    status = parts_of(DELEN["statustypen"], new)[0]
    return [
        root,
        f"{root}?q=niets",
        f"{root}catalogi/nieuw/",
        f"{root}inlezen/",
        f"{root}zaaktypen/nieuw/",
        f"{root}informatieobjecttypen/nieuw/?catalogus={new.catalogus_id}",
        f"{root}besluittypen/nieuw/?catalogus={new.catalogus_id}",
        at,
        f"/beheer/typen/zaaktypen/{old.pk}/",
        *(f"{at}{page}/" for page in ("wijzigen", "kopieren", "versie", "publiceren")),
        f"{at}vergelijken/?alles=on",
        f"{at}vergelijken/",
        f"{at}verwijderen/",
        *(f"{at}{path}/nieuw/" for path in DELEN),
        f"{at}statustypen/{status.pk}/",
        f"/beheer/typen/zaaktypen/{old.pk}/beeindigen/",
        f"/beheer/typen/zaaktypen/{old.pk}/statustypen/nieuw/",
    ]


def check(page: Page) -> None:
    """Hold the page that is shown against the rules for all pages."""
    accessible(page, RULES)
    fits(page)
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize(
    "options",
    [{"viewport": PHONE}, {"viewport": DESKTOP}, {"viewport": DESKTOP, "color_scheme": "dark"}],
    ids=["phone", "desktop", "dark"],
)
def test_every_page_is_accessible_and_runs_nothing_inline(
    walk: Walk, paths: list[str], options: dict[str, Any]
) -> None:
    refused: list[str] = []

    def look(page: Page) -> None:
        page.on("console", lambda message: refused.append(f"{page.url} {message.text}"))
        for path in paths:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status in (200, 409), path
            check(page)

    walk(look, **options)
    assert [each for each in refused if "Failed to load resource" not in each] == []


def test_with_the_keyboard_alone_a_part_is_added_and_corrected(
    walk: Walk, paths: list[str]
) -> None:
    def work(page: Page) -> None:
        page.goto(paths[7])
        tab_to(page, "Roltype toevoegen")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Roltype toevoegen")
        tab_to(page, "Omschrijving")
        page.keyboard.type("Gemachtigde")
        page.keyboard.press("Enter")
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("Omschrijving generiek: Dit veld is vereist.")
        check(page)
        tab_to(page, "Omschrijving generiek")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert focused(page) == "Omschrijving generiek (verplicht)"
        page.keyboard.type("Adv")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Roltype: toegevoegd.")).to_be_visible()
        expect(page.get_by_role("link", name="Gemachtigde")).to_be_visible()

    walk(work, viewport=DESKTOP)


def test_a_zip_is_read_in_and_taken_along(walk: Walk, paths: list[str]) -> None:
    files = zips.open_zaak()
    files["Catalogus.json"][0]["domein"] = "NIEUW"
    content = zips.zipped(files).getvalue()

    def work(page: Page) -> None:
        page.goto(f"{paths[0]}inlezen/")
        page.get_by_label("De ZIP", exact=True).set_input_files(
            {"name": "catalogus.zip", "mimeType": "application/zip", "buffer": content}
        )
        page.get_by_role("button", name="Inlezen").click()
        expect(page.get_by_role("status")).to_have_text("Ingelezen: 10 gemaakt")
        check(page)
        page.goto(paths[0])
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile("Meenemen.*NIEUW")).click()
        assert download.value.suggested_filename == "catalogus-NIEUW.zip"

    walk(work, viewport=PHONE)


def focused(page: Page) -> str:
    """Return how what has the focus is called."""
    told: str = page.locator(":focus").evaluate(
        "e => (e.labels && e.labels.length ? e.labels[0] : e).innerText.trim()"
    )
    return told


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called so has the focus, which must show."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if focused(page).removesuffix(" (verplicht)") == name:
            outline = page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle")
            assert outline == "solid"
            return
    raise AssertionError(name)
