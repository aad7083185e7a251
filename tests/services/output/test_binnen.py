"""What stays inside: a bericht that says what happened, in which zaak, with a link to press."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from loket.channels.portaal import opmaak
from loket.kernel.clock import today
from loket.ledger import dispatch
from loket.ledger.database import one, rows
from loket.registers.berichten.bericht import Bericht
from loket.registers.output.leesbaarheid import remarks
from loket.registers.output.sjabloonversie import ONDERWERP, TEKST
from loket.registers.output.variabelen import PLACE, filled
from loket.services.output import portaalteksten, standaard
from loket.services.output.opmaken import maak_op, maak_op_binnen
from loket.services.output.voorbeeld import WAARDEN
from tests.registers.besluiten.besluitwerk import Besluitwerk
from tests.registers.klantinteracties.contactwerk import Contactwerk
from tests.registers.taken.test_taken import body as taak_body
from tests.registers.verzoeken.test_verzoeken import made, soort, verzoek
from tests.services.output.postkamer import PORTAAL
from tests.services.output.test_output import klant, reachable

if TYPE_CHECKING:
    from tests.conftest import Api
    from tests.registers.zaken.zaakwerk import Json, Werk
    from tests.services.output.postkamer import Postkamer

__all__ = ["klant"]

LINK = f"{PORTAAL}/mijn-zaken/1/"
TEKST_NL = {
    "taal": "nl",
    "onderwerp": "Nieuws over {{ zaak.omschrijving }}",
    "tekst": "Lees meer:\n\n{{ link }}",
    "sms": "Nieuws: {{ link }}",
    "onderwerpPortaal": "{{ zaak.omschrijving }}: {{ zaak.status_naam }}",
    "tekstPortaal": "{{ zaak.status_uitleg }}\n\nKlaar op {{ zaak.uiterste_datum }}.\n\n"
    "[Bekijk uw zaak]({{ link }})",
}
STANDAARD = [
    (name, taal, *text)
    for name in ("STATUS", "AFGEROND", "BESLUIT", "TAAK", "HERINNERING", "VERZOEK")
    for taal, text in getattr(portaalteksten, name).items()
]


def berichten() -> list[Json]:
    """Return what stands in the portal, in order."""
    names = ("onderwerp", "bericht_tekst", "is_gerelateerd_aan::text", "mijn_overheid_berichtenbox")
    sql = f"SELECT {', '.join(names)} FROM berichten_bericht ORDER BY id"  # noqa: S608
    return [
        dict(zip(("onderwerp", "tekst", "bij", "berichtenbox"), row, strict=True))
        for row in rows(sql)
    ]


def zaak_van(werk: Werk, klant: Json, **body: Any) -> Json:
    zaak = werk.zaak(omschrijving="Dakkapel", **body)
    werk.rol(zaak, betrokkeneIdentificatie={"inpBsn": klant["bsn"], "geslachtsnaam": "Jansen"})
    return zaak


def urn(zaak: Json) -> str:
    return f"urn:nld:loket:zaken:zaak:{zaak['url'].rpartition('/')[2]}"


def inside(text: Json = TEKST_NL, *, besloten: bool = False, **waarden: str) -> Any:
    values = {name.replace("__", "."): value for name, value in waarden.items()}
    return maak_op_binnen([text], "nl", {"link": LINK, **values}, besloten=besloten)


@pytest.mark.req("M14", "M44", "M56")
def test_a_bericht_says_what_happened_and_in_which_zaak(
    zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    """Two statuses on a day are told apart by their titles alone, though both wait to be sent."""
    zaak = zaak_van(zaakwerk, klant)
    for nr in (1, 2):
        zaakwerk.status(zaak, nr, f"2026-02-01T1{nr}:00:00Z")
    postkamer.work()
    shown = berichten()
    assert [each["onderwerp"] for each in shown] == ["Dakkapel: Stap 1", "Dakkapel: Stap 2"]
    for nr, each in enumerate(shown, start=1):
        assert urn(zaak) in each["bij"]
        assert f"**Stap {nr}**" in each["tekst"]
        assert zaak["identificatie"] in each["tekst"].replace("\\", "")
        page = opmaak.html(each["tekst"])
        key = zaak["url"].rpartition("/")[2]
        assert f'href="{PORTAAL}/mijn-zaken/{key}/"' in page
        assert ">Bekijk uw zaak</a>" in page
        assert "inlogt" not in page
        assert klant["bsn"] not in str(each)


@pytest.mark.req("M11", "M31", "M56")
def test_outside_the_same_event_says_nothing(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    for kanaal in ("email", "telefoon"):
        reachable(api, klant, "zaakstatus", kanaal)
        zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.work()
    out = [mail.content.source.decode() for mail in postkamer.mails()]
    out += [message.body for message in postkamer.sms.sent]
    assert len(out) == 2
    for secret in ("Dakkapel", "Stap 1", "Bekijk uw zaak", klant["bsn"]):
        assert not [each for each in out if secret in each]


@pytest.mark.req("M13", "M44", "M-F13")
def test_each_event_has_its_bericht(api: Api, postkamer: Postkamer, klant: Json) -> None:
    besluiten = Besluitwerk(api)
    zaak = zaak_van(besluiten.zaken, klant)
    who = f"urn:nld:brp:bsn:{klant['bsn']}"
    related = [{"urn": "urn:nld:elders:zaak:1"}, {"urn": urn(zaak)}]
    body = taak_body(isToegewezenAan=who, isGerelateerdAan=related, toelichting="Van de *gevel*.")
    assert api.post("/taken/api/v1/externetaken", json=body).status_code == 201
    made(verzoek(api, soort(api, "published"), initiator=who))
    besluiten.besluit(zaak=zaak["url"], uiterlijkeReactiedatum="2026-03-29")
    besluiten.zaken.resultaat(zaak)
    besluiten.zaken.status(zaak, 3)
    postkamer.work()
    told = {each["onderwerp"]: each for each in berichten()}
    assert set(told) == {
        "Nieuwe taak: Stuur een foto", "Ontvangen: Parkeerplaats", "Besluit over Dakkapel",
        "Dakkapel is klaar: Verleend",
    }  # fmt: skip
    assert [each["bij"] for each in told.values() if urn(zaak) not in each["bij"]] == ["[]"]
    assert "elders" not in str(told)
    assert "bezwaar maken tot en met 29 maart 2026" in told["Besluit over Dakkapel"]["tekst"]
    assert "Van de *gevel*." in opmaak.html(told["Nieuwe taak: Stuur een foto"]["tekst"])
    for each in told.values():
        assert f'href="{PORTAAL}/' in opmaak.html(each["tekst"])
        assert "{{" not in str(each)
        assert klant["bsn"] not in str(each)


def test_a_bericht_leads_to_no_bericht(zaakwerk: Werk, postkamer: Postkamer, klant: Json) -> None:
    """Not now, and not when everything comes again."""
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.work()
    assert len(berichten()) == 1
    assert dispatch.replay("output", 0) > 0
    postkamer.work()
    assert len(berichten()) == 1


def test_a_bericht_is_in_the_language_of_its_reader(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    Contactwerk(api)
    assert api.patch(klant["url"], json={"voorkeurstaal": "eng"}).status_code == 200
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.work()
    (shown,) = berichten()
    assert "The status is now: **Stap 1**." in shown["tekst"]
    assert "[View your case](<https://" in shown["tekst"]


@pytest.mark.req("M31")
def test_what_the_portal_does_not_show_is_not_told_there(
    zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    zaak = zaak_van(zaakwerk, klant, vertrouwelijkheidaanduiding="geheim")
    zaakwerk.status(zaak, 1)
    postkamer.work()
    (shown,) = berichten()
    assert shown["onderwerp"].startswith("Er is nieuws over uw zaak")
    assert shown["bij"] == "[]"
    assert "Dakkapel" not in str(shown)
    assert "Stap 1" not in str(shown)


def test_a_besluit_is_told_when_the_portal_shows_it(
    api: Api, postkamer: Postkamer, klant: Json
) -> None:
    besluiten = Besluitwerk(api)
    later = today() + timedelta(days=3)
    zaak = zaak_van(besluiten.zaken, klant)
    besluiten.besluit(zaak=zaak["url"], datum=today().isoformat(), ingangsdatum=later.isoformat())
    postkamer.work()
    assert postkamer.states() == [("portaal", "gepland")]
    found: date = one(
        "SELECT (gepland_op AT TIME ZONE 'Europe/Amsterdam')::date FROM output_klantnotificatie"
    )[0]
    assert found == later


def test_what_was_gathered_tells_of_the_status_at_the_end_of_the_day(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    (regel,) = api.get(
        "/output/api/v1/outputregels", params={"gebeurtenis": "status_gezet"}
    ).json()["results"]
    assert api.patch(regel["url"], json={"verzamelen": True}).status_code == 200
    zaak = zaak_van(zaakwerk, klant)
    for nr in (1, 2):
        zaakwerk.status(zaak, nr, f"2026-02-01T1{nr}:00:00Z")
    postkamer.work()
    postkamer.due()
    postkamer.work()
    assert [each["onderwerp"] for each in berichten()] == ["Dakkapel: Stap 2"]


def test_half_of_a_text_for_the_portal_is_refused(api: Api) -> None:
    """So is a subject that never fits; variables that others may not read are fine here."""
    (found,) = (
        each for each in api.get("/output/api/v1/sjablonen").json()["results"]
        if each["naam"] == "Taak"
    )  # fmt: skip
    here = f"{found['url']}/versies"
    text = {name: TEKST_NL[name] for name in ("taal", "onderwerp", "tekst")}
    text |= {"onderwerp": "Nieuws", "onderwerpPortaal": f"{{{{ zaak.nummer }}}}{'a' * 51}"}
    refused = api.post(here, json={"teksten": [text]}).json()
    assert {(each["name"], each["code"]) for each in refused["invalidParams"]} == {
        ("teksten.0.tekstPortaal", "portaaltekst-onvolledig"),
        ("teksten.0.onderwerpPortaal", "onderwerp-te-lang"),
    }
    text |= {"onderwerpPortaal": "", "tekstPortaal": "{{ zaak.kleur }}"}
    refused = api.post(here, json={"teksten": [text]}).json()
    assert {(each["name"], each["code"]) for each in refused["invalidParams"]} == {
        ("teksten.0.tekstPortaal", "onbekende-variabele"),
        ("teksten.0.onderwerpPortaal", "portaaltekst-onvolledig"),
    }
    text |= {"onderwerpPortaal": "{{ zaak.nummer }}", "tekstPortaal": "Wij zijn reeds klaar."}
    made = api.post(here, json={"teksten": [text]})
    assert made.status_code == 201, made.text
    assert "reeds" in made.headers["X-Warning"]
    assert made.json()["teksten"][0]["tekstPortaal"] == "Wij zijn reeds klaar."


def test_a_text_of_its_own_stays_inside() -> None:
    shown = inside(
        zaak__omschrijving="Dakkapel",
        zaak__status_naam="Klaar",
        zaak__status_uitleg="Dat is *mooi*.",
        zaak__uiterste_datum="",
    )
    assert shown.onderwerp == "Dakkapel: Klaar"
    assert "Klaar op" not in shown.tekst
    assert "Dat is *mooi*." in opmaak.html(shown.tekst)
    assert shown.sms == ""
    outside = maak_op([TEKST_NL], "nl", {"link": LINK, "zaak.omschrijving": "Dakkapel"})
    assert (outside.onderwerp, outside.tekst) == ("Nieuws over Dakkapel", f"Lees meer:\n\n{LINK}")


@pytest.mark.parametrize("besloten", [True, False])
def test_without_it_the_ordinary_text_is_used(*, besloten: bool) -> None:
    """With words to press, where an address would stand."""
    own = {"onderwerpPortaal", "tekstPortaal"}
    text = TEKST_NL if besloten else {k: v for k, v in TEKST_NL.items() if k not in own}
    shown = inside(text, besloten=besloten, zaak__omschrijving="Dakkapel")
    assert shown.onderwerp == "Nieuws over Dakkapel"
    page = opmaak.html(shown.tekst)
    assert f'href="{LINK}"' in page
    assert ">Ga naar de pagina hierover</a>" in page


@pytest.mark.parametrize(
    "value",
    ["<b>vet</b>", "[hier](https://kwaad.example)", "- punt", "1. een", "===", "~~weg~~", "&lt;",
     "**vet** _schuin_ `code`", "![plaatje](https://kwaad.example/1.png)", "# kop", "\\"],
)  # fmt: skip
def test_a_value_is_read_as_it_was_typed(value: str) -> None:
    page = opmaak.html(inside(zaak__status_uitleg=value).tekst)
    plain = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f">{plain}</p>" in page
    assert page.count("<a ") == 1


def test_a_subject_fits_and_still_tells_which_status_it_is() -> None:
    shown = [
        inside(zaak__omschrijving="Een heel lange naam van een zaak " * 3, zaak__status_naam=each)
        for each in ("In behandeling", "Besluit genomen", "Wachten op heel erg veel stukken van u")
    ]
    assert {len(each.onderwerp) <= ONDERWERP for each in shown} == {True}
    assert shown[0].onderwerp.endswith("…: In behandeling")
    assert len({each.onderwerp for each in shown}) == 3
    fixed = inside({**TEKST_NL, "onderwerpPortaal": f"{'a' * 49} {{{{ zaak.omschrijving }}}}"},
                   zaak__omschrijving="Dakkapel")  # fmt: skip
    assert len(fixed.onderwerp) <= ONDERWERP


def test_a_text_that_is_too_long_keeps_its_link() -> None:
    text = {**TEKST_NL, "tekstPortaal": "{{ zaak.omschrijving }}\n\n" * 100}
    shown = inside(text, zaak__omschrijving="_" * 60)
    assert len(shown.tekst) <= TEKST
    assert opmaak.html(shown.tekst).count("<a ") == 1
    text = {**TEKST_NL, "tekstPortaal": "{{ zaak.omschrijving }}"}
    whole = inside(text, zaak__omschrijving="x" * 5000)
    assert len(whole.tekst) <= TEKST


def test_a_bericht_takes_as_much_as_is_made_for_it() -> None:
    words: dict[str, Any] = {**Bericht.words}
    assert (words["onderwerp"].max, words["bericht_tekst"].max) == (ONDERWERP, TEKST)


@pytest.mark.req("M57")
@pytest.mark.parametrize(("name", "taal", "onderwerp", "tekst"), STANDAARD)
def test_what_a_municipality_begins_with_can_be_read(
    name: str, taal: str, onderwerp: str, tekst: str
) -> None:
    """It is complete in both languages, and there is nothing to remark on the Dutch."""
    dutch = getattr(portaalteksten, name)["nl"]
    assert set(PLACE.findall(onderwerp + tekst)) == set(PLACE.findall("".join(dutch)))
    assert "]({{ link }})" in tekst
    assert not [each for each in PLACE.findall(filled(tekst, WAARDEN)) if each]
    if taal == "nl":
        assert list(remarks(tekst)) == []


def test_only_what_stands_in_the_portal_itself_has_no_text_there() -> None:
    without = [each.naam for each in standaard.BEGIN if each.portaal is None]
    assert without == ["Nieuw bericht"]
