"""Each municipality looks like itself, without a style in any page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from loket.kernel import tenant
from tests.registers.beheer.pictures import as_png, as_svg, png, svg

from .voorbeeld import ELDERS

if TYPE_CHECKING:
    from django.test import Client

    from .voorbeeld import Stijl

BLUE = {"kleur_hoofd": "#005ea5", "kleur_hoofd_tekst": "#ffffff", "kleur_accent": "#8a1538"}
SHEET = re.compile(r'href="(/huisstijl\.css\?v=\w+)"')


def page(client: Client) -> str:
    return client.get("/inloggen/").content.decode()


def test_without_colours_the_theme_stays_as_it_is(client: Client) -> None:
    assert "huisstijl" not in page(client)
    assert client.get("/huisstijl.css").content == b""
    assert client.get("/huisstijl/logo").status_code == 404


def test_colours_are_a_style_sheet_of_this_origin(client: Client, stijl: Stijl) -> None:
    stijl.set = BLUE
    (address,) = SHEET.findall(page(client))
    answer = client.get(address)
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    sheet = answer.content.decode()
    assert "--utrecht-page-header-background-color:#005ea5;" in sheet
    assert "--utrecht-nav-bar-background-color:#8a1538;" in sheet
    assert "style=" not in page(client)
    assert "unsafe-inline" not in client.get("/inloggen/")["Content-Security-Policy"]


def test_other_colours_have_another_address(client: Client, stijl: Stijl) -> None:
    stijl.set = BLUE
    before = SHEET.findall(page(client))
    stijl.set = {**BLUE, "kleur_accent": "#1a5c2e"}
    assert SHEET.findall(page(client)) != before
    assert client.get(before[0])["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("uri", "kind"), [(as_png(png()), "image/png"), (as_svg(svg()), "image/svg+xml")]
)
def test_a_logo_opened_by_itself_can_do_nothing(
    client: Client, stijl: Stijl, uri: str, kind: str
) -> None:
    stijl.set, stijl.logo = {"logo": "abc"}, uri
    assert '<img class="loket-merk__logo" src="/huisstijl/logo?v=abc" alt="">' in page(client)
    answer = client.get("/huisstijl/logo?v=abc")
    assert answer["Content-Type"] == kind
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none';")
    assert answer["Content-Security-Policy"].endswith("sandbox")


def test_the_footer_leads_to_contact_and_privacy_where_they_are_known(
    client: Client, stijl: Stijl
) -> None:
    assert ">Contact<" not in page(client)
    stijl.set = {
        "contactpagina": "https://voorbeeld.nl/contact",
        "privacyverklaring": "https://p.nl/",
    }
    assert 'href="https://voorbeeld.nl/contact">Contact<' in page(client)
    assert 'href="https://p.nl/">Privacy<' in page(client)
    stijl.set = {"toegankelijkheidsverklaring": "https://t.nl/"}
    assert 'href="https://t.nl/"' in client.get("/toegankelijkheid/").content.decode()


def test_each_municipality_has_its_own_name(client: Client) -> None:
    assert "Gemeente Voorbeeldstad" in page(client)
    with tenant.entered(ELDERS):
        there = page(client)
    assert "Gemeente Elders" in there
    assert "Voorbeeldstad" not in there
