"""Templates on the pages: written by language, looked at, tried out, and put into use."""

from __future__ import annotations

import builtins
import html
from typing import TYPE_CHECKING, Any

import pytest

from loket.ledger.database import one, rows
from loket.services.output.voorbeeld import sms_delen
from loket.simulators.mailsink.failure import Failure, Mode
from loket.site import uitgaand
from tests.registers.taken.test_taken import body as taak_body
from tests.services.output.test_brief import readable
from tests.services.output.test_output import MOBIEL, zaak_van
from tests.site.output.outputwerk import sjabloon

if TYPE_CHECKING:
    from tests.conftest import Api
    from tests.registers.zaken.zaakwerk import Werk
    from tests.services.output.postkamer import Postkamer
    from tests.site.output.outputwerk import Beheerder

VERSIE = "SELECT stand FROM output_sjabloonversie WHERE sjabloon_id = %s ORDER BY versie"


def at(naam: str = "Nieuws over een zaak") -> str:
    return f"sjablonen/{sjabloon(naam)}/"


def concept(beheerder: Beheerder) -> str:
    """Make a version that begins as a copy of the one in use; return where it stands."""
    there = beheerder.press(f"{at()}versies/nieuw/")
    assert there == f"{at()}versies/2/bewerken/"
    return there.removesuffix("bewerken/")


@pytest.mark.req("M56", "M57")
def test_a_new_version_is_written_and_put_into_use(beheerder: Beheerder) -> None:
    path = concept(beheerder)
    page = beheerder.text(f"{path}bewerken/")
    assert "Er is nieuws over uw zaak" in page
    assert "het adres waar de ontvanger het nieuws leest" in page
    anywhere, _, portal_only = page.partition("Alleen in het portaal")
    assert "<code>{{ zaak.nummer }}</code>" not in anywhere
    assert "<code>{{ zaak.nummer }}</code>" in portal_only
    text = {"teksten.0.tekst": "Middels dit bericht laten wij u iets weten.\r\n\r\n{{ link }}"}
    assert beheerder.post(f"{path}bewerken/", **text) == f"{path}bewerken/"
    assert "schrijf &#x27;met&#x27;" in beheerder.text(f"{path}bewerken/")
    (kept,) = one(
        "SELECT teksten->0->>'tekst' FROM output_sjabloonversie "
        "WHERE sjabloon_id = %s AND versie = 2", (sjabloon(),)
    )  # fmt: skip
    assert "\r" not in kept
    assert "Versie 1 vervalt" in beheerder.text(f"{path}publiceren/")
    assert beheerder.post(f"{path}publiceren/") == at()
    assert rows(VERSIE, (sjabloon(),)) == [("vervallen",), ("gepubliceerd",)]
    assert "In gebruik: versie 2" in beheerder.text(at())
    beheerder.client.get(f"/beheer/output/{path}bewerken/")
    assert "Middels dit bericht" in beheerder.text(path)
    (user,) = one(
        "SELECT user_id FROM ledger_event WHERE resource = 'versies' ORDER BY position DESC LIMIT 1"
    )
    assert user == "beheerder"


@pytest.mark.req("M56", "M57")
def test_a_text_for_the_portal_is_written_beside_the_ordinary_one(beheerder: Beheerder) -> None:
    """It is judged as the other is, and shown as whoever logs in will read it."""
    path = concept(beheerder)
    portal = {
        "teksten.0.onderwerpPortaal": "Zaak {{ zaak.nummer }}",
        "teksten.0.tekstPortaal": "Uw zaak is reeds klaar.\r\n\r\n[Bekijk uw zaak]({{ link }})",
    }
    half = {**portal, "teksten.0.onderwerpPortaal": ""}
    page = beheerder.post(f"{path}bewerken/", 422, **half)
    assert 'href="#id_teksten.0.onderwerpPortaal_veld"' in page
    assert "allebei, of geen van beide" in page
    beheerder.post(f"{path}bewerken/", **portal)
    assert "schrijf &#x27;al&#x27;" in beheerder.text(f"{path}bewerken/")
    assert "Zaak {{ zaak.nummer }}" in beheerder.text(path)
    page = beheerder.text(f"{path}voorbeeld/")
    assert ">Zaak ZAAK-2026-0000000123</strong>" in page
    assert ">Bekijk uw zaak</a>" in page.partition('id="portaal"')[2]
    assert "{{ zaak.nummer }}</code>" in page
    beheerder.post(f"{path}bewerken/", **dict.fromkeys(portal, ""))
    page = beheerder.text(f"{path}voorbeeld/")
    assert "Er is geen eigen tekst voor het portaal" in page
    assert ">Ga naar de pagina hierover</a>" in page
    assert "Heeft geen eigen tekst voor het portaal" in beheerder.text(path)


