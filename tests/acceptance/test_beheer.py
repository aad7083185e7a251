"""A beheerder sets how the municipality looks, and sees in beheer what needs a look."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import pytest
from playwright.sync_api import expect, sync_playwright

from loket.site import demo
from tests.acceptance.house import CHROMIUM, FLAGS, House, as_json, start
from tests.looking import accessible, fits
from tests.registers.beheer.pictures import as_svg, svg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

pytestmark = pytest.mark.browser

SCREENS: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1280, "height": 900},
}
PAGES = (
    "", "autorisaties/applicatie/", "autorisaties/applicatie/add/", "beheer/client/",
    "beheer/client/add/", "beheer/instellingen/", "catalogi/catalogus/add/", "ledger/delivery/",
    "ledger/event/", "ledger/verwerking/", "auth/user/", "notificaties/abonnement/",
    "notificaties/abonnement/add/", "notificaties/kanaal/", "klantinteracties/referentiewaarde/",
)  # fmt: skip
BLUE = {"Kleur hoofd": "#005ea5", "Kleur hoofd tekst": "#ffffff", "Kleur accent": "#005ea5"}
SECRET = "een geheim van elders, van genoeg tekens"
ELDERS = {
    "naam": "Gemeente Elders", "kleurHoofd": "#0b3d2e", "kleurHoofdTekst": "#ffffff",
    "kleurAccent": "#8a1538",
    "logo": as_svg(svg('<circle cx="4" cy="4" r="4"/>', "#ffd54a")),
}  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    running = start(tmp_path_factory.mktemp("beheer"))
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
    opened.goto(f"{house.url}/beheer/login/")
    check(opened)
    name, password = demo.BEHEERDER.split(" / ")
    opened.get_by_label("Gebruikersnaam").fill(name)
    opened.get_by_label("Wachtwoord").fill(password)
    opened.get_by_role("button", name="Aanmelden").click()
    yield opened
    context.close()


def check(page: Page) -> None:
    accessible(page)
    fits(page)


def test_the_pages_of_beheer_are_accessible(house: House, page: Page) -> None:
    for path in PAGES:
        page.goto(f"{house.url}/beheer/{path}")
        check(page)


def test_a_secret_is_asked_for_and_never_shown(house: House, page: Page) -> None:
    client_id = f"zac-{page.viewport_size['width'] if page.viewport_size else 0}"
    page.goto(f"{house.url}/beheer/beheer/client/add/")
    page.get_by_label("Client id").fill(client_id)
    page.get_by_label("Geheim").fill(SECRET)
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.goto(f"{house.url}/beheer/")
    page.get_by_role("link", name="zonder applicatie").click()
    page.get_by_role("link", name=client_id).click()
    expect(page.get_by_label("Geheim")).to_have_value("")
    check(page)
    assert SECRET not in page.content()
    page.get_by_label("AVG: alle gewone gegevens").check()
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.goto(f"{house.url}/beheer/ledger/event/")
    page.get_by_role("row").filter(has_text="partial_update").first.get_by_role("link").click()
    expect(page.get_by_text("gewijzigd in beheer")).to_be_visible()
    check(page)
    assert SECRET not in page.content()


def test_two_municipalities_look_different(
    house: House, page: Page, tmp_path: Path, browser: Browser
) -> None:
    tenant = house.loket("tenant", "list", "--json")
    if not any(each["name"] == "elders" for each in as_json(tenant)):
        as_json(house.loket("tenant", "add", "elders", "--host", "elders.localhost", "--json"))
        dress_elders(house)
    logo = tmp_path / "logo.svg"
    logo.write_bytes(svg('<path d="M0 8 4 0l4 8z"/>', "#ffffff"))
    page.goto(f"{house.url}/beheer/beheer/instellingen/")
    for name, value in BLUE.items():
        page.get_by_label(f"{name}:", exact=True).fill(value)
    page.get_by_label("Logo:", exact=True).set_input_files(logo)
    page.get_by_role("button", name="Opslaan en opnieuw bewerken").click()
    expect(page.get_by_role("img", name="huidig logo")).to_be_visible()
    check(page)
    shown = {}
    for host in ("127.0.0.1", "elders.localhost"):
        context = browser.new_context(viewport=page.viewport_size, locale="nl-NL")
        portal = context.new_page()
        refused: list[str] = []
        portal.on("console", kept_in(refused))
        portal.goto(f"http://{host}:{house.port}/inloggen/", wait_until="networkidle")
        colours = portal.locator(".utrecht-page-header").evaluate(
            "e => getComputedStyle(e).backgroundColor"
        )
        assert portal.locator(".loket-merk__logo").evaluate("e => e.naturalWidth > 0")
        assert refused == []
        check(portal)
        shown[host] = (portal.locator(".loket-merk").inner_text(), colours)
        portal.screenshot(path=f"{house.environment['LOKET_DATA_DIR']}/{host}.png")
        context.close()
    assert shown == {
        "127.0.0.1": ("Gemeente Voorbeeld", "rgb(0, 94, 165)"),
        "elders.localhost": ("Gemeente Elders", "rgb(11, 61, 46)"),
    }


def kept_in(refused: list[str]) -> Callable[[ConsoleMessage], None]:
    """Keep what the browser says, such as that it refused a style."""
    return lambda message: refused.append(message.text)


def dress_elders(house: House) -> None:
    """Let the other municipality set its own style, over the API."""
    added = house.loket(
        "client", "add", "--id", "elders", "--secret", SECRET, "--superuser", "--tenant", "elders"
    )
    assert added.returncode == 0, added.stderr
    path = "/beheer/api/v1/instellingen"
    (there,) = ask(house, "GET", path).json()["results"]
    answer = ask(house, "PATCH", f"{path}/{there['uuid']}", ELDERS)
    assert answer.status_code == 200, answer.text


def ask(
    house: House, method: str, path: str, body: Any = None, name: str = "elders"
) -> httpx.Response:
    """Call an API of the other municipality, or of this one as another client."""
    claims = {"iss": name, "client_id": name, "iat": int(time.time())}
    token = jwt.encode(claims, SECRET, algorithm="HS256")
    headers = {"Authorization": f"Bearer {token}"}
    if name == "elders":
        headers["Host"] = f"elders.localhost:{house.port}"
    return httpx.request(method, house.url + path, json=body, headers=headers, timeout=30)


def test_two_partijen_that_are_one_are_merged(house: House, page: Page) -> None:
    """The privacy officer says what counts, and a beheerder judges the pairs."""
    size = str(page.viewport_size and page.viewport_size["width"])
    client = ("--id", size, "--secret", SECRET, "--superuser", "--tenant", "demo")
    added = house.loket("client", "add", *client)
    assert added.returncode == 0, added.stderr
    for voornaam in ("Noor", "N."):
        partij_with(house, size, voornaam, f"0612345{size[:3]}")
    page.goto(f"{house.url}/beheer/klantinteracties/samenvoegregel/")
    if not page.get_by_role("row").filter(has_text="Telefoon").count():
        page.goto(f"{house.url}/beheer/klantinteracties/samenvoegregel/add/")
        page.get_by_label("Soort partij").select_option("persoon")
        page.get_by_label("Bewijs").select_option("telefoon")
        page.get_by_label("Besluit").fill("Functionaris gegevensbescherming, 3 maart 2026.")
        check(page)
        page.get_by_role("button", name="Opslaan", exact=True).click()
    page.goto(f"{house.url}/beheer/klantinteracties/samenvoegvoorstel/")
    check(page)
    page.get_by_role("button", name="Zoek nieuwe voorstellen").click()
    expect(page.get_by_text("1 nieuw voorstel.")).to_be_visible()
    page.goto(f"{house.url}/beheer/")
    page.get_by_role("link", name="1 voorstel om samen te voegen").click()
    page.get_by_role("link", name="Noor Boer").click()
    expect(page.get_by_role("row", name="Digitale adressen")).to_contain_text("gelijk")
    check(page)
    page.get_by_role("button", name="Samenvoegen").click()
    expect(page.get_by_role("alert")).to_contain_text("verplicht")
    check(page)
    page.get_by_label("Waarom zijn zij wel of niet dezelfde?").fill("Zij belde, en is dezelfde.")
    page.screenshot(
        path=f"{house.environment['LOKET_DATA_DIR']}/samenvoegen-{size}.png", full_page=True
    )
    page.get_by_role("button", name="Samenvoegen").click()
    expect(page.get_by_text("Samengevoegd.")).to_be_visible()
    check(page)


def partij_with(house: House, client: str, voornaam: str, number: str) -> None:
    """Let a person be known with a telephone number."""
    root = "/klantinteracties/api/v1"
    body = {
        "soortPartij": "persoon", "indicatieActief": True,
        "partijIdentificatie": {"contactnaam": {"voornaam": voornaam, "achternaam": "Boer"}},
    }  # fmt: skip
    made = ask(house, "POST", f"{root}/partijen", body, client)
    assert made.status_code == 201, made.text
    adres = {
        "adres": number, "soortDigitaalAdres": "telefoonnummer",
        "verstrektDoorPartij": {"uuid": made.json()["uuid"]},
    }  # fmt: skip
    answer = ask(house, "POST", f"{root}/digitaleadressen", adres, client)
    assert answer.status_code == 201, answer.text
