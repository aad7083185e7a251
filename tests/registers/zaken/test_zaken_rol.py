"""Rollen: who takes part, in which form, and how they are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.ledger.database import rows
from tests.registers.zaken.zaakwerk import BSN, ZAKEN, Typen, Werk, faults

if TYPE_CHECKING:
    from tests.conftest import Api

OTHER_BSN = "999993653"
WITHOUT = {"X-Doelbinding": "urn:loket:verwerking:geen"}

ADRES = {
    "aoaIdentificatie": "",
    "wplWoonplaatsNaam": "Ons Dorp",
    "gorOpenbareRuimteNaam": "Dorpsstraat",
    "aoaPostcode": "1234AB",
    "aoaHuisnummer": 12,
    "aoaHuisletter": "",
    "aoaHuisnummertoevoeging": "",
    "inpLocatiebeschrijving": "",
}
BUITENLAND = {
    "lndLandcode": "5010",
    "lndLandnaam": "België",
    "subAdresBuitenland_1": "Rue du Bois 1",
    "subAdresBuitenland_2": "",
    "subAdresBuitenland_3": "",
}
VORMEN: dict[str, dict[str, Any]] = {
    "natuurlijk_persoon": {
        "inpBsn": BSN,
        "anpIdentificatie": "A1",
        "inpA_nummer": "1234567890",
        "geslachtsnaam": "Jansen",
        "voorvoegselGeslachtsnaam": "van",
        "voorletters": "A.",
        "voornamen": "Anna",
        "geslachtsaanduiding": "v",
        "geboortedatum": "1980-00-00",
        "verblijfsadres": ADRES,
        "subVerblijfBuitenland": BUITENLAND,
    },
    "niet_natuurlijk_persoon": {
        "innNnpId": "517439943",
        "annIdentificatie": "",
        "kvkNummer": "12345678",
        "vestigingsNummer": "000012345678",
        "statutaireNaam": "Bakkerij Jansen",
        "innRechtsvorm": "besloten_vennootschap",
        "bezoekadres": "Dorpsstraat 12",
        "verblijfsadres": None,
        "subVerblijfBuitenland": None,
    },
    "vestiging": {
        "vestigingsNummer": "000012345678",
        "handelsnaam": ["Bakkerij Jansen"],
        "verblijfsadres": ADRES,
        "subVerblijfBuitenland": None,
        "kvkNummer": "12345678",
    },
    "organisatorische_eenheid": {
        "identificatie": "VTH",
        "naam": "Vergunningen",
        "isGehuisvestIn": "",
    },
    "medewerker": {
        "identificatie": "m1",
        "achternaam": "Vries",
        "voorletters": "B.",
        "voorvoegselAchternaam": "de",
    },
}


@pytest.mark.parametrize("kind", VORMEN)
def test_each_form_of_a_betrokkene_is_shown_as_it_was_sent(werk: Werk, kind: str) -> None:
    form = VORMEN[kind]
    rol = werk.rol(werk.zaak(), "behandelaar", betrokkeneType=kind, betrokkeneIdentificatie=form)
    assert rol["betrokkeneIdentificatie"] == form
    assert (rol["omschrijving"], rol["omschrijvingGeneriek"]) == ("behandelaar", "behandelaar")
    assert werk.read(rol["url"]) == rol


def test_a_form_with_faults_names_each(werk: Werk) -> None:
    form = {"inpBsn": "123456789", "verblijfsadres": {"aoaHuisnummer": 100000}}
    body = werk.rol_body(werk.zaak(), betrokkeneIdentificatie=form)
    name = "betrokkeneIdentificatie"
    assert faults(werk.post("rollen", **body)) == {
        (f"{name}.inpBsn", "invalid"),
        (f"{name}.verblijfsadres.aoaIdentificatie", "required"),
        (f"{name}.verblijfsadres.wplWoonplaatsNaam", "required"),
        (f"{name}.verblijfsadres.gorOpenbareRuimteNaam", "required"),
        (f"{name}.verblijfsadres.aoaHuisnummer", "max_value"),
    }


def test_a_rol_names_its_betrokkene(werk: Werk) -> None:
    body = werk.rol_body(werk.zaak(), betrokkeneIdentificatie=None)
    assert faults(werk.post("rollen", **body)) == {("nonFieldErrors", "invalid-betrokkene")}
    werk.make("rollen", **body, betrokkene="https://elders.voorbeeld.nl/personen/1")


@pytest.mark.rule("zrc-019")
def test_a_roltype_is_of_the_zaaktype(werk: Werk, api: Api) -> None:
    other = Typen(api, "TWEE").rollen["initiator"]
    body = werk.rol_body(werk.zaak(), roltype=other)
    assert faults(werk.post("rollen", **body)) == {("nonFieldErrors", "zaaktype-mismatch")}


@pytest.mark.parametrize("generiek", ["initiator", "zaakcoordinator"])
def test_a_zaak_has_one_initiator_and_one_zaakcoordinator(werk: Werk, generiek: str) -> None:
    zaak = werk.zaak()
    rol = werk.rol(zaak, generiek)
    body = werk.rol_body(zaak, generiek)
    assert faults(werk.post("rollen", **body)) == {("nonFieldErrors", "max-occurences")}
    werk.rol(zaak, "behandelaar")
    werk.rol(zaak, "behandelaar")
    assert werk.api.put(rol["url"], json=body).status_code == 200
    assert werk.api.delete(rol["url"]).status_code == 204
    werk.rol(zaak, generiek)


def test_a_rol_changes_as_a_whole_as_in_open_zaak(werk: Werk) -> None:
    zaak = werk.zaak()
    rol = werk.rol(zaak)
    body = werk.rol_body(
        zaak,
        "behandelaar",
        betrokkeneType="medewerker",
        betrokkeneIdentificatie={"identificatie": "m1"},
    )
    del body["zaak"]
    changed = werk.api.put(rol["url"], json=body, headers=WITHOUT)
    assert changed.status_code == 200, changed.text
    assert changed.json()["betrokkeneIdentificatie"]["identificatie"] == "m1"
    assert changed.json()["zaak"] == zaak["url"]
    assert not _found(werk, "rollen", **{f"{PERSOON}inpBsn": BSN})


PERSOON = "betrokkeneIdentificatie__natuurlijkPersoon__"


def _found(werk: Werk, path: str, **query: str) -> list[str]:
    return [each["url"] for each in werk.read(f"{ZAKEN}/{path}", **query)["results"]]


QUESTIONS = {
    f"{PERSOON}inpBsn": BSN,
    f"{PERSOON}anpIdentificatie": "A1",
    f"{PERSOON}inpA_nummer": "1234567890",
    "betrokkeneIdentificatie__nietNatuurlijkPersoon__innNnpId": "517439943",
    "betrokkeneIdentificatie__nietNatuurlijkPersoon__kvkNummer": "12345678",
    "betrokkeneIdentificatie__nietNatuurlijkPersoon__vestigingsNummer": "000012345678",
    "betrokkeneIdentificatie__vestiging__vestigingsNummer": "000012345678",
    "betrokkeneIdentificatie__vestiging__kvkNummer": "12345678",
    "betrokkeneIdentificatie__organisatorischeEenheid__identificatie": "VTH",
    "betrokkeneIdentificatie__medewerker__identificatie": "m1",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_rollen_and_zaken_are_found_by_a_number(werk: Werk, question: str) -> None:
    made = {}
    for kind, form in VORMEN.items():
        zaak = werk.zaak()
        rol = werk.rol(zaak, betrokkeneType=kind, betrokkeneIdentificatie=form)
        made[kind] = (zaak["url"], rol["url"])
    kind = question.split("__")[1]
    snake = "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in kind)
    zaak_url, rol_url = made[snake]
    value = QUESTIONS[question]
    assert _found(werk, "rollen", **{question: value}) == [rol_url]
    assert _found(werk, "zaken", **{f"rol__{question}": value}) == [zaak_url]
    nobody = OTHER_BSN if question.endswith("inpBsn") else "niemand"
    assert _found(werk, "zaken", **{f"rol__{question}": nobody}) == []


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("betrokkene", "https://elders.voorbeeld.nl/personen/1"),
        ("betrokkeneType", "medewerker"),
        ("omschrijvingGeneriek", "behandelaar"),
        ("machtiging", "gemachtigde"),
    ],
)
def test_rollen_and_zaken_are_found_by_kind(werk: Werk, question: str, value: str) -> None:
    wanted, other = werk.zaak(), werk.zaak()
    rol = werk.rol(
        wanted,
        "behandelaar",
        betrokkene="https://elders.voorbeeld.nl/personen/1",
        betrokkeneType="medewerker",
        betrokkeneIdentificatie=None,
        indicatieMachtiging="gemachtigde",
    )
    werk.rol(other)
    assert _found(werk, "rollen", **{question: value}) == [rol["url"]]
    assert _found(werk, "zaken", **{f"rol__{question}": value}) == [wanted["url"]]


def test_rollen_are_found_by_omschrijving_and_by_acting_for_oneself(werk: Werk) -> None:
    rol = werk.rol(werk.zaak())
    assert _found(werk, "rollen", omschrijving="initiator") == [rol["url"]]
    assert _found(werk, "rollen", omschrijving="iets anders") == []
    assert _found(werk, "rollen", machtiging="eigen") == [rol["url"]]


def test_a_bsn_is_seen_and_asked_only_for_a_purpose_and_logged(werk: Werk) -> None:
    rol = werk.rol(werk.zaak())
    answer = werk.api.get(rol["url"], headers=WITHOUT)
    assert answer.json()["betrokkeneIdentificatie"]["inpBsn"] == ""
    for path, prefix in (("rollen", ""), ("zaken", "rol__")):
        query = {f"{prefix}{PERSOON}inpBsn": BSN}
        answer = werk.api.get(f"{ZAKEN}/{path}", params=query, headers=WITHOUT)
        assert answer.status_code == 403
    before = len(rows("SELECT 1 FROM ledger_verwerking"))
    assert werk.read(rol["url"])["betrokkeneIdentificatie"]["inpBsn"] == BSN
    assert len(rows("SELECT 1 FROM ledger_verwerking")) == before + 1


def test_who_may_not_read_still_hears_what_was_written(werk: Werk) -> None:
    zaak = werk.zaak()
    writer = werk.client("zaken.bijwerken")
    answer = werk.post("rollen", writer, **werk.rol_body(zaak))
    assert answer.status_code == 201, answer.text
    assert answer.json()["betrokkeneIdentificatie"]["inpBsn"] == ""


def test_no_event_holds_a_bsn(werk: Werk) -> None:
    werk.rol(werk.zaak())
    assert rows("SELECT 1 FROM ledger_event WHERE resource = 'rollen'")
    assert not rows("SELECT 1 FROM ledger_event WHERE nieuw LIKE %s", (f"%{BSN}%",))
    assert not rows(
        "SELECT 1 FROM zaken_rol WHERE betrokkene_identificatie::text LIKE %s", (f"%{BSN}%",)
    )


DIGID = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
HERKENNING = "urn:etoegang:core:assurance-class:"


def _digid(level: str = "MobileTwoFactorContract") -> dict[str, Any]:
    return {
        "source": "digid",
        "levelOfAssurance": f"{DIGID}{level}",
        "representee": {"identifierType": "bsn", "identifier": OTHER_BSN},
        "mandate": {"services": [{"id": "belasting"}]},
    }


def _herkenning(soort: str, nummer: str) -> dict[str, Any]:
    return {
        "source": "eherkenning",
        "levelOfAssurance": f"{HERKENNING}loa3",
        "actingSubject": "versleuteld",
        "representee": {"identifierType": soort, "identifier": nummer},
        "mandate": {
            "role": "bewindvoerder",
            "services": [{"id": "1", "uuid": "34085d78-21aa-4481-a219-b28d7f3282fc"}],
        },
    }


def test_how_somebody_proved_who_he_is_is_kept_with_the_bsn_apart(werk: Werk) -> None:
    rol = werk.rol(werk.zaak(), authenticatieContext=_digid(), beginGeldigheid="2026-01-05")
    assert rol["authenticatieContext"] == _digid()
    assert (rol["beginGeldigheid"], rol["eindeGeldigheid"]) == ("2026-01-05", None)
    hidden = werk.api.get(rol["url"], headers=WITHOUT).json()["authenticatieContext"]
    assert hidden["representee"] == {"identifierType": "bsn", "identifier": ""}
    kept = "SELECT 1 FROM zaken_rol WHERE authenticatie_context::text LIKE %s"
    assert not rows(kept, (f"%{OTHER_BSN}%",))


@pytest.mark.parametrize(("soort", "nummer"), [("kvkNummer", "12345678"), ("bsn", OTHER_BSN)])
def test_a_company_may_stand_for_another_or_for_a_citizen(
    werk: Werk, soort: str, nummer: str
) -> None:
    context = _herkenning(soort, nummer)
    body: dict[str, Any] = {
        "betrokkeneType": "vestiging",
        "betrokkeneIdentificatie": VORMEN["vestiging"],
        "authenticatieContext": context,
    }
    rol = werk.rol(werk.zaak(), **body)
    assert rol["authenticatieContext"] == context
    kept = "SELECT 1 FROM zaken_rol WHERE authenticatie_context::text LIKE %s"
    assert bool(rows(kept, (f"%{nummer}%",))) == (soort != "bsn")
    wrong = {**body, "authenticatieContext": _herkenning("bsn", "123456789")}
    answer = werk.post("rollen", **werk.rol_body(werk.zaak(), **wrong))
    assert faults(answer) == {("authenticatieContext.representee.identifier", "invalid")}


def test_rollen_and_zaken_are_found_by_how_strong_the_proof_was(werk: Werk) -> None:
    weak, strong = werk.zaak(), werk.zaak()
    low = werk.rol(weak, authenticatieContext=_digid())
    werk.rol(strong, authenticatieContext=_digid("SmartcardPKI"))
    at_most = f"{DIGID}Smartcard"
    assert _found(werk, "rollen", machtiging__loa=at_most) == [low["url"]]
    assert _found(werk, "zaken", rol__machtiging__loa=at_most) == [weak["url"]]
    assert _found(werk, "rollen", machtiging__loa=f"{HERKENNING}loa4") == []
    answer = werk.api.get(f"{ZAKEN}/rollen", params={"machtiging__loa": "sterk"})
    assert faults(answer) == {("machtiging__loa", "invalid_choice")}