def test_a_language_comes_and_goes(beheerder: Beheerder) -> None:
    """Nothing is kept before it is said so, and what was typed stays."""
    path = f"{concept(beheerder)}bewerken/"
    typed = {"teksten.0.onderwerp": "Mijn eigen onderwerp"}
    page = beheerder.post(path, 200, doen="erbij", erbij="fy", **typed)
    assert "Dit is nog niet bewaard" in page
    assert "Mijn eigen onderwerp" in page
    assert 'name="teksten.2.taal" value="fy"' in page
    extra = {"teksten.2.taal": "fy", "teksten.2.onderwerp": "Nijs", "teksten.2.tekst": ""}
    assert 'href="#id_teksten.2.tekst_veld"' in beheerder.post(path, 422, **extra)
    beheerder.post(path, **{**extra, "teksten.2.tekst": "Der is nijs."})
    assert "Fries weghalen" in beheerder.text(path)
    page = beheerder.post(path, 200, doen="weg.en")
    assert "Engels weghalen" not in page
    assert "Nederlands weghalen" not in page
    talen = "SELECT jsonb_path_query_array(teksten, '$[*].taal') FROM output_sjabloonversie"
    assert one(f"{talen} WHERE stand = 'concept'") == ('["nl", "en", "fy"]',)


def test_what_the_register_refuses_stands_at_its_field(beheerder: Beheerder) -> None:
    path = f"{concept(beheerder)}bewerken/"
    page = beheerder.post(path, 422, **{"teksten.1.sms": "{{ zaak.nummer }}"})
    assert 'href="#id_teksten.1.sms_veld"' in page
    assert "Onbekend hier: zaak.nummer." in page
    seen = beheerder.text(path).split('name="gezien" value="')[1].split('"')[0]
    beheerder.post(path, **{"teksten.0.onderwerp": "Eerst"})
    assert "Iemand anders" in beheerder.post(path, 422, gezien=seen)


def test_a_template_is_made_renamed_and_its_concept_thrown_away(beheerder: Beheerder) -> None:
    there = beheerder.post(
        "sjablonen/nieuw/", naam="Nieuw", inhoud="bericht", soortBericht="zaakbesluit"
    )
    assert "Er is nog geen tekst in gebruik" in beheerder.text(there)
    first = beheerder.press(f"{there}versies/nieuw/")
    assert "{{ zaak.nummer }}" in beheerder.text(first)
    assert "verwijderen?" in beheerder.text(first.replace("bewerken", "verwijderen"))
    assert beheerder.press(first.replace("bewerken", "verwijderen")) == there
    page = beheerder.post(f"{there}wijzigen/", 422, naam="Taak")
    assert "bestaat al" in page
    beheerder.post(f"{there}wijzigen/", naam="Anders")
    assert "Sjabloon: Anders" in beheerder.text(there)
    used = f"{at()}versies/1/verwijderen/"
    assert "blijft" in beheerder.press(used, 409)


