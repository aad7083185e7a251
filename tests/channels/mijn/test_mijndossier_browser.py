"""The dossier in a real browser: readable at every width, on the site and out of the ZIP."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from loket.services.mijnservices.dossier import INDEX

from .bladeren import SIZES, browsed, check, served
from .test_mijndossier import HOME, leef, whole

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from loket.kernel.tenant import Tenant
    from tests.services.mijnservices.leven import Leven

    from .test_mijndossier import Als

pytestmark = pytest.mark.browser


def looked_at(page: Page) -> None:
    """Look at the page that is shown at every width."""
    for size in SIZES.values():
        page.set_viewport_size(size)
        check(page)


@pytest.mark.req("M51")
def test_one_reads_it_on_the_site(gemeente: Tenant, leven: Leven, als: Als) -> None:
    client = als(leef(leven).actor)
    with served(gemeente) as address, browsed(address, client) as page:
        page.goto(HOME)
        looked_at(page)
        page.get_by_role("link", name="Lees of print alles op één bladzijde").click()
        looked_at(page)
        body = page.locator("body")
        assert body.evaluate("e => getComputedStyle(e).maxWidth") == "704px"
        page.get_by_role("link", name="Berichten", exact=True).click()
        expect(page.get_by_role("heading", name="Berichten", exact=True)).to_be_in_viewport()
        page.emulate_media(media="print")
        expect(page.get_by_text("Terug naar Mijn gegevens downloaden")).to_be_hidden()


@pytest.mark.req("M51")
def test_one_reads_it_out_of_the_zip_without_the_site(
    gemeente: Tenant, leven: Leven, als: Als, tmp_path: Path
) -> None:
    client = als(leef(leven).actor)
    ZipFile(io.BytesIO(whole(client.post(HOME)))).extractall(tmp_path)
    asked: list[str] = []
    with served(gemeente) as address, browsed(address, client) as page:
        page.on("request", lambda each: asked.append(each.url))
        page.goto((tmp_path / INDEX).as_uri())
        looked_at(page)
    assert asked == [(tmp_path / INDEX).as_uri()]
