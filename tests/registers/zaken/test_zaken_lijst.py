"""Finding zaken: the questions of the list, and zaken/_zoek."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.registers.zaken.zaakwerk import VERTROUWD, ZAKEN, Typen, Werk, faults

if TYPE_CHECKING:
    from tests.conftest import Api
    from tests.registers.zaken.conftest import Buiten

Json = dict[str, Any]

MINE: Json = {
    "identificatie": "Zaak_A-1",
    "omschrijving": "Een 100% houten dakkapel",
    "startdatum": "2026-03-10",
    "registratiedatum": "2026-03-11",
    "einddatumGepland": "2026-05-01",
    "uiterlijkeEinddatumAfdoening": "2026-06-01",
    "archiefnominatie": "vernietigen",
    "archiefactiedatum": "2031-01-01",
    "vertrouwelijkheidaanduiding": "intern",
    "kenmerken": [{"kenmerk": "12:3", "bron": "oud"}],
}
OTHER: Json = {
    "identificatie": "Zaak-B",
    "omschrijving": "Een uitweg",
    "startdatum": "2026-01-10",
    "registratiedatum": "2026-01-11",
    "einddatumGepland": "2026-02-01",
    "uiterlijkeEinddatumAfdoening": "2026-03-01",
    "archiefnominatie": "blijvend_bewaren",
    "archiefstatus": "gearchiveerd",
    "archiefactiedatum": "2029-01-01",
    "bronorganisatie": "111222333",
    "verantwoordelijkeOrganisatie": "111222333",
    "kenmerken": [{"kenmerk": "4", "bron": "nieuw"}],
}


@pytest.fixture
def zaken(werk: Werk) -> tuple[Json, Json]:
    """Two zaken that differ in everything that can be asked."""
    return werk.zaak(**MINE), werk.zaak(**OTHER)


def _found(werk: Werk, **query: str) -> list[str]:
    return [each["url"] for each in werk.read(f"{ZAKEN}/zaken", **query)["results"]]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("identificatie", "Zaak_A-1"),
        ("identificatie__icontains", "k_a"),
        ("omschrijving", "100% HOUT"),
        ("bronorganisatie", "517439943"),
        ("bronorganisatie__in", "517439943,123456782"),
        ("archiefnominatie", "vernietigen"),
        ("archiefnominatie__in", "vernietigen"),
        ("archiefstatus", "nog_te_archiveren"),
        ("archiefstatus__in", "nog_te_archiveren,overgedragen"),
        ("archiefactiedatum", "2031-01-01"),
        ("archiefactiedatum__gt", "2030-01-01"),
        ("startdatum", "2026-03-10"),
        ("startdatum__gt", "2026-01-10"),
        ("startdatum__gte", "2026-03-10"),
        ("registratiedatum", "2026-03-11"),
        ("registratiedatum__gt", "2026-02-01"),
        ("einddatumGepland__gt", "2026-03-01"),
        ("uiterlijkeEinddatumAfdoening__gt", "2026-04-01"),
        ("maximaleVertrouwelijkheidaanduiding", "intern"),
        ("kenmerk", "oud:12:3"),
        ("kenmerk__bron", "oud"),
    ],
)
def test_a_question_finds_what_it_describes(
    werk: Werk, zaken: tuple[Json, Json], question: str, value: str
) -> None:
    assert _found(werk, **{question: value}) == [zaken[0]["url"]]


def test_dates_are_compared_both_ways(werk: Werk, zaken: tuple[Json, Json]) -> None:
    for name in ("startdatum", "registratiedatum", "archiefactiedatum", "einddatumGepland"):
        assert _found(werk, **{f"{name}__lt": MINE[name]}) == [zaken[1]["url"]]
    assert _found(werk, startdatum__lte="2026-01-10") == [zaken[1]["url"]]
    assert _found(werk, archiefactiedatum__isnull="true") == []


def test_zaken_are_found_by_the_type_and_by_where_they_stand(
    werk: Werk, api: Api, typen: Typen
) -> None:
    other = Werk(api, Typen(api, "TWEE").publish())
    closed, running, elsewhere = werk.gesloten(), werk.zaak(), other.zaak()
    werk.status(running, 1)
    both = [running["url"], closed["url"]]
    assert _found(werk, zaaktype=typen.zaaktype) == both
    assert _found(werk, zaaktype__omschrijving="VERGUNNING een") == both
    assert _found(werk, zaaktype__identificatie="EEN") == both
    assert _found(werk, zaaktype="https://elders.voorbeeld.nl/zaaktypen/1") == []
    assert _found(werk, status__statustype=typen.statustypen[0]) == [running["url"]]
    werk.status(running, 2, "2026-02-02T10:00:00Z")
    assert _found(werk, status__statustype=typen.statustypen[0]) == []
    assert _found(werk, resultaat__resultaattype=typen.resultaattype) == [closed["url"]]
    assert _found(werk, einddatum=closed["einddatum"]) == [closed["url"]]
    assert _found(werk, einddatum__isnull="true") == [elsewhere["url"], running["url"]]


@pytest.mark.parametrize("name", ["startdatum", "registratiedatum", "identificatie"])
def test_a_list_is_ordered_as_asked(werk: Werk, zaken: tuple[Json, Json], name: str) -> None:
    mine, other = (each["url"] for each in zaken)
    assert _found(werk, ordering=name) == [other, mine]
    assert _found(werk, ordering=f"-{name}") == [mine, other]


def test_where_the_order_leaves_it_open_the_key_decides(
    werk: Werk, zaken: tuple[Json, Json]
) -> None:
    oldest_first = [each["url"] for each in zaken]
    assert _found(werk, ordering="einddatum") == oldest_first
    for query in ({}, {"ordering": "-einddatum"}, {"ordering": "einddatum,-publicatiedatum"}):
        assert _found(werk, **query) == oldest_first[::-1]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("startdatum", "gisteren"),
        ("bronorganisatie", "123456789\x00"),
        ("archiefstatus", "weg"),
        ("einddatum__isnull", "misschien"),
        ("maximaleVertrouwelijkheidaanduiding", ""),
        ("rol__machtiging", "iedereen"),
        ("rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn", "12"),
        ("zaaktype", "geen-url"),
        ("kenmerk", "los"),
        ("ordering", "toelichting"),
        ("toelichting", "x"),
    ],
)
def test_a_malformed_question_is_refused(werk: Werk, question: str, value: str) -> None:
    answer = werk.api.get(f"{ZAKEN}/zaken", params={question: value})
    [(name, _)] = faults(answer)
    assert name in (question, "nonFieldErrors")


def test_pages_have_neighbours_and_an_exact_count(werk: Werk) -> None:
    made = [werk.zaak()["url"] for _ in range(3)][::-1]
    first = werk.read(f"{ZAKEN}/zaken", pageSize="2")
    assert (first["count"], first["previous"]) == (3, None)
    second = werk.read(first["next"])
    assert (second["count"], second["next"]) == (3, None)
    assert [each["url"] for each in first["results"] + second["results"]] == made
    assert werk.read(second["previous"]) == first
    assert werk.api.get(f"{ZAKEN}/zaken", params={"page": 9}).status_code == 404


@pytest.mark.rule("zrc-026")
def test_expand_goes_any_depth(werk: Werk) -> None:
    hoofdzaak = werk.gesloten()
    werk.rol(werk.zaak(hoofdzaak=hoofdzaak["url"]))
    asked = "status.statustype,deelzaken.rollen.roltype,resultaat,zaaktype.catalogus,hoofdzaak"
    shown = werk.read(hoofdzaak["url"], expand=asked)["_expand"]
    assert shown["status"]["_expand"]["statustype"]["omschrijving"] == "Stap 3"
    [deelzaak] = shown["deelzaken"]
    [rol] = deelzaak["_expand"]["rollen"]
    assert rol["_expand"]["roltype"]["omschrijving"] == "initiator"
    assert shown["zaaktype"]["_expand"]["catalogus"]["domein"] == "EENAA"
    assert shown["hoofdzaak"] == {}
    assert werk.api.get(hoofdzaak["url"], params={"expand": "omschrijving"}).status_code == 404


def test_relevante_andere_zaken_of_this_house_are_expanded(werk: Werk, buiten: Buiten) -> None:
    other = werk.zaak(omschrijving="De andere")
    urls = [other["url"], f"{VERTROUWD}zaken/1"]
    buiten.there[urls[1]] = {"url": urls[1]}
    relations = [{"url": url, "aardRelatie": "vervolg"} for url in urls]
    zaak = werk.zaak(relevanteAndereZaken=relations)
    shown = werk.read(zaak["url"], expand="relevanteAndereZaken.zaaktype")
    [expanded] = shown["_expand"]["relevanteAndereZaken"]
    assert expanded["omschrijving"] == "De andere"
    assert expanded["_expand"]["zaaktype"]["identificatie"] == "EEN"
    assert set(shown) - {"_expand"} == set(zaak)


SQUARE = {"type": "Polygon", "coordinates": [[[4, 51], [6, 51], [6, 53], [4, 53], [4, 51]]]}
TRIANGLE = {"type": "Polygon", "coordinates": [[[4, 51], [6, 51], [4, 53], [4, 51]]]}


def _zoek(werk: Werk, query: dict[str, Any] | None = None, **body: Any) -> Json:
    answer = werk.api.post(f"{ZAKEN}/zaken/_zoek", json=body, params=query or {})
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def test_zoek_on_a_place_is_exact(werk: Werk) -> None:
    inside = werk.zaak(zaakgeometrie={"type": "Point", "coordinates": [4.5, 51.5]})
    corner = werk.zaak(zaakgeometrie={"type": "Point", "coordinates": [5.9, 52.9]})
    outside = werk.zaak(zaakgeometrie={"type": "Point", "coordinates": [7, 52]})
    line = {"type": "LineString", "coordinates": [[5, 52], [7, 52]]}
    crossing = werk.zaak(zaakgeometrie=line)
    werk.zaak()
    square = _zoek(werk, zaakgeometrie={"within": SQUARE})
    assert [each["url"] for each in square["results"]] == [corner["url"], inside["url"]]
    triangle = _zoek(werk, zaakgeometrie={"within": TRIANGLE})
    assert [each["url"] for each in triangle["results"]] == [inside["url"]]
    assert crossing["zaakgeometrie"] == line
    assert outside["zaakgeometrie"]["coordinates"] == [7, 52]


def test_zoek_takes_the_questions_of_the_list_and_long_lists(werk: Werk, typen: Typen) -> None:
    first, second, third = (werk.zaak(startdatum=f"2026-01-0{nr}") for nr in (1, 2, 3))
    found = _zoek(werk, uuid__in=[first["uuid"], third["uuid"]])
    assert [each["url"] for each in found["results"]] == [third["url"], first["url"]]
    found = _zoek(werk, startdatum__gte="2026-01-02", einddatum__isnull=True, ordering="startdatum")
    assert [each["url"] for each in found["results"]] == [second["url"], third["url"]]
    elsewhere = "https://elders.voorbeeld.nl/1"
    assert _zoek(werk, zaaktype__in=[typen.zaaktype, elsewhere])["count"] == 3
    assert _zoek(werk, zaaktype__in=[elsewhere])["results"] == []
    assert _zoek(werk, bronorganisatie__in=["517439943"])["count"] == 3


def test_zoek_has_pages_and_expand(werk: Werk) -> None:
    for _ in range(3):
        werk.zaak()
    first = _zoek(werk, {"pageSize": 2}, expand="zaaktype")
    assert first["results"][0]["_expand"]["zaaktype"]["identificatie"] == "EEN"
    assert first["next"].endswith("/zaken/api/v1/zaken/_zoek?pageSize=2&page=2")
    second = werk.api.post(first["next"], json={}).json()
    assert (len(second["results"]), second["next"]) == (1, None)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"uuid__in": ["x"]}, "uuid__in"),
        ({"zaakgeometrie": {"within": {"type": "Point"}}}, "zaakgeometrie"),
        ({"zaakgeometrie": {"intersects": SQUARE}}, "zaakgeometrie"),
        ({"zaakgeometrie": "hier"}, "zaakgeometrie"),
        ({"kleur": "rood"}, "nonFieldErrors"),
        ({"startdatum": {"van": 1}}, "startdatum"),
    ],
)
def test_zoek_refuses_what_it_does_not_know(werk: Werk, body: Json, name: str) -> None:
    answer = werk.api.post(f"{ZAKEN}/zaken/_zoek", json=body)
    assert {fault for fault, _ in faults(answer)} == {name}


def test_only_zaken_and_zoek_ask_for_a_coordinate_system(werk: Werk) -> None:
    zaak = werk.zaak()
    assert werk.api.get(zaak["url"]).headers["Content-Crs"] == "EPSG:4326"
    calls: list[tuple[str, str, Json]] = [
        ("GET", zaak["url"], {}),
        ("POST", f"{ZAKEN}/zaken/_zoek", {"json": {}}),
    ]
    for method, url, options in calls:
        for crs, status in ((None, 412), ("EPSG:28992", 406), ("EPSG:4326", 200)):
            headers = {"Accept-Crs": crs}
            answer = werk.api.request(method, url, headers=headers, **options)
            assert answer.status_code == status, answer.text
    body = werk.body()
    answer = werk.api.post(f"{ZAKEN}/zaken", json=body, headers={"Content-Crs": None})
    assert answer.status_code == 412
    none = {"Accept-Crs": None, "Content-Crs": None}
    assert werk.api.get(f"{ZAKEN}/statussen", headers=none).status_code == 200
    assert werk.api.get(f"{zaak['url']}/audittrail", headers=none).status_code == 200
    assert werk.api.delete(zaak["url"], headers=none).status_code == 204
