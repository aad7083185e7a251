"""The pages of the simulators in a real browser, at phone and desktop width, by eye of axe."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from playwright.sync_api import Page, expect, sync_playwright

from loket.connectors.printer import Ipp, print_job
from loket.simulators.notifynl.templates import DEMO
from loket.simulators.running import running
from tests.connectors.notify import KEY
from tests.connectors.real.cups import letter
from tests.looking import accessible, fits
from tests.simulators.test_notifynl import FULL_SMS, post

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
HTML = """<html><body><h1>Er is nieuws</h1><p>Bekijk <a href='{url}'>uw zaak</a>.</p>
<img src='http://127.0.0.1:1/volgpixel' alt=''><table><tr><td>Zaak</td><td>ZAAK-1</td></tr></table>
</body></html>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    yield context.new_page()
    context.close()


@pytest.fixture
def elsewhere(page: Page) -> list[str]:
    """Return the addresses off the site that the page asked for."""
    asked: list[str] = []

    def note(request: Any) -> None:
        if urlsplit(request.url).netloc != urlsplit(page.url).netloc and page.url != "about:blank":
            asked.append(request.url)

    page.on("request", note)
    return asked


@pytest.fixture(scope="module")
def mailsink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("postbus")
    with running("mailsink", "--smtp-port=0", "--http-port=0", f"--dir={folder}") as sink:
        yield sink.said


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with running("digid", "--port=0") as digid:
        yield digid.said["issuer"]


def check(page: Page) -> None:
    accessible(page)
    fits(page)


def deliver(mailsink: dict[str, Any], subject: str) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "post@duinrade.example.nl", "jelle@example.nl"
    message["Subject"] = subject
    message.set_content(f"Bekijk uw zaak op {mailsink['url']}?pagina=2")
    message.add_alternative(HTML.format(url=f"{mailsink['url']}?pagina=2"), subtype="html")
    with smtplib.SMTP("127.0.0.1", mailsink["smtp_port"], local_hostname="test") as session:
        session.send_message(message)


def authorization(issuer: str, back: str) -> str:
    asked = {
        "response_type": "code",
        "client_id": "loket",
        "redirect_uri": back,
        "scope": "openid profile",
        "nonce": "n",
        "state": "s",
        "acr_values": "http://eidas.europa.eu/LoA/substantial",
        "code_challenge": create_s256_code_challenge("v" * 43),
        "code_challenge_method": "S256",
    }
    return f"{issuer}/authorize?{urlencode(asked)}"


def test_reading_mail(page: Page, mailsink: dict[str, Any], elsewhere: list[str]) -> None:
    subject = f"Er is nieuws over uw zaak met een {'lang' * 20} woord"
    page.goto(mailsink["url"])
    check(page)
    deliver(mailsink, subject)
    page.get_by_role("link", name="Ververs").click()
    expect(page.get_by_role("link", name=subject).first).to_be_visible()
    check(page)
    page.get_by_role("link", name=subject).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(subject)
    page.get_by_text("Kopregels").click()
    check(page)
    assert elsewhere == []
    page.get_by_role("link", name="uw zaak").click()
    expect(page).to_have_url(f"{mailsink['url']}?pagina=2")
    check(page)
    page.goto(f"{mailsink['url']}berichten/weg")
    check(page)


def test_logging_in_leads_back_across_sites(
    page: Page, issuer: str, mailsink: dict[str, Any], elsewhere: list[str]
) -> None:
    page.goto(issuer)
    check(page)
    back = mailsink["url"]
    page.goto(authorization(issuer, back))
    check(page)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies een persoon")
    expect(page).to_have_title("Fout: Inloggen (demo)")
    check(page)
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Naam")).to_be_focused()
    page.get_by_label("Jelle Hoekstra").check()
    assert elsewhere == []
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url(f"{back}?code=*")


def test_a_keyboard_is_enough_to_log_in_under_a_typed_name(
    page: Page, issuer: str, mailsink: dict[str, Any]
) -> None:
    page.goto(authorization(issuer, mailsink["url"]))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Naam")).to_be_focused()
    page.keyboard.type("Kees")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{mailsink['url']}?code=*")


def test_the_other_pages_of_the_provider(page: Page, issuer: str) -> None:
    for path in ("authorize?client_id=ander", "end-session"):
        page.goto(f"{issuer}/{path}")
        check(page)


def test_reading_text_messages(page: Page, elsewhere: list[str]) -> None:
    with running("notifynl", "--port=0", f"--api-key={KEY}") as process:
        page.goto(process.said["url"])
        expect(page.get_by_text("Er zijn nog geen berichten")).to_be_visible()
        check(page)
        sent = {**FULL_SMS, "template_id": next(iter(DEMO)), "personalisation": {"bericht": "Dag"}}
        assert post(process.said["url"], "sms", sent).status_code == 201
        page.get_by_role("link", name="Ververs").click()
        expect(page.get_by_role("listitem")).to_contain_text("Sms aan +31612345678")
        expect(page.get_by_role("listitem")).to_contain_text("Dag")
        check(page)
    assert elsewhere == []


def test_seeing_letters(page: Page, tmp_path: Path, elsewhere: list[str]) -> None:
    with running("printer", "--port=0", f"--directory={tmp_path}") as process:
        page.goto(process.said["url"])
        expect(page.get_by_text("Er zijn nog geen brieven")).to_be_visible()
        check(page)
        print_job(Ipp(process.said["uri"]), letter("Dag"), "brief", "kenmerk-1")
        page.get_by_role("link", name="Ververs").click()
        expect(page.get_by_role("listitem")).to_contain_text("kenmerk-1")
        check(page)
        with page.expect_download() as got:
            page.get_by_role("link", name="Download brief 1").click()
        assert got.value.path().read_bytes() == letter("Dag")
    assert elsewhere == []
