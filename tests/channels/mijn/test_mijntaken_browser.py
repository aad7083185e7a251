"""Mijn taken in a real browser: on every screen, by keyboard, with a script and without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from playwright.sync_api import expect

from loket.services.mijnservices import taken
from tests.channels.mijn.bladeren import SIZES, browsed, check, served
from tests.channels.mijn.test_mijntaken import ALLES, MUST, sent, taak, veld
from tests.services.mijnservices.bestanden import HTML, PNG
from tests.services.mijnservices.leven import PDF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from django.test import Client
    from playwright.sync_api import FilePayload

    from loket.kernel.tenant import Tenant
    from tests.services.mijnservices.leven import Klant, Leven

pytestmark = pytest.mark.browser

FOTOS = veld("fotos", "file", multiple=True, **MUST)


@pytest.fixture
def klant(leven: Leven) -> Klant:
    return leven.burger()


@pytest.fixture
def client(klant: Klant, als: Callable[[Any], Client]) -> Client:
    return als(klant.actor)


@pytest.fixture
def uuid(leven: Leven, klant: Klant) -> UUID:
    return taak(leven, klant, leven.zaak(klant), veld("naam", **MUST), FOTOS)


@pytest.fixture
def address(gemeente: Tenant) -> Iterator[str]:
    with served(gemeente) as found:
        yield found


def payload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.mark.req("M40", "M41")
@pytest.mark.parametrize("size", SIZES)
def test_the_pages_are_accessible(
    leven: Leven, klant: Klant, client: Client, address: str, size: str
) -> None:
    zaak = leven.zaak(klant)
    form = taak(leven, klant, zaak, *ALLES, FOTOS)
    asks = {"handelingsPerspectief": "informatie_geven"}
    link = leven.taak(klant, zaak, "urltaak", **asks)
    pay = leven.taak(klant, zaak, "betaaltaak")
    done = leven.taak(klant, zaak, "urltaak")
    leven.api.patch(done["url"], json={"status": "verwerkt"})
    with browsed(address, client, viewport=SIZES[size]) as page:
        for each in ("", *(f"{one['uuid']}/" for one in (link, pay, done))):
            page.goto(f"/mijn-taken/{each}")
            check(page)
        page.goto(f"/mijn-taken/{form}/")
        check(page)
        page.get_by_role("button", name="Verder: controleren").click()
        expect(page.get_by_role("alert")).to_be_focused()
        check(page)
        page.get_by_role("alert").get_by_role("link", name="Naam").click()
        expect(page.get_by_label("Naam", exact=True)).to_be_focused()


@pytest.mark.req("M41")
def test_what_was_typed_comes_back_until_it_is_sent(
    leven: Leven, klant: Klant, client: Client, address: str
) -> None:
    uuid = taak(leven, klant, leven.zaak(klant), veld("naam", **MUST), veld("nummer", "bsn"))
    with browsed(address, client, viewport=SIZES["phone"]) as page:
        page.goto(f"/mijn-taken/{uuid}/")
        page.get_by_label("Naam").fill("Eva")
        page.get_by_label("Nummer").fill("999990019")
        page.goto("/mijn-taken/")
        page.goto(f"/mijn-taken/{uuid}/")
        expect(page.get_by_label("Naam")).to_have_value("Eva")
        expect(page.get_by_label("Nummer")).to_have_value("")
        expect(page.get_by_text("Wij hebben teruggezet wat u hier eerder typte.")).to_be_visible()
        check(page)
        page.get_by_role("button", name="Verder: controleren").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Controleer uw antwoorden")
        page.reload()  # nobody is asked to send a form again
        expect(page.get_by_label("Naam")).to_have_value("Eva")
        page.get_by_role("button", name="Verder: controleren").click()
        page.get_by_role("button", name="Versturen").dblclick()
        expect(page.get_by_role("heading", level=1)).to_have_text("Uw antwoorden zijn verstuurd")
        kept = "Object.keys(sessionStorage).filter((key) => key.startsWith('concept:'))"
        assert page.evaluate(kept) == []


@pytest.mark.req("M41")
def test_what_was_typed_outlives_the_session_and_not_a_log_out(
    client: Client, address: str, uuid: UUID
) -> None:
    with browsed(address, client, viewport=SIZES["desktop"]) as page:
        page.goto(f"/mijn-taken/{uuid}/")
        page.get_by_label("Naam").fill("Eva")
        cookies = page.context.cookies()
        page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        page.get_by_role("button", name="Verder: controleren").click()
        expect(page.get_by_text("Wat u net deed, is niet verstuurd.")).to_be_visible()
        check(page)
        page.context.add_cookies([dict(each) for each in cookies])  # type: ignore[misc]
        page.goto(f"/mijn-taken/{uuid}/")
        expect(page.get_by_label("Naam")).to_have_value("Eva")
        page.get_by_role("button", name="Uitloggen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("U bent uitgelogd")
        assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.req("M41")
def test_a_question_is_asked_when_its_condition_holds(
    leven: Leven, klant: Klant, client: Client, address: str
) -> None:
    colours = [{"label": "Rood", "value": "rood"}, {"label": "Anders", "value": "anders"}]
    uuid = taak(
        leven, klant, leven.zaak(klant), veld("kleur", "radio", values=colours, **MUST),
        veld("welke", conditional={"show": True, "when": "kleur", "eq": "anders"}),
    )  # fmt: skip
    with browsed(address, client, viewport=SIZES["phone"]) as page:
        page.goto(f"/mijn-taken/{uuid}/")
        expect(page.get_by_label("Welke")).to_be_hidden()
        page.get_by_label("Anders").check()
        page.get_by_label("Welke").fill("Paars")
        check(page)
        page.get_by_label("Rood").check()
        expect(page.get_by_label("Welke")).to_be_hidden()
        page.get_by_role("button", name="Verder: controleren").click()
        page.get_by_role("button", name="Versturen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Uw antwoorden zijn verstuurd")
    assert taken.detail(klant.actor, uuid).details["ontvangenGegevens"] == {"kleur": "rood"}


@pytest.mark.req("M41", "M42")
def test_a_form_is_done_by_keyboard(klant: Klant, client: Client, address: str, uuid: UUID) -> None:
    """Files are sent as soon as they are chosen; the one that is refused says why."""
    with browsed(address, client, viewport=SIZES["phone"]) as page:
        page.goto(f"/mijn-taken/{uuid}/")
        page.get_by_label("Naam").focus()
        page.keyboard.type("Eva")
        files = [payload(f"{nr}.png", PNG) for nr in range(3)]
        page.get_by_label("Fotos").set_input_files([*files, payload("x.html", HTML)])
        told = page.locator("[data-bericht]")
        expect(told).to_contain_text("“2.png” is toegevoegd.")
        expect(told).to_contain_text("“x.html” kunnen wij niet aannemen.")
        expect(page.get_by_role("button", name="Haal weg")).to_have_count(3)
        check(page)
        page.get_by_role("button", name="Haal weg 1.png").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Haal weg 1.png")).to_have_count(0)
        expect(page.get_by_label("Naam")).to_have_value("Eva")
        page.get_by_label("Naam").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Controleer uw antwoorden")
        check(page)
        page.get_by_role("button", name="Versturen").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Uw antwoorden zijn verstuurd")
        check(page)
    held = taken.detail(klant.actor, uuid).details["ontvangenGegevens"]
    assert held["naam"] == "Eva"
    assert [each["originalName"] for each in held["fotos"]] == ["0.png", "2.png"]


@pytest.mark.req("M42")
def test_without_a_script_a_button_sends_the_files(
    klant: Klant, client: Client, address: str, uuid: UUID
) -> None:
    with browsed(address, client, java_script_enabled=False) as page:
        page.goto(f"/mijn-taken/{uuid}/")
        page.get_by_label("Naam").fill("Eva")
        page.get_by_label("Fotos").set_input_files([payload("a.pdf", PDF), payload("b.png", PNG)])
        page.get_by_role("button", name="Bestand toevoegen").click()
        expect(page.get_by_label("Naam")).to_have_value("Eva")
        page.get_by_role("button", name="Verder: controleren").click()
        page.get_by_role("button", name="Versturen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Uw antwoorden zijn verstuurd")
    assert sent(klant, uuid) == ["a.pdf", "b.png"]
