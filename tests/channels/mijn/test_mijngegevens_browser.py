"""Changing one's own details in a real browser: readable at every width, and by keyboard alone."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from loket.kernel.clock import now
from loket.registers.klantinteracties import verifieren
from loket.registers.klantinteracties.adresverificatie import Adresverificatie
from loket.registers.klantinteracties.digitaaladres import DigitaalAdres

from .bladeren import DESKTOP, SIZES, browsed, check, served
from .test_mijngegevens import HOME, NIEUW, code, toegevoegd

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from loket.kernel.tenant import Tenant
    from tests.services.mijnservices.leven import Leven

    from .test_mijngegevens import Als

pytestmark = pytest.mark.browser


def paths(leven: Leven, als: Als) -> tuple[Any, list[str]]:
    """Return who is logged in, and the pages that he has, with something on each."""
    klant = leven.burger()
    leven.zaak(klant)
    client = als(klant.actor)
    first, second = toegevoegd(client), toegevoegd(client, "sam@werk.example.nl")
    client.post(f"{HOME}{first}/code/", {"code": code(first)})
    client.post(f"{HOME}{second}/code/", {"code": code(second)})
    waiting = client.post(f"{HOME}{second}/wijzigen/", {"adres": NIEUW})["Location"]
    old = toegevoegd(client, "oud@voorbeeld.nl")
    Adresverificatie.objects.filter(digitaal_adres=old).update(
        geldig_tot=now() - timedelta(seconds=1)
    )
    client.post(f"{HOME}adres/telefoon/", {"adres": "0201234567"})
    phone = DigitaalAdres.objects.get(adres="0201234567").pk
    return client, [
        HOME, f"{HOME}adres/e-mail/", f"{HOME}adres/telefoon/", f"{HOME}{first}/wijzigen/", waiting,
        f"{HOME}{old}/code/", f"{HOME}{first}/verwijderen/", f"{HOME}voorkeuren/",
        f"{HOME}downloaden/", f"{HOME}{phone}/wijzigen/",
    ]  # fmt: skip


@pytest.mark.req("M51")
def test_every_page_is_accessible_at_every_width(gemeente: Tenant, leven: Leven, als: Als) -> None:
    client, found = paths(leven, als)
    with served(gemeente) as address, browsed(address, client) as page:
        for size in SIZES.values():
            page.set_viewport_size(size)
            for path in found:
                page.goto(path)
                check(page)
            _with_errors(page, found[4])
            page.goto(found[-1])
            _ask_for(page, "030 123 45 67")
            check(page)
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
        page.set_viewport_size(DESKTOP)
        page.goto(f"{HOME}voorkeuren/")
        check(page)


def _with_errors(page: Page, waiting: str) -> None:
    """Look at the pages as they are after a mistake, with the summary in focus."""
    for path, field in ((f"{HOME}adres/e-mail/", "adres"), (f"{HOME}adres/telefoon/", "adres")):
        page.goto(path)
        page.locator(f"#{field}").fill("fout")
        page.get_by_role("button", name="Verder").click()
        expect(page.get_by_role("alert")).to_be_focused()
        check(page)
    page.goto(waiting)
    page.goto(f"{HOME}voorkeuren/")
    for label in ("Het liefst", "Als dat niet lukt"):
        page.get_by_label(label).select_option("E-mail")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page)
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Als dat niet lukt")).to_be_focused()


@pytest.mark.req("M51")
@pytest.mark.req("M52")
def test_by_keyboard_alone_and_without_a_script(
    gemeente: Tenant, leven: Leven, als: Als, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifieren, "code_of", lambda _: "123456")
    client = als(leven.burger().actor)
    off: dict[str, Any] = {"java_script_enabled": False}
    with served(gemeente) as address, browsed(address, client, **off) as page:
        page.goto(HOME)
        _to(page, "E-mailadres toevoegen")
        page.keyboard.press("Enter")
        _to(page, "adres")
        page.keyboard.type(NIEUW)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Vul de code in")
        _to(page, "code")
        page.keyboard.type("123456")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Gecontroleerd")).to_be_visible()
        _to(page, "Mijn gegevens downloaden")
        page.keyboard.press("Enter")
        _to(page, "Downloaden")
        with page.expect_download() as told:
            page.keyboard.press("Enter")
        told.value.save_as(tmp_path / "dossier.zip")
    content = (tmp_path / "dossier.zip").read_bytes()
    assert NIEUW in ZipFile(io.BytesIO(content)).read("profiel.json").decode()


@pytest.mark.req("M51")
def test_a_number_that_cannot_be_checked_asks_for_a_yes(
    gemeente: Tenant, leven: Leven, als: Als
) -> None:
    client = als(leven.burger().actor)
    client.post(f"{HOME}adres/telefoon/", {"adres": "0201234567"})
    off: dict[str, Any] = {"java_script_enabled": False}
    with served(gemeente) as address, browsed(address, client, **off) as page:
        page.goto(HOME)
        page.get_by_role("link", name="Wijzigen").click()
        _ask_for(page, "030 123 45 67")
        page.get_by_role("link", name="Nee, terug").click()
        expect(page.get_by_text("Nu gebruiken wij: 0201234567")).to_be_visible()
        _ask_for(page, "030 123 45 67")
        page.get_by_role("button", name="Ja, gebruik 030 123 45 67").click()
        done = "Wij gebruiken vanaf nu 0301234567 in plaats van 0201234567."
        expect(page.get_by_text(done)).to_be_visible()


def _ask_for(page: Page, number: str) -> None:
    """Fill in a number that takes no code, and see that one is asked whether it is right."""
    page.get_by_label("Nieuw telefoonnummer").fill(number)
    page.get_by_role("button", name="Verder").click()
    title = "Klopt het nieuwe telefoonnummer?"
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


@pytest.mark.req("M51")
def test_wrong_codes_end_at_a_new_one_and_back_at_what_is_done(
    gemeente: Tenant, leven: Leven, als: Als, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifieren, "code_of", lambda _: "123456")
    client = als(leven.burger().actor)
    uuid = toegevoegd(client)
    with served(gemeente) as address, browsed(address, client) as page:
        page.goto(f"{HOME}{uuid}/code/")
        for typed in ("12ab", *["654321"] * 5):
            page.get_by_label("Code").fill(typed)
            page.get_by_role("button", name="Controleren").click()
        expect(page.get_by_role("alert")).to_contain_text("te vaak een verkeerde code")
        check(page)
        page.get_by_role("button", name="Stuur een nieuwe code").click()
        page.get_by_label("Code").fill("123 456")
        page.get_by_role("button", name="Controleren").click()
        expect(page.get_by_text("Gecontroleerd")).to_be_visible()
        page.go_back()
        expect(page.get_by_text("Dit is al gedaan.")).to_be_visible()
        check(page)


def _to(page: Page, name: str) -> None:
    """Press Tab until what is called so, or is a field of that name, has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and name in (
            focused.inner_text().strip(), focused.get_attribute("id") or "",
        ):  # fmt: skip
            outline = "e => getComputedStyle(e).outlineStyle"
            assert focused.evaluate(outline) == "solid"
            return
    raise AssertionError(name)
