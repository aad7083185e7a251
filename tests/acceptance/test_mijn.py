"""The citizen's own view and control (J5), and a task with a document (J4), by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from loket.site.demo_teksten import pdf
from tests.acceptance.house import CHROMIUM, FLAGS, House, start
from tests.acceptance.test_first_zaak import FENNA, JELLE, SCREENS
from tests.looking import accessible, fits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CONTACT = "Heeft gevraagd hoe lang de aanvraag nog duurt"
MOST_TABS = 80
KLANTINTERACTIES = "/klantinteracties/api/v1"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    running = start(tmp_path_factory.mktemp("mijn"))
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def _focused(page: Page) -> str:
    told: str = page.evaluate(
        "() => { const e = document.activeElement; return "
        "(e.getAttribute('aria-label') || e.innerText || (e.labels && e.labels[0] || {}).innerText "
        "|| e.value || '').replace(/\\s+/g, ' ').trim(); }"
    )
    return told


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if name.lower() in _focused(page).lower():
            return
    raise AssertionError(f"{page.url}: nobody comes at {name!r} by keyboard")


def press(page: Page, name: str) -> None:
    """Go to a link or button by keyboard and follow it."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state()


def go_to(page: Page, name: str) -> None:
    """Go to a part of the portal by its menu, which a phone folds away."""
    if page.get_by_role("button", name="Menu", exact=True).is_visible():
        tab_to(page, "Menu")
        page.keyboard.press("Enter")
    press(page, name)


def looks_right(page: Page, heading: str) -> None:
    """The page has one heading of level 1, passes axe, and nobody scrolls sideways."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    accessible(page)
    fits(page)


def logged_in(house: House, browser: Browser, screen: str, who: dict[str, Any]) -> Page:
    """Log in with DigiD, by keyboard."""
    context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    page = context.new_page()
    page.goto(f"{house.url}/")
    press(page, "DigiD")
    page.get_by_text(who["naam"]).first.focus()
    page.get_by_label(who["naam"]).first.check()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house.url}/**")
    looks_right(page, "Mijn overzicht")
    return page


@pytest.mark.browser
@pytest.mark.req("M9", "M12", "M14", "M15", "M19", "M21", "M35", "M36", "M44", "M47", "M51")
@pytest.mark.parametrize("screen", SCREENS)
def test_a_citizen_sees_and_controls_what_is_his(
    house: House, browser: Browser, screen: str
) -> None:
    """J5: every list; what was said is objected to, and put right with what stood there kept."""
    who = FENNA if screen == "phone" else JELLE
    page = logged_in(house, browser, screen, who)
    go_to(page, "Mijn zaken")
    looks_right(page, "Mijn zaken")
    expect(page.get_by_text("Parkeervergunning eerste auto")).to_be_visible()
    press(page, "Parkeervergunning tweede auto")
    looks_right(page, "Parkeervergunning tweede auto")
    expect(page.get_by_text("U kunt bezwaar maken").first).to_be_visible()
    press(page, "Lezen")
    expect(page.get_by_text("Pagina 1 van 1")).to_be_visible()
    looks_right(page, "Beschikking parkeervergunning")
    go_to(page, "Mijn berichten")
    looks_right(page, "Mijn berichten")
    press(page, "Wij hebben nog iets van u nodig")
    looks_right(page, "Wij hebben nog iets van u nodig")
    _objects(house, page)
    go_to(page, "Mijn gegevens")
    looks_right(page, "Mijn gegevens")
    expect(page.get_by_text(who["email"], exact=True)).to_be_visible()
    go_to(page, "Mijn sporen")
    looks_right(page, "Mijn sporen")
    expect(page.get_by_text("Bekeken wat er is gezegd").first).to_be_visible()
    press(page, "Door uzelf")
    looks_right(page, "Mijn sporen")
    expect(page.get_by_text("Basisregistratie Personen").first).to_be_visible()
    press(page, "Uitloggen")
    page.context.close()


def _objects(house: House, page: Page) -> None:
    """Say that a gespreksverslag is wrong, let an employee put it right, and see both."""
    go_to(page, "Mijn contactmomenten")
    looks_right(page, "Mijn contactmomenten")
    page.goto(f"{house.url}/mijn-contactmomenten/")
    press(page, CONTACT)
    looks_right(page, CONTACT)
    key = urlsplit(page.url).path.strip("/").rpartition("/")[2]
    press(page, "Dit klopt niet")
    looks_right(page, "Wat klopt er niet?")
    press(page, "Verzoek versturen")
    looks_right(page, "Wat klopt er niet?")
    expect(page.get_by_role("alert").or_(page.get_by_text("Vul")).first).to_be_visible()
    tab_to(page, "Wat moet er anders?")
    page.keyboard.type("Ik vroeg ook wat de vergunning kost.")
    press(page, "Verzoek versturen")
    expect(page.get_by_text("om verbetering").first).to_be_visible()
    accessible(page)
    assert house.call("GET", f"{KLANTINTERACTIES}/klantcontacten/{key}")["onderwerp"] == CONTACT
    house.call(
        "PATCH", f"{KLANTINTERACTIES}/klantcontacten/{key}",
        {
            "inhoud": "De aanvrager heeft gevraagd wanneer de vergunning er is en wat die kost.",
            "wijzigingsgrond": "correctie", "wijzigingstoelichting": "De klant vroeg erom.",
        },
    )  # fmt: skip
    page.goto(f"{house.url}/mijn-contactmomenten/{key}/")
    looks_right(page, CONTACT)
    expect(page.get_by_text("en wat die kost")).to_be_visible()
    expect(page.get_by_text("Eerder stond er")).to_be_visible()
    expect(
        page.get_by_text("De aanvrager heeft gevraagd wanneer de vergunning er is.")
    ).to_be_visible()


@pytest.mark.browser
@pytest.mark.req("M13", "M19", "M20", "M40", "M41", "M42")
@pytest.mark.parametrize("screen", SCREENS)
def test_a_task_is_done_with_a_document(house: House, browser: Browser, screen: str) -> None:
    """J4: what is asked is sent along, the task is gone, and the document stands with the zaak."""
    page = logged_in(house, browser, screen, JELLE if screen == "phone" else FENNA)
    go_to(page, "Mijn taken")
    looks_right(page, "Mijn taken")
    press(page, "Stuur een foto van uw kentekenbewijs")
    looks_right(page, "Stuur een foto van uw kentekenbewijs")
    tab_to(page, "Kenteken van uw auto")
    page.keyboard.type("AB123C")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "kentekenbewijs.pdf", "mimeType": "application/pdf", "buffer": pdf("Kenteken")}
    )
    expect(page.get_by_text("kentekenbewijs.pdf").first).to_be_visible()
    press(page, "Verder: controleren")
    accessible(page)
    expect(page.get_by_text("AB123C").first).to_be_visible()
    press(page, "Versturen")
    accessible(page)
    page.goto(f"{house.url}/mijn-zaken/")
    press(page, "Parkeervergunning eerste auto")
    expect(page.get_by_text("kentekenbewijs").first).to_be_visible()
    done = page.get_by_role("link", name="Stuur een foto van uw kentekenbewijs", exact=True)
    expect(done).to_have_count(0)
    left = page.get_by_role("link", name="Betaal de kosten van uw vergunning", exact=True)
    expect(left).to_be_visible()
    page.context.close()
