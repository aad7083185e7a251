"""What hangs on a zaak: objects, documents, eigenschappen, notes and contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.registers.zaken.specificatie import onjuist
from tests.registers.zaken.zaakwerk import BSN, ZAKEN, Typen, Werk, faults

if TYPE_CHECKING:
    from tests.conftest import Api

ELSEWHERE = "https://elders.voorbeeld.nl/1"
RUIMTE = {"wplWoonplaatsNaam": "Ons Dorp", "gorOpenbareRuimteNaam": "Dorpsstraat"}
HUIS = {"aoaPostcode": "", "aoaHuisnummer": 1, "aoaHuisletter": "", "aoaHuisnummertoevoeging": ""}
GEBOUW = {
    "identificatie": "g1",
    "adresAanduidingGrp": {
        "numIdentificatie": "",
        "oaoIdentificatie": "",
        "aoaIdentificatie": "",
        **RUIMTE,
        **HUIS,
        "ogoLocatieAanduiding": "",
    },
}
WOZ = {
    "wozObjectNummer": "w1",
    "aanduidingWozObject": {
        "aoaIdentificatie": "",
        **RUIMTE,
        **HUIS,
        "locatieOmschrijving": "achter de kerk",
    },
}
KADASTER = {"kadastraleIdentificatie": "k1", "kadastraleAanduiding": "DRP A 1"}
DEEL = {"identificatie": "d1", "naam": ""}
VORMEN: dict[str, dict[str, Any]] = {
    "adres": {
        "identificatie": "a1",
        **RUIMTE,
        "huisnummer": 1,
        "huisletter": "a",
        "huisnummertoevoeging": "",
        "postcode": "1234AB",
    },
    "buurt": {
        "buurtCode": "01",
        "buurtNaam": "Kern",
        "gemGemeenteCode": "0001",
        "wykWijkCode": "1",
    },
    "gemeente": {"gemeenteNaam": "Ons Dorp", "gemeenteCode": "0001"},
    "gemeentelijke_openbare_ruimte": {"identificatie": "r1", "openbareRuimteNaam": "Plein"},
    "huishouden": {"nummer": "h1", "isGehuisvestIn": GEBOUW},
    "inrichtingselement": {"type": "paal", **DEEL},
    "kadastrale_onroerende_zaak": KADASTER,
    "kunstwerkdeel": {"type": "sluis", **DEEL, "naam": "Sluis"},
    "maatschappelijke_activiteit": {"kvkNummer": "12345678", "handelsnaam": "Bakkerij"},
    "medewerker": {
        "identificatie": "m1",
        "achternaam": "",
        "voorletters": "",
        "voorvoegselAchternaam": "",
    },
    "openbare_ruimte": {"identificatie": "o1", **RUIMTE},
    "organisatorische_eenheid": {"identificatie": "VTH", "naam": "", "isGehuisvestIn": ""},
    "pand": {"identificatie": "p1"},
    "spoorbaandeel": {"type": "normaalspoor", **DEEL},
    "terreindeel": {"type": "berm", **DEEL},
    "terrein_gebouwd_object": GEBOUW,
    "waterdeel": {"typeWaterdeel": "watervlakte", **DEEL},
    "wegdeel": {"type": "rijbaan", **DEEL},
    "wijk": {"wijkCode": "1", "wijkNaam": "Noord", "gemGemeenteCode": "0001"},
    "woonplaats": {"identificatie": "w1", "woonplaatsNaam": "Ons Dorp"},
    "woz_deelobject": {"nummerWozDeelObject": "1", "isOnderdeelVan": WOZ},
    "woz_object": WOZ,
    "woz_waarde": {"waardepeildatum": "20260101", "isVoor": WOZ},
    "overige": {"overigeData": {"boom": {"soort": "eik", "hoogte": 12.5}}},
}


def _object(werk: Werk, kind: str, form: Any) -> dict[str, Any]:
    extra = {"objectTypeOverige": "boom"} if kind == "overige" else {}
    return {
        "zaak": werk.zaak()["url"],
        "objectType": kind,
        "objectIdentificatie": form,
        "relatieomschrijving": "gaat over",
        **extra,
    }


@pytest.mark.parametrize("kind", VORMEN)
def test_each_form_of_an_object_is_shown_as_it_was_sent(werk: Werk, kind: str) -> None:
    made = werk.make("zaakobjecten", **_object(werk, kind, VORMEN[kind]))
    assert made["objectIdentificatie"] == VORMEN[kind]
    assert werk.read(made["url"]) == made


def test_the_bsn_of_a_gerechtigde_is_kept_apart_as_well(werk: Werk) -> None:
    form = {
        "identificatie": "z1",
        "avgAard": "eigendom",
        "heeftBetrekkingOp": KADASTER,
        "heeftAlsGerechtigde": {"natuurlijkPersoon": {"inpBsn": BSN}},
    }
    made = werk.make("zaakobjecten", **_object(werk, "zakelijk_recht", form))
    shown = made["objectIdentificatie"]["heeftAlsGerechtigde"]
    assert shown["natuurlijkPersoon"]["inpBsn"] == BSN
    assert shown["nietNatuurlijkPersoon"] is None
    hidden = werk.api.get(made["url"], headers={"X-Doelbinding": "urn:geen"}).json()
    gerechtigde = hidden["objectIdentificatie"]["heeftAlsGerechtigde"]
    assert gerechtigde["natuurlijkPersoon"]["inpBsn"] == ""


@pytest.mark.parametrize("kind", ["besluit", "enkelvoudig_document", "status"])
def test_what_has_an_address_only_needs_that(werk: Werk, kind: str) -> None:
    body = _object(werk, kind, None)
    assert faults(werk.post("zaakobjecten", **body)) == {("nonFieldErrors", "invalid-zaakobject")}
    made = werk.make("zaakobjecten", **body, object=ELSEWHERE)
    found = werk.read(f"{ZAKEN}/zaakobjecten", object=ELSEWHERE, objectType=kind)
    assert found["results"] == [made]


def test_another_kind_of_object_is_named(werk: Werk) -> None:
    body = _object(werk, "overige", VORMEN["overige"]) | {"objectTypeOverige": ""}
    assert faults(werk.post("zaakobjecten", **body)) == {
        ("objectTypeOverige", "missing-object-type-overige")
    }
    definition = {"url": ELSEWHERE, "schema": ".jsonSchema", "objectData": ".record.data"}
    werk.make("zaakobjecten", **body, objectTypeOverigeDefinitie=definition)
    body = _object(werk, "pand", VORMEN["pand"]) | {"objectTypeOverige": "boom"}
    assert faults(werk.post("zaakobjecten", **body)) == {
        ("objectTypeOverige", "invalid-object-type-overige-usage")
    }


def test_of_an_object_only_the_description_changes(werk: Werk) -> None:
    made = werk.make("zaakobjecten", **_object(werk, "pand", VORMEN["pand"]), object=ELSEWHERE)
    change = {"zaak": werk.zaak()["url"], "object": f"{ELSEWHERE}2", "objectType": "adres"}
    answer = werk.api.patch(made["url"], json=change)
    assert faults(answer) == {(name, "wijzigen-niet-toegelaten") for name in change}
    answer = werk.api.patch(made["url"], json={"objectIdentificatie": {"identificatie": "p2"}})
    assert answer.json()["objectIdentificatie"] == {"identificatie": "p2"}


@pytest.mark.rule("zrc-018")
def test_an_eigenschap_is_of_the_zaaktype_and_only_its_value_changes(api: Api) -> None:
    definition = {
        "naam": "hoogte",
        "definitie": "Hoogte in meters",
        "specificatie": {"formaat": "getal", "lengte": "3", "kardinaliteit": "1"},
    }
    typen, others = Typen(api), Typen(api, "TWEE")
    mine = typen.make("eigenschappen", **definition)
    theirs = others.make("eigenschappen", **definition)
    werk = Werk(api, typen.publish())
    zaak = werk.zaak()
    path = f"{zaak['url']}/zaakeigenschappen"
    refused = api.post(path, json={"zaak": zaak["url"], "eigenschap": theirs, "waarde": "3"})
    assert faults(refused) == {("nonFieldErrors", "zaaktype-mismatch")}
    made = api.post(path, json={"zaak": zaak["url"], "eigenschap": mine, "waarde": "3"}).json()
    assert (made["naam"], made["zaak"]) == ("hoogte", zaak["url"])
    assert api.get(path).json() == [made]
    assert werk.read(zaak["url"])["eigenschappen"] == [made["url"]]
    assert api.patch(made["url"], json={"waarde": "4"}).json()["waarde"] == "4"
    changed = api.patch(made["url"], json={"eigenschap": theirs})
    assert faults(changed) == {("eigenschap", "wijzigen-niet-toegelaten")}
    other = werk.zaak()["url"].rsplit("/", 1)[-1]
    assert api.get(made["url"].replace(zaak["uuid"], other)).status_code == 404


SPECIFICATIES: list[tuple[dict[str, Any], str, str]] = [
    ({"formaat": "getal", "lengte": "3"}, "120", ""),
    ({"formaat": "getal", "lengte": "3"}, "hoog", "geen getal"),
    ({"formaat": "getal", "lengte": "3"}, "1200", "langer dan 3"),
    ({"formaat": "getal", "lengte": "5,2"}, "12345,67", ""),
    ({"formaat": "getal", "lengte": "5,2"}, "1,234", "langer dan 5,2"),
    ({"formaat": "tekst", "lengte": "5"}, "eik", ""),
    ({"formaat": "tekst", "lengte": "5"}, "kastanje", "langer dan 5"),
    ({"formaat": "datum", "lengte": "8"}, "20260531", ""),
    ({"formaat": "datum", "lengte": "8"}, "20261331", "geen datum"),
    ({"formaat": "datum_tijd", "lengte": "14"}, "20260531120000", ""),
    ({"formaat": "datum_tijd", "lengte": "14"}, "20260531250000", "geen datum_tijd"),
    ({"formaat": "tekst", "lengte": "9", "waardenverzameling": ["eik", "den"]}, "den", ""),
    (
        {"formaat": "tekst", "lengte": "9", "waardenverzameling": ["eik", "den"]},
        "spar",
        "niet in de waardenverzameling",
    ),
]


@pytest.mark.rule("zrc-oas")
@pytest.mark.parametrize(("specificatie", "waarde", "warning"), SPECIFICATIES)
def test_a_value_that_does_not_fit_is_kept_with_a_warning(
    specificatie: dict[str, Any], waarde: str, warning: str
) -> None:
    assert onjuist(waarde, specificatie) == warning


@pytest.mark.rule("zrc-oas")
def test_the_warning_stands_in_the_header_of_every_write(api: Api) -> None:
    typen = Typen(api)
    specificatie = {"formaat": "getal", "lengte": "3", "kardinaliteit": "1"}
    kind = typen.make("eigenschappen", naam="hoogte", definitie="Hoogte", specificatie=specificatie)
    zaak = Werk(api, typen.publish()).zaak()
    path, body = f"{zaak['url']}/zaakeigenschappen", {"zaak": zaak["url"], "eigenschap": kind}
    made = api.post(path, json={**body, "waarde": "hoog"})
    assert (made.status_code, made.json()["waarde"]) == (201, "hoog")
    said = "De waarde past niet bij de specificatie: geen getal."
    assert made.headers["X-Warning"] == said
    url = made.json()["url"]
    assert "X-Warning" not in api.patch(url, json={"waarde": "12"}).headers
    assert api.put(url, json={**body, "waarde": "hoger"}).headers["X-Warning"] == said


def test_a_note_changes_only_while_it_is_a_concept(werk: Werk, api: Api) -> None:
    zaak = werk.zaak()
    body = {"gerelateerdAan": zaak["url"], "onderwerp": "Gebeld", "tekst": "Belt terug"}
    note = werk.make("zaaknotities", **body)
    assert "uuid" not in note
    assert (note["notitieType"], note["status"]) == ("intern", "concept")
    assert note["aangemaaktDoor"] == "Een Medewerker"
    changed = api.patch(note["url"], json={"tekst": "Belde terug", "status": "definitief"}).json()
    assert changed["aanmaakdatum"] == note["aanmaakdatum"] < changed["wijzigingsdatum"]
    for method in (api.put, api.patch):
        assert faults(method(note["url"], json=body)) == {("nonFieldErrors", "notitie-definitief")}
    query = {"gerelateerdAan": zaak["url"], "tekst__icontains": "BELDE", "status": "definitief"}
    assert werk.read(f"{ZAKEN}/zaaknotities", **query)["results"] == [changed]
    assert api.delete(note["url"]).status_code == 204


def test_a_klantcontact_gets_an_identification(werk: Werk) -> None:
    zaak = werk.zaak()
    body = {"zaak": zaak["url"], "datumtijd": "2026-02-01T10:00:00Z", "kanaal": "telefoon"}
    first, second = werk.make("klantcontacten", **body), werk.make("klantcontacten", **body)
    assert first["identificatie"] != second["identificatie"]
    assert len(first["identificatie"]) <= 14
    given = werk.make("klantcontacten", **body, identificatie="KC1")
    assert given["identificatie"] == "KC1"
    found = werk.read(f"{ZAKEN}/klantcontacten", zaak=zaak["url"])["results"]
    assert found == [given, second, first]


@pytest.mark.rule("zrc-024")
@pytest.mark.rule("zrc-025")
@pytest.mark.parametrize(
    ("path", "name"), [("zaakcontactmomenten", "contactmoment"), ("zaakverzoeken", "verzoek")]
)
def test_a_zaak_is_linked_once_to_something_elsewhere(werk: Werk, path: str, name: str) -> None:
    zaak = werk.zaak()
    body = {"zaak": zaak["url"], name: ELSEWHERE}
    made = werk.make(path, **body)
    assert werk.api.get(f"{ZAKEN}/{path}", params={name: ELSEWHERE}).json() == [made]
    assert faults(werk.post(path, **body)) == {("nonFieldErrors", "unique")}
    assert werk.api.patch(made["url"], json={}).status_code == 405
    assert werk.api.delete(made["url"]).status_code == 204
