"""A company asks, is asked by letter, answers, and gets its vergunning (J4); with the mail away."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import expect

from loket.kernel.clock import today
from loket.site.demo_teksten import TAAK, pdf
from tests.acceptance.test_first_zaak import SCREENS
from tests.acceptance.test_mijn import browser, go_to, house, looks_right, press, tab_to
from tests.acceptance.test_sms_and_letters import ADRES, PATIENCE, Klanten
from tests.registers.klantinteracties.contactwerk import ref

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.acceptance.house import House

__all__ = ["browser", "house"]

KVK = "90001001"
VESTIGINGEN = {"phone": "000090010011", "desktop": "000090010012"}
RSIN = "517439943"
ORGANISATIE = {"bronorganisatie": RSIN, "verantwoordelijkeOrganisatie": RSIN}
FORM = {
    "aanvraagGegevensSchema": {
        "type": "object", "required": ["straat"], "properties": {"straat": {"type": "string"}},
    },
    "status": "published",
}  # fmt: skip


class Gemeente:
    """An employee who handles what the company asks."""

    def __init__(self, house: House, vestiging: str) -> None:
        self.house = house
        self.vestiging = vestiging
        self.urn = f"urn:nld:hr:kvknummer:{KVK}:vestigingsnummer:{vestiging}"
        self.terras = f"Terras van {vestiging}"
        self.klanten = Klanten(house)
        found = house.call("GET", "/catalogi/api/v1/zaaktypen?identificatie=DEMO-PARKEREN")
        self.zaaktype: dict[str, Any] = found["results"][0]

    def part(self, path: str, omschrijving: str) -> str:
        """Return the address of a part of the zaaktype."""
        found = self.house.call("GET", f"/catalogi/api/v1/{path}?zaaktype={self.zaaktype['url']}")
        url: str = next(e["url"] for e in found["results"] if e["omschrijving"] == omschrijving)
        return url

    def knows(self) -> dict[str, Any]:
        """Know the vestiging: by e-mail in general, but on paper for this kind of zaak."""
        known = self.house.call(
            "GET",
            "/klantinteracties/api/v1/partij-identificatoren"
            "?partijIdentificatorCodeSoortObjectId=vestigingsnummer"
            f"&partijIdentificatorObjectId={self.vestiging}",
        )["results"][0]
        partij: dict[str, Any] = self.house.call(
            "PATCH", known["identificeerdePartij"]["url"], {"correspondentieadres": ADRES}
        )
        self.klanten.make("contactvoorkeuren", partij=ref(partij), kanaal="email")
        self.klanten.make(
            "contactvoorkeuren", partij=ref(partij), kanaal="brief", zaaktype=self.zaaktype["url"]
        )
        self.klanten.day_and_night()
        return partij

    def verwerkt(self) -> dict[str, Any]:
        """Take the e-formulier of the vestiging, and make a zaak of it in one call."""
        root = "/verzoeken/api/v1"
        soort = self.house.call("POST", f"{root}/verzoektypen", {"naam": "Terras"}, expect=201)
        self.house.call("POST", f"{soort['url']}/versies", {**FORM, "status": "draft"}, expect=201)
        self.house.call("PATCH", f"{soort['url']}/versies/1", {"status": "published"})
        body = {
            "verzoekType": soort["url"], "aanvraagGegevens": {"straat": "Brink"},
            "initiator": self.urn, "kanaal": "e-formulier",
        }  # fmt: skip
        verzoek = self.house.call("POST", f"{root}/verzoeken", body, expect=201)
        zaak = {
            "zaaktype": self.zaaktype["url"],
            "omschrijving": self.terras,
            **ORGANISATIE,
        }
        self.house.call("POST", f"{verzoek['url']}/verwerken", {"zaak": zaak}, expect=201)
        found = self.house.call(
            "GET", "/zaken/api/v1/zaken?ordering=-registratiedatum&pageSize=100"
        )
        return next(e for e in found["results"] if e["omschrijving"] == self.terras)

    def asks(self, zaak: dict[str, Any]) -> dict[str, Any]:
        """Ask the vestiging for its plattegrond, before a day."""
        last = today() + timedelta(10)
        body = {
            **TAAK, "titel": "Stuur een plattegrond", "isToegewezenAan": self.urn,
            "isGerelateerdAan": [{"urn": f"urn:nld:loket:zaken:zaak:{zaak['uuid']}"}],
            "einddatumHandelingsTermijn": last.isoformat(),
            "datumHerinnering": (last - timedelta(3)).isoformat(),
        }  # fmt: skip
        made: dict[str, Any] = self.house.call(
            "POST", "/taken/api/v1/externetaken", body, expect=201
        )
        return made

    def closes(self, zaak: dict[str, Any]) -> dict[str, Any]:
        """Close the zaak with resultaat, status and archive date, in one call."""
        body = {
            "zaak": {},
            "status": {
                "statustype": self.part("statustypen", "Afgehandeld"),
                "datumStatusGezet": f"{today().isoformat()}T00:00:01Z",
            },
            "resultaat": {"resultaattype": self.part("resultaattypen", "Verleend")},
        }
        self.house.call("POST", f"/zaken/api/v1/zaak_afsluiten/{zaak['uuid']}", body)
        closed: dict[str, Any] = self.house.call("GET", zaak["url"])
        return closed


def letters(house: House, count: int = 1) -> list[dict[str, Any]]:
    """Wait for the letters that were printed."""
    deadline = time.monotonic() + PATIENCE
    found: list[dict[str, Any]] = []
    while time.monotonic() < deadline:
        found = httpx.get(f"http://127.0.0.1:{house.port + 7}/api/jobs").json()
        if len(found) >= count and all(each["state"] == "completed" for each in found):
            return found
        time.sleep(0.2)
    raise AssertionError(f"not printed: {found}")


def on_paper(house: House, urn: str) -> list[dict[str, Any]]:
    """Wait for what was sent to the vestiging as a letter, until it is known how that went."""
    deadline = time.monotonic() + PATIENCE
    found: list[dict[str, Any]] = []
    while time.monotonic() < deadline:
        listed = house.call("GET", "/output/api/v1/klantnotificaties?pageSize=100")["results"]
        found = [e for e in listed if e["ontvanger"] == urn and e["kanaal"] == "brief"]
        if found and all(each["status"] == "verzonden" for each in found):
            return found
        time.sleep(0.2)
    raise AssertionError(f"not sent on paper: {found}")


def logged_in(house: House, browser: Browser, screen: str, vestiging: str) -> Page:
    """Log in with eHerkenning for the one vestiging."""
    page = browser.new_context(viewport=SCREENS[screen], locale="nl-NL").new_page()
    page.goto(f"{house.url}/")
    press(page, "eHerkenning")
    page.get_by_label(f"alleen vestiging {vestiging}").check()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house.url}/overzicht/")
    looks_right(page, "Mijn overzicht")
    return page


@pytest.mark.browser
@pytest.mark.req("M10", "M11", "M13", "M17", "M20", "M26", "M40", "M41", "M42", "M56")
@pytest.mark.parametrize(("screen", "vestiging"), VESTIGINGEN.items())
def test_a_company_is_served_from_request_to_vergunning(
    house: House, browser: Browser, screen: str, vestiging: str
) -> None:
    gemeente = Gemeente(house, vestiging)
    gemeente.knows()
    zaak = gemeente.verwerkt()
    taak = gemeente.asks(zaak)
    assert all(each["klantcontact"] for each in on_paper(house, gemeente.urn))
    assert letters(house)
    page = logged_in(house, browser, screen, vestiging)
    go_to(page, "Mijn taken")
    press(page, "Stuur een plattegrond")
    tab_to(page, "Kenteken van uw auto")
    page.keyboard.type("AB123C")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "plattegrond.pdf", "mimeType": "application/pdf", "buffer": pdf("Plattegrond")}
    )
    press(page, "Verder: controleren")
    press(page, "Versturen")
    assert house.call("GET", taak["url"])["status"] == "uitgevoerd"
    page.goto(f"{house.url}/mijn-taken/")
    expect(page.get_by_text("U hoeft nu niets te doen.")).to_be_visible()
    linked = house.call("GET", f"/zaken/api/v1/zaakinformatieobjecten?zaak={zaak['url']}")
    documents = [house.call("GET", each["informatieobject"]) for each in linked]
    assert [each["bestandsnaam"] for each in documents] == ["plattegrond.pdf"]
    closed = gemeente.closes(zaak)
    assert closed["einddatum"] == today().isoformat()
    assert closed["archiefactiedatum"]
    page.goto(f"{house.url}/mijn-zaken/")
    press(page, gemeente.terras)
    expect(page.get_by_text("Verleend").first).to_be_visible()
    expect(page.get_by_text("plattegrond").first).to_be_visible()
    looks_right(page, gemeente.terras)