@pytest.mark.req("M56")
def test_a_preview_shows_a_real_zaak_and_writes_nothing(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: dict[str, Any], beheerder: Beheerder
) -> None:
    zaak = zaak_van(zaakwerk, klant)
    zaakwerk.status(zaak, 1)
    before = one("SELECT max(position) FROM ledger_event")
    path = f"{at()}versies/1/voorbeeld/"
    page = beheerder.text(f"{path}?over={zaak['identificatie']}&taal=en")
    key = zaak["url"].rpartition("/")[2]
    assert f"/mijn-zaken/{key}/" in page
    assert "There is news about your case" in page
    assert 'sandbox=""' in page
    assert klant["bsn"] not in page
    assert "in 1 deel" in page or "in 2 delen" in page
    assert "Niet gevonden" in beheerder.text(f"{path}?over=niets")
    urn = f"urn:nld:brp:bsn:{klant['bsn']}"
    taak = api.post("/taken/api/v1/externetaken", json=taak_body(isToegewezenAan=urn)).json()
    taak_page = beheerder.text(f"{at('Taak')}versies/1/voorbeeld/?over={taak['url']}")
    assert f"/mijn-taken/{taak['uuid']}/" in taak_page
    assert klant["bsn"] not in taak_page
    assert "31 december 2026" in beheerder.text(f"{at('Taak')}versies/1/voorbeeld/?taal=xx")
    (made,) = one("SELECT count(*) FROM ledger_event WHERE position > %s AND key <> %s",
                  (before[0], taak["uuid"]))  # fmt: skip
    assert made == 0
    assert postkamer.mails() == []


@pytest.mark.req("M56")
def test_a_preview_as_a_letter(beheerder: Beheerder, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"{at()}versies/1/voorbeeld/brief.pdf"
    answer = beheerder.client.get(f"/beheer/output/{path}")
    assert answer.headers["content-type"] == "application/pdf"
    readable(answer.content)
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert "Pango ontbreekt" in beheerder.text(path, 409)


@pytest.mark.req("M56", "M57")
def test_a_test_goes_to_the_address_that_was_typed_and_is_noted_nowhere(
    postkamer: Postkamer, beheerder: Beheerder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uitgaand, "wegen", lambda: postkamer.wegen)
    path = f"{at()}versies/1/proefbericht/"
    assert "e-mailadres" in beheerder.post(path, 422, kanaal="email", adres="geen")
    beheerder.post(path, kanaal="email", adres="ik@gemeente.example")
    (mail,) = postkamer.mails()
    assert mail.content.header("Subject").startswith("Proef: Er is nieuws")
    assert mail.content.header("To") == "ik@gemeente.example"
    assert "telefoonnummer in" in beheerder.post(path, 422, kanaal="sms", adres="12")
    beheerder.post(path, kanaal="sms", adres="+31 6 1234 5678")
    (sms,) = postkamer.sms.sent
    assert (sms.to, sms.body.startswith("Proef: ")) == (MOBIEL, True)
    assert "Bekijk uw zaak" not in mail.content.source.decode() + sms.body
    postkamer.luck.set(Failure(Mode.PERMANENT))
    page = html.unescape(beheerder.post(path, 422, kanaal="email", adres="ik@gemeente.example"))
    assert "niet verstuurd: 550" in page
    assert one("SELECT count(*) FROM output_klantnotificatie") == (0,)


def test_a_test_of_what_has_content_holds_nothing_of_a_real_zaak(
    zaakwerk: Werk, postkamer: Postkamer, beheerder: Beheerder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uitgaand, "wegen", lambda: postkamer.wegen)
    zaak = zaakwerk.zaak()
    there = beheerder.post(
        "sjablonen/nieuw/", naam="Vol", inhoud="bericht", soortBericht="zaakstatus"
    )
    first = beheerder.press(f"{there}versies/nieuw/")
    beheerder.post(first, **{"teksten.0.onderwerp": "Zaak {{ zaak.nummer }} {{ document.titel }}"})
    asked = f"?over={zaak['identificatie']}"
    page = beheerder.text(f"{first.replace('bewerken', 'voorbeeld')}{asked}")
    assert f"Zaak {zaak['identificatie']}" in page
    assert "niets: dit is hier niet bekend" in page
    path = f"{first.replace('bewerken', 'proefbericht')}{asked}"
    beheerder.post(path, kanaal="email", adres="ik@gemeente.example")
    (mail,) = postkamer.mails()
    assert zaak["identificatie"] not in mail.content.source.decode()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", (0, 1)), ("a" * 160, (160, 1)), ("a" * 161, (161, 2)), ("€" * 80, (160, 1)),
        ("ŵ" * 70, (70, 1)), ("ŵ" * 71, (71, 2)), ("😀" * 35, (70, 1)), ("a" * 612, (612, 4)),
    ],
)  # fmt: skip
def test_the_parts_of_a_text_message(text: str, wanted: tuple[int, int]) -> None:
    assert sms_delen(text) == wanted
