"""A beheerder writes a text, looks at it, puts it into use, and sees what a rule would do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from loket.kernel.clock import today
from loket.site import demo
from tests.acceptance.house import CHROMIUM, FLAGS, House, start
from tests.looking import accessible, fits
from tests.registers.taken.test_taken import body as taak_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

pytestmark = pytest.mark.browser

SCREENS: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1280, "height": 900},
}
URN = "urn:nld:brp:bsn:999990019"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    running = start(tmp_path_factory.mktemp("output"))
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(params=SCREENS)
def page(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Page]:
    context = browser.new_context(viewport=SCREENS[request.param], locale="nl-NL")
    opened = context.new_page()
    opened.goto(f"{house.url}/beheer/login/?next=/beheer/")
    name, password = demo.BEHEERDER.split(" / ")
    opened.get_by_label("Gebruikersnaam").fill(name)
    opened.get_by_label("Wachtwoord").fill(password)
    opened.get_by_role("button", name="Aanmelden").click()
    yield opened
    context.close()


def check(page: Page) -> None:
    accessible(page)
    fits(page)


@pytest.mark.req("M31", "M56", "M57")
def test_from_a_text_to_what_a_rule_would_do(house: House, page: Page) -> None:
    size = page.viewport_size["width"] if page.viewport_size else 0
    house.call("POST", "/taken/api/v1/externetaken", taak_body(isToegewezenAan=URN), 201)
    page.get_by_role("link", name="Output:").click()
    check(page)
    new_version(page, f"Er is iets te doen ({size})")
    check(page)
    new_rule(page, f"Taak op {size}")
    check(page)
    page.get_by_role("link", name="Proefdraaien").click()
    page.get_by_label("Over welke dag?").fill(today().isoformat())
    page.get_by_role("button", name="Proefdraaien").click()
    row = page.get_by_role("row").filter(has_text=f"Taak op {size}").first
    expect(row).to_contain_text("Bericht in het portaal")
    check(page)
    page.goto(f"{house.url}/beheer/output/berichten/")
    expect(page.get_by_role("row").filter(has_text=f"Taak op {size}")).to_have_count(0)
    check(page)


def new_version(page: Page, onderwerp: str) -> None:
    """Write a version of the template for a task, look at it, and put it into use."""
    page.get_by_role("link", name="Taak", exact=True).last.click()
    page.get_by_role("button", name="Nieuwe versie maken").click()
    dutch = page.get_by_role("group", name="Nederlands")
    dutch.get_by_label("Onderwerp (verplicht)").fill(onderwerp)
    check(page)
    page.get_by_role("button", name="Bewaren en voorbeeld bekijken").click()
    expect(page.get_by_text("De tekst is bewaard.")).to_be_visible()
    expect(page.locator("strong").get_by_text(onderwerp)).to_be_visible()
    mail = page.frame_locator("iframe")
    expect(mail.get_by_text("Dat kan tot en met 31 december 2026.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ tekens, in \d de"))).to_be_visible()
    check(page)
    page.get_by_role("link", name="Publiceren").click()
    check(page)
    page.get_by_role("button", name="Publiceren").click()
    expect(page.get_by_text("is in gebruik.")).to_be_visible()
    expect(page.get_by_role("heading", name=onderwerp)).to_be_visible()


def new_rule(page: Page, naam: str) -> None:
    """Make a rule that sends it to the portal."""
    page.get_by_role("link", name="Nieuwe regel met dit sjabloon").click()
    page.get_by_label("Naam").fill(naam)
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Wat gebeurt er?")
    check(page)
    page.get_by_label("Wat gebeurt er?").select_option("Taak uitgezet")
    page.get_by_label("Eerste kanaal").select_option("Bericht in het portaal")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("De regel is gemaakt.")).to_be_visible()
