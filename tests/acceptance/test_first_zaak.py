"""The first journey: from a municipality's own process model to a citizen who reads his zaak."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.acceptance.house import CHROMIUM, FLAGS, House, as_json, start
from tests.looking import accessible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

ROOT = Path(__file__).parents[2]
EXPORT = ROOT.parent / "shared" / "data" / "inavigator" / "gemeente-export.xml"
PERSONS = json.loads((ROOT / "src/loket/simulators/demo/personen.json").read_text())
FENNA, JELLE = PERSONS[0], PERSONS[1]
CATALOGI, ZAKEN = "/catalogi/api/v1", "/zaken/api/v1"
SCREENS: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1280, "height": 900},
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    running = start(tmp_path_factory.mktemp("house"))
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def zaaktype(house: House) -> dict[str, Any]:
    """A zaaktype of the municipality's own, brought in and published."""
    first = as_json(house.loket("catalogi", "import", "inavigator", str(EXPORT), "--json"))
    assert sum(line["uitkomst"] == "gemaakt" for line in first) > 100
    again = as_json(house.loket("catalogi", "import", "inavigator", str(EXPORT), "--json"))
    assert {line["uitkomst"] for line in again} == {"overgeslagen"}
    found = house.call("GET", f"{CATALOGI}/zaaktypen?status=concept")
    chosen: dict[str, Any] = found["results"][0]
    for kind in ("informatieobjecttypen", "besluittypen"):
        for each in house.call("GET", f"{CATALOGI}/{kind}?status=concept")["results"]:
            house.call("POST", f"{each['url']}/publish")
    published: dict[str, Any] = house.call("POST", f"{chosen['url']}/publish")
    assert published["concept"] is False
    return published


def _of(house: House, kind: str, zaaktype: dict[str, Any]) -> list[dict[str, Any]]:
    found: Any = house.call("GET", f"{CATALOGI}/{kind}?zaaktype={zaaktype['url']}")
    return list(found["results"])


def _register(house: House, zaaktype: dict[str, Any], omschrijving: str) -> dict[str, Any]:
    """Register a zaak with Fenna as its initiator, and set its first status."""
    today = time.strftime("%Y-%m-%d")
    zaak: dict[str, Any] = house.call(
        "POST",
        f"{ZAKEN}/zaken",
        {
            "zaaktype": zaaktype["url"],
            "bronorganisatie": "517439943",
            "verantwoordelijkeOrganisatie": "517439943",
            "startdatum": today,
            "registratiedatum": today,
            "omschrijving": omschrijving,
        },
        201,
    )
    roltypen = _of(house, "roltypen", zaaktype)
    initiator = next(rt for rt in roltypen if rt["omschrijvingGeneriek"] == "initiator")
    house.call(
        "POST",
        f"{ZAKEN}/rollen",
        {
            "zaak": zaak["url"],
            "betrokkeneType": "natuurlijk_persoon",
            "roltype": initiator["url"],
            "roltoelichting": "aanvrager",
            "betrokkeneIdentificatie": {"inpBsn": FENNA["bsn"]},
            "contactpersoonRol": {"naam": FENNA["naam"], "emailadres": FENNA["email"]},
        },
        201,
    )
    return zaak


def _set_status(house: House, zaak: dict[str, Any], statustype: dict[str, Any]) -> None:
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 1))
    body = {"zaak": zaak["url"], "statustype": statustype["url"], "datumStatusGezet": moment}
    house.call("POST", f"{ZAKEN}/statussen", body, 201)


def _log_in(page: Page, house: House, who: dict[str, Any]) -> None:
    page.goto(f"{house.url}/mijn-zaken/")
    page.get_by_role("link", name="Inloggen met DigiD").click()
    page.get_by_label(who["naam"]).check()
    accessible(page)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn zaken")


@pytest.mark.browser
@pytest.mark.req("M35", "M36", "M37")
@pytest.mark.parametrize("screen", SCREENS)
def test_first_zaak_from_process_model_to_citizen(
    house: House, browser: Browser, zaaktype: dict[str, Any], screen: str
) -> None:
    omschrijving = f"Terras op het plein ({screen})"
    before = len(house.messages(0))
    zaak = _register(house, zaaktype, omschrijving)
    statustypen = sorted(_of(house, "statustypen", zaaktype), key=lambda each: each["volgnummer"])
    _set_status(house, zaak, statustypen[0])

    mails = house.messages(before + 1)
    assert len(mails) == before + 1
    shown = json.dumps(mails)
    assert "Er is nieuws over uw zaak" in shown
    assert FENNA["bsn"] not in shown
    assert omschrijving not in shown

    context = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    page = context.new_page()
    _log_in(page, house, FENNA)
    accessible(page)
    page.get_by_role("link", name=omschrijving).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(omschrijving)
    expect(page.locator("main")).to_contain_text(zaak["identificatie"])
    expect(page.locator("main")).to_contain_text(statustypen[0]["omschrijving"])
    accessible(page)
    address = page.url

    resultaattype = _of(house, "resultaattypen", zaaktype)[0]
    body = {"zaak": zaak["url"], "resultaattype": resultaattype["url"]}
    house.call("POST", f"{ZAKEN}/resultaten", body, 201)
    _set_status(house, zaak, statustypen[-1])
    closed = house.call("GET", zaak["url"])
    assert closed["einddatum"]
    page.goto(f"{house.url}/mijn-zaken/")
    expect(page.locator("main")).to_contain_text(resultaattype["omschrijving"])
    accessible(page)
    context.close()

    other = browser.new_context(viewport=SCREENS[screen], locale="nl-NL")
    page = other.new_page()
    _log_in(page, house, JELLE)
    expect(page.locator("main")).not_to_contain_text(omschrijving)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
    accessible(page)
    other.close()
