"""Documents: saved by whose they are, read in the page where that is safe, and nothing else."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from playwright.sync_api import expect
from weasyprint import HTML

from loket.ledger.database import counted
from tests.channels.mijn.bladeren import DESKTOP, PHONE, SIZES, browsed, check, served
from tests.services.mijnservices.leven import PDF, bestand, key

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant
    from tests.services.mijnservices.leven import Klant, Leven

    Als = Callable[[Actor], Client]

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGES = "".join(
    f"<h1>Bladzijde {nr}</h1><p>U krijgt een vergunning.</p><div style='break-after: page'></div>"
    for nr in range(1, 4)
)


def document(leven: Leven, klant: Klant, **body: Any) -> UUID:
    """Put a document with a zaak of somebody."""
    return key(leven.document(leven.zaak(klant), **body))


def echte_pdf() -> bytes:
    return bytes(HTML(string=f"<html lang='nl'><title>Besluit</title>{PAGES}").write_pdf())


@pytest.mark.req("M37")
def test_a_document_is_sent_to_be_saved(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    path = f"/documenten/{document(leven, klant, bestandsnaam='besluit één.pdf')}/"
    answer = als(klant.actor).get(path)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == (
        "attachment; filename=\"besluit __n.pdf\"; filename*=UTF-8''besluit%20%C3%A9%C3%A9n.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Length"] == str(len(PDF))
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_part_is_sent_when_a_part_is_asked(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    path = f"/documenten/{document(leven, klant)}/"
    client = als(klant.actor)
    part = client.get(path, headers={"range": "bytes=1-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, PDF[1:4])  # type: ignore[attr-defined]
    assert part["Content-Range"] == f"bytes 1-3/{len(PDF)}"
    assert client.get(path, headers={"range": "bytes=9999-"}).status_code == 416
    assert client.get(path, headers={"if-none-match": part["ETag"]}).status_code == 304
    assert client.head(path)["Content-Length"] == str(len(PDF))


@pytest.mark.parametrize("page", ["", "lezen/", "beeld/"])
def test_what_is_anothers_is_as_what_does_not_exist(leven: Leven, als: Als, page: str) -> None:
    klant, ander = leven.burger(), leven.burger("De Vries")
    dossier = leven.dossier(klant)
    for actor in (ander.actor, leven.bedrijf().actor):
        assert als(actor).get(f"/documenten/{dossier.document}/{page}").status_code == 404
    assert als(klant.actor).get(f"/documenten/{dossier.concept}/{page}").status_code == 404
    answer = als(klant.actor).get(f"/documenten/{dossier.document}/{page}")
    assert answer.status_code == (404 if page == "beeld/" else 200)


def test_who_is_not_logged_in_logs_in_first(leven: Leven) -> None:
    dossier = leven.dossier(leven.burger())
    answer = Client().get(f"/documenten/{dossier.document}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen/")


def test_reading_costs_one_statement_and_leads_back_to_the_zaak(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    dossier = leven.dossier(klant)
    client = als(klant.actor)
    with counted() as statements:
        page = client.get(f"/documenten/{dossier.document}/lezen/").content.decode()
    assert len([each for each in statements if "zaken_zaak" in each]) == 1
    assert f'href="/mijn-zaken/{dossier.zaak}/"' in page
    assert "portaal/lezen.js" in page


def test_only_a_real_image_is_shown_as_one(leven: Leven, als: Als) -> None:
    """By what is in it: a drawing that could hold script, or a page, is not one."""
    klant = leven.burger()
    client = als(klant.actor)
    echt = document(leven, klant, **bestand(PNG) | {"formaat": "image/png"})
    answer = client.get(f"/documenten/{echt}/beeld/")
    assert (answer["Content-Type"], b"".join(answer.streaming_content)) == ("image/png", PNG)  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]
    assert f"/documenten/{echt}/beeld/" in client.get(f"/documenten/{echt}/lezen/").content.decode()
    for content, kind in ((SVG, "image/svg+xml"), (b"<!doctype html><h1>x", "text/html")):
        vals = document(leven, klant, **bestand(content) | {"formaat": kind})
        assert client.get(f"/documenten/{vals}/beeld/").status_code == 404


@pytest.mark.parametrize(
    ("content", "kind"),
    [(SVG, "image/svg+xml"), (b"<!doctype html><h1>x</h1>", "text/html"), (b"Tekst", "text/plain")],
)
def test_another_kind_of_file_is_only_saved(
    leven: Leven, als: Als, content: bytes, kind: str
) -> None:
    klant = leven.burger()
    path = f"/documenten/{document(leven, klant, **bestand(content) | {'formaat': kind})}/"
    page = als(klant.actor).get(f"{path}lezen/").content.decode()
    assert "Dit soort bestand kunt u hier niet lezen." in page
    assert f'href="{path}"' in page
    for tag in ("<img", "<object", "<iframe", "<embed", "lezen.js"):
        assert tag not in page


def test_a_document_without_a_file_says_so(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    leeg = document(leven, klant, inhoud=None, bestandsomvang=None, bestandsnaam="", formaat="")
    client = als(klant.actor)
    assert (
        "Het bestand is er nog niet." in client.get(f"/documenten/{leeg}/lezen/").content.decode()
    )
    assert client.get(f"/documenten/{leeg}/").status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
def test_a_pdf_is_read_in_the_page(leven: Leven, als: Als, gemeente: Tenant, size: str) -> None:
    klant = leven.burger()
    uuid = document(leven, klant, titel="Besluit op uw aanvraag", **bestand(echte_pdf()))
    with (
        served(gemeente) as address,
        browsed(address, als(klant.actor), viewport=SIZES[size]) as page,
    ):
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"/documenten/{uuid}/lezen/")
        expect(page.locator("#lezer-stand")).to_have_text("Pagina 1 van 3")
        expect(page.get_by_text("Bladzijde 1")).to_be_attached()
        check(page)
        page.get_by_role("button", name="Volgende pagina").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#lezer-stand")).to_have_text("Pagina 2 van 3")
        expect(page.get_by_text("Bladzijde 2")).to_be_attached()
        width = page.locator(".loket-lezer__vel").evaluate("e => e.offsetWidth")
        page.get_by_role("button", name="Groter").click()
        page.wait_for_function(
            "w => document.querySelector('.loket-lezer__vel').offsetWidth > w", arg=width
        )  # fmt: skip
        check(page)
        assert drawn(page) > 0
        assert not [each for each in said if "Security" in each], said


def drawn(page: Any) -> int:
    """Return how many points of the canvas are not white."""
    return int(page.evaluate(
        "() => { const c = document.querySelector('canvas');"
        " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let n = 0; for (let i = 0; i < d.length; i += 4) n += d[i] < 128; return n; }"
    ))  # fmt: skip


@pytest.mark.browser
def test_what_is_no_good_pdf_is_saved(leven: Leven, als: Als, gemeente: Tenant) -> None:
    klant = leven.burger()
    uuid = document(leven, klant, **bestand(PDF))
    with served(gemeente) as address, browsed(address, als(klant.actor), viewport=PHONE) as page:
        page.goto(f"/documenten/{uuid}/lezen/")
        expect(
            page.get_by_text("Het lukt niet om dit document hier te laten zien.")
        ).to_be_visible()
        expect(page.get_by_role("link", name="Downloaden")).to_be_visible()
        check(page)


@pytest.mark.browser
def test_without_javascript_a_pdf_is_saved(leven: Leven, als: Als, gemeente: Tenant) -> None:
    klant = leven.burger()
    uuid = document(leven, klant)
    with (
        served(gemeente) as address,
        browsed(address, als(klant.actor), viewport=DESKTOP, java_script_enabled=False) as page,
    ):
        page.goto(f"/documenten/{uuid}/lezen/")
        expect(page.get_by_text("Ziet u het document hier niet?")).to_be_visible()
        with page.expect_download() as saved:
            page.get_by_role("link", name="Downloaden").click()
        assert saved.value.suggested_filename == "brief.pdf"
