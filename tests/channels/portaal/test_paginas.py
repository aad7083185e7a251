from __future__ import annotations

import ast
import json
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from loket.channels import portaal
from loket.kernel import tenant
from loket.registers import klantinteracties
from loket.registers.output.leesbaarheid import remarks
from loket.services import mijnservices

from .voorbeeld import LOPEND

if TYPE_CHECKING:
    from django.test import Client

    from .voorbeeld import MijnZaken

HERE = Path(portaal.__file__).parent
ENGLISH = HERE / "locale" / "en" / "LC_MESSAGES" / "django.po"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/fout/400/", 400, "Dit verzoek klopt niet"),
        ("/fout/403/", 403, "Dit mag niet"),
        ("/bestaat-niet/", 404, "Deze pagina bestaat niet"),
        ("/fout/500/", 500, "Er ging iets mis bij ons"),
    ],
)
def test_what_goes_wrong_is_said_in_the_house_style(
    client: Client, path: str, status: int, said: str
) -> None:
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == status
    assert page.count("<h1") == 1
    assert said in page
    assert "portaal/gebouwd/portaal.css" in page


def test_a_page_goes_wrong_well_outside_any_municipality(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tenant, "chosen", lambda: None)
    page = client.get("/bestaat-niet/").content.decode()
    assert "<title>Deze pagina bestaat niet</title>" in page


def test_the_accessibility_statement_names_norm_and_way_to_complain(client: Client) -> None:
    page = client.get("/toegankelijkheid/").content.decode()
    for said in ("EN 301 549", "WCAG 2.2", "Gemeente Voorbeeldstad", "Nationale ombudsman"):
        assert said in page


def test_a_citizen_can_read_english(client: Client) -> None:
    answer = client.post("/taal/", {"language": "en", "next": "/inloggen/"})
    assert answer["Location"] == "/inloggen/"
    page = client.get("/inloggen/").content.decode()
    assert '<html lang="en"' in page
    assert "Log in with DigiD" in page
    assert 'value="nl" lang="nl">Nederlands<' in page


def test_somebody_chooses_how_large_the_text_is(client: Client) -> None:
    answer = client.post("/tekst/", {"maat": "grootst", "next": "/toegankelijkheid/"})
    assert answer["Location"] == "/toegankelijkheid/"
    page = client.get("/toegankelijkheid/").content.decode()
    assert 'class="voorbeeld-theme loket-maat--grootst"' in page
    assert 'value="grootst" aria-pressed="true"' in page
    client.post("/tekst/", {"maat": "", "next": "/"})
    assert "loket-maat--" not in client.get("/toegankelijkheid/").content.decode()


@pytest.mark.parametrize("back", ["https://elders.example/", "//elders.example", "", "/\\x"])
def test_a_size_that_is_none_and_a_way_elsewhere_lead_nowhere(client: Client, back: str) -> None:
    answer = client.post("/tekst/", {"maat": "reus", "next": back})
    assert answer["Location"] == "/"
    assert "loket_tekst" not in answer.cookies
    client.cookies["loket_tekst"] = '"><script>'
    assert 'class="voorbeeld-theme">' in client.get("/toegankelijkheid/").content.decode()
    assert client.get("/tekst/").status_code == 405


def test_texts_of_the_municipality_stay_dutch_on_an_english_page(
    ingelogd: Client, mijn: MijnZaken
) -> None:
    mijn.lopend = [LOPEND]
    ingelogd.post("/taal/", {"language": "en"})
    page = ingelogd.get("/mijn-zaken/").content.decode()
    assert "The texts about your cases are in Dutch." in page
    assert "3 November 2026" in page
    assert '<span class="utrecht-status-badge utrecht-status-badge--neutral" lang="nl">In' in page


def test_dutch_is_what_a_browser_gets_that_asks_for_another_language(client: Client) -> None:
    page = client.get("/inloggen/", headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="nl"' in page
    assert 'value="en" lang="en">English<' in page


def test_every_text_is_translated_and_no_translation_is_left_over() -> None:
    with ENGLISH.open("rb") as stream:
        catalogue = read_po(stream, abort_invalid=True)
    translated = {message.id for message in catalogue if message.id and message.string}
    asked = _texts()
    assert asked - translated == set()
    assert translated - asked - _said() == set()


def test_texts_are_plain() -> None:
    """Short sentences and ordinary words (B1), but for what the law calls so."""
    with ENGLISH.open("rb") as stream:
        texts = [each for message in read_po(stream) if message.id for each in _several(message.id)]
    found = {remark for text in texts for remark in remarks(text)}
    assert found == {"'toegankelijkheidsverklaring' is een lang woord."}


def _several(held: Any) -> tuple[str, ...]:
    return held if isinstance(held, tuple) else (held,)


def _said() -> set[str]:
    """Return the texts in the modules and lists: they are translated where they are shown."""
    modules = [*HERE.rglob("*.py"), *Path(mijnservices.__path__[0]).rglob("*.py")]
    lists = json.loads((files(klantinteracties) / "referentiewaarden.json").read_text("utf-8"))
    named = {naam for lijst in ("soort_bericht", "taal") for naam in lists[lijst].values()}
    return named | {
        node.value
        for path in modules
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _texts() -> set[str | tuple[str, ...]]:
    """Return what the templates and the modules ask to translate, a plural as a pair."""
    sources = [
        templatize(path.read_text(encoding="utf-8"))
        for path in (HERE / "templates").rglob("*.html")
    ]
    sources += [path.read_text(encoding="utf-8") for path in HERE.rglob("*.py")]
    keywords = {"gettext": None, "_": None, "ngettext": (1, 2)}
    told: list[Any] = [
        found
        for source in sources
        for _, _, found, _ in extract_python(BytesIO(source.encode()), keywords, [], {})
    ]
    return {each if isinstance(each, str) else tuple(each[:2]) for each in told if each}
