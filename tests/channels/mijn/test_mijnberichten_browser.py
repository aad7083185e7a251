"""Mijn berichten and Mijn contactmomenten in a real browser, at each width and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.channels.mijn.bladeren import DESKTOP, SIZES, browsed, check, served
from tests.services.mijnservices.leven import key

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant
    from tests.services.mijnservices.leven import Klant, Leven

    from .test_mijnberichten import Als

pytestmark = pytest.mark.browser

TEKST = """\
Beste mevrouw Jansen,

Wij missen nog **twee dingen** voor uw parkeervergunning:

- het kenteken van uw auto
- [het formulier](https://www.voorbeeldstad.example/parkeren)

### Waarom?

Zonder kenteken kunnen wij geen vergunning geven.
"""


def pages(leven: Leven, klant: Klant) -> dict[str, str]:
    """Let somebody have all that the pages can show; return where."""
    zaak = leven.zaak(klant)
    for nr in range(51):
        leven.bericht(klant, onderwerp=f"Bericht {nr} over uw Meerjarenonderhoudsplan")
    open_ = leven.bericht(
        klant, zaak, onderwerp="Wij hebben meer informatie nodig", berichtTekst=TEKST,
        handelingsPerspectief="informatie_geven", einddatumHandelingsTermijn="2099-02-03T11:00:00Z",
    )  # fmt: skip
    over = leven.bericht(
        klant, handelingsPerspectief="informatie_geven",
        einddatumHandelingsTermijn="2020-02-03T11:00:00Z",
    )  # fmt: skip
    leven.contacten.make("contactnormen", onderwerp="", kanaal="", termijn=5)
    contact = leven.contact(klant, zaak, onderwerp="Heeft gevraagd wat een vergunning kost")
    leven.api.patch(contact["url"], json={
        "inhoud": "Mevrouw heeft gevraagd wanneer de vergunning komt.",
        "wijzigingsgrond": "correctie", "wijzigingstoelichting": "Op verzoek.",
    }).raise_for_status()  # fmt: skip
    return {
        "berichten": "/mijn-berichten/",
        "ongelezen": "/mijn-berichten/?toon=ongelezen&bladzijde=2",
        "bericht": f"/mijn-berichten/{key(open_)}/",
        "bericht-voorbij": f"/mijn-berichten/{key(over)}/",
        "contactmomenten": "/mijn-contactmomenten/",
        "contactmomenten-zaak": f"/mijn-contactmomenten/?zaak={key(zaak)}",
        "contactmoment": f"/mijn-contactmomenten/{key(contact)}/",
        "klopt-niet": f"/mijn-contactmomenten/{key(contact)}/klopt-niet/",
        "vraag": f"/mijn-zaken/{key(zaak)}/vraag/",
    }


def send(page: Page, name: str) -> None:
    """Press the button of a form, and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_each_page_is_accessible_and_fits(leven: Leven, als: Als, gemeente: Tenant) -> None:
    klant = leven.burger()
    found = pages(leven, klant)
    client = als(klant.actor)
    with served(gemeente) as address, browsed(address, client) as page:
        for size in SIZES.values():
            page.set_viewport_size(size)
            for path in found.values():
                page.goto(path)
                check(page)
            page.goto(found["vraag"])
            send(page, "Vraag versturen")
            expect(page.get_by_role("alert")).to_be_focused()
            check(page)


def test_forced_colours_and_print_leave_it_readable(
    leven: Leven, als: Als, gemeente: Tenant
) -> None:
    klant = leven.burger()
    found = pages(leven, klant)
    with (
        served(gemeente) as address,
        browsed(address, als(klant.actor), forced_colors="active", reduced_motion="reduce") as page,
    ):
        for name in ("berichten", "bericht", "contactmoment"):
            page.goto(found[name])
            check(page)
        page.goto(found["bericht"])
        page.emulate_media(media="print")
        expect(page.get_by_text("twee dingen")).to_be_visible()
        expect(page.get_by_role("button", name="Reactie versturen")).to_be_hidden()


def test_the_keyboard_alone_reads_replies_and_objects(
    leven: Leven, als: Als, gemeente: Tenant
) -> None:
    """Without JavaScript: from the list to a reply, its error mended, and on to what was said."""
    klant = leven.burger()
    leven.contact(klant, onderwerp="Heeft naar de kosten gevraagd")
    leven.bericht(klant, onderwerp="Meer informatie", handelingsPerspectief="informatie_geven")
    options = {"viewport": DESKTOP, "java_script_enabled": False}
    with served(gemeente) as address, browsed(address, als(klant.actor), **options) as page:
        page.goto("/mijn-berichten/")
        reach(page, "Meer informatie")
        expect(page.get_by_role("heading", level=1)).to_have_text("Meer informatie")
        reach(page, "Reactie versturen")
        expect(page.get_by_role("alert")).to_contain_text("Vul uw tekst in.")
        reach(page, "Vul uw tekst in.")
        expect(page.get_by_label("Uw reactie")).to_be_focused()
        page.keyboard.type("Mijn kenteken is XX-99-XX.")
        reach(page, "Reactie versturen")
        expect(
            page.get_by_role("status").filter(has_text="Uw reactie is verstuurd.")
        ).to_be_visible()
        page.goto("/mijn-contactmomenten/")
        reach(page, "Heeft naar de kosten gevraagd")
        reach(page, "Dit klopt niet")
        reach(page, "Wat moet er anders?", press="")
        page.keyboard.type("Ik vroeg naar de termijn.")
        reach(page, "Verzoek versturen")
        expect(
            page.get_by_role("status").filter(has_text="Uw verzoek om verbetering")
        ).to_be_visible()
        expect(page.get_by_text("Wij bekijken dit nog.")).to_be_visible()


def reach(page: Page, name: str, press: str = "Enter") -> None:
    """Go by Tab to what has a name, see that the focus shows, and press a key."""
    target = page.locator(f"a:text-is('{name}'), button:text-is('{name}')").or_(
        page.get_by_label(name, exact=True)
    )
    expect(target.first).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.and_(target).count():
            break
    expect(page.locator(":focus").and_(target)).to_have_count(1)
    if press:
        page.keyboard.press(press)
        page.wait_for_load_state()
