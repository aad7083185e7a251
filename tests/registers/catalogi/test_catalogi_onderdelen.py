"""The parts of a zaaktype: their own rules, and how they are found and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.registers.catalogi.beheer import PARTS, ROOT, Beheer, faults, urls

if TYPE_CHECKING:
    from tests.conftest import Api


@pytest.mark.rule("ztc-oas")
def test_the_eindstatus_is_the_one_with_the_highest_volgnummer(beheer: Beheer) -> None:
    zaaktype = beheer.zaaktype()
    first = beheer.statustype(zaaktype, 1)
    assert first["isEindstatus"] is True
    second = beheer.statustype(zaaktype, 2)
    assert beheer.read(first["url"])["isEindstatus"] is False
    assert second["isEindstatus"] is True


@pytest.mark.parametrize("path", [path for path in PARTS if path != "zaakobjecttypen"])
def test_a_part_is_there_once(beheer: Beheer, path: str) -> None:
    beheer.informatieobjecttype()
    body = {"zaaktype": beheer.zaaktype()["url"], **PARTS[path]}
    beheer.make(path, **body)
    assert faults(beheer.post(path, **body)) == {("nonFieldErrors", "unique")}
    beheer.make(path, **{**body, "zaaktype": beheer.zaaktype("ZT2")["url"]})


@pytest.mark.rule("ztc-004", "ztc-005", "ztc-006", "ztc-007", "ztc-008")
@pytest.mark.parametrize(
    ("brondatum", "wrong"),
    [
        ({"afleidingswijze": "eigenschap"}, {"datumkenmerk": "required"}),
        ({"afleidingswijze": "hoofdzaak", "datumkenmerk": "x"}, {"datumkenmerk": "must-be-empty"}),
        (
            {"afleidingswijze": "zaakobject", "datumkenmerk": "x"},
            {"objecttype": "required"},
        ),
        (
            {"afleidingswijze": "eigenschap", "datumkenmerk": "x", "objecttype": "pand"},
            {"objecttype": "must-be-empty"},
        ),
        (
            {"afleidingswijze": "ander_datumkenmerk"},
            {"datumkenmerk": "required", "objecttype": "required", "registratie": "required"},
        ),
        ({"afleidingswijze": "hoofdzaak", "registratie": "x"}, {"registratie": "must-be-empty"}),
        ({"afleidingswijze": "termijn"}, {"procestermijn": "required"}),
        (
            {"afleidingswijze": "hoofdzaak", "procestermijn": "P1Y"},
            {"procestermijn": "must-be-empty"},
        ),
        (
            {"afleidingswijze": "afgehandeld", "einddatumBekend": True},
            {"einddatumBekend": "must-be-empty"},
        ),
        (
            {"afleidingswijze": "termijn", "procestermijn": "P1Y", "einddatumBekend": True},
            {"einddatumBekend": "must-be-empty"},
        ),
    ],
    ids=str,
)
def test_ztc_004_to_008_the_brondatum_is_complete(
    beheer: Beheer, brondatum: dict[str, Any], wrong: dict[str, str]
) -> None:
    body = beheer.resultaattype_body(beheer.zaaktype(), brondatumArchiefprocedure=brondatum)
    expected = {(f"brondatumArchiefprocedure.{name}", code) for name, code in wrong.items()}
    assert faults(beheer.post("resultaattypen", **body)) == expected


@pytest.mark.rule("ztc-004", "ztc-005", "ztc-006", "ztc-007", "ztc-008")
@pytest.mark.parametrize(
    "brondatum",
    [
        None,
        {"afleidingswijze": "afgehandeld"},
        {"afleidingswijze": "eigenschap", "datumkenmerk": "Vervaldag", "einddatumBekend": True},
        {"afleidingswijze": "termijn", "procestermijn": "P5Y"},
        {
            "afleidingswijze": "ander_datumkenmerk",
            "datumkenmerk": "overlijden",
            "objecttype": "natuurlijk_persoon",
            "registratie": "BRP",
        },
    ],
    ids=str,
)
def test_ztc_004_to_008_take_what_is_complete(beheer: Beheer, brondatum: Any) -> None:
    made = beheer.resultaattype(beheer.zaaktype(), brondatumArchiefprocedure=brondatum)
    blank = {
        "datumkenmerk": "",
        "einddatumBekend": False,
        "objecttype": "",
        "registratie": "",
        "procestermijn": None,
    }
    assert made["brondatumArchiefprocedure"] == (brondatum and {**blank, **brondatum})


@pytest.mark.rule("ztc-015")
@pytest.mark.parametrize(
    ("formaat", "lengte", "right"),
    [
        ("datum", "8", True),
        ("datum", "10", False),
        ("datum_tijd", "14", True),
        ("datum_tijd", "8", False),
        ("tekst", "10", True),
    ],
)
def test_ztc_015_a_date_has_the_length_of_a_date(
    beheer: Beheer, formaat: str, lengte: str, *, right: bool
) -> None:
    body = {**PARTS["eigenschappen"], "zaaktype": beheer.zaaktype()["url"]}
    body["specificatie"] = {"formaat": formaat, "lengte": lengte, "kardinaliteit": "1"}
    answer = beheer.post("eigenschappen", **body)
    if right:
        assert answer.status_code == 201
    else:
        assert faults(answer) == {("specificatie.lengte", "invalid-length")}


@pytest.mark.rule("ztc-oas")
@pytest.mark.parametrize(
    ("possible", "term", "right"),
    [(True, "P14D", True), (False, None, True), (True, None, False), (False, "P14D", False)],
)
def test_a_verlengingstermijn_belongs_to_verlenging(
    beheer: Beheer, term: str | None, *, possible: bool, right: bool
) -> None:
    body = beheer.zaaktype_body(verlengingMogelijk=possible, verlengingstermijn=term)
    answer = beheer.post("zaaktypen", **body)
    if right:
        assert answer.status_code == 201
    else:
        assert faults(answer) == {("nonFieldErrors", "verlenging-mismatch")}


@pytest.mark.rule("ztc-oas")
@pytest.mark.parametrize(
    "path", ["eigenschappen", "zaakobjecttypen", "zaaktype-informatieobjecttypen"]
)
def test_a_statustype_is_of_the_same_zaaktype(beheer: Beheer, path: str) -> None:
    beheer.informatieobjecttype()
    zaaktype = beheer.zaaktype()
    stranger = beheer.statustype(beheer.zaaktype("ZT2"))
    body = {**PARTS[path], "zaaktype": zaaktype["url"], "statustype": stranger["url"]}
    assert faults(beheer.post(path, **body)) == {("nonFieldErrors", "zaaktype-mismatch")}
    own = beheer.statustype(zaaktype)
    made = beheer.make(path, **{**body, "statustype": own["url"]})
    assert made["statustype"] == own["url"]


def test_a_statustype_goes_and_what_waited_for_it_stays(beheer: Beheer) -> None:
    zaaktype = beheer.zaaktype()
    statustype = beheer.statustype(zaaktype)
    body = {"zaaktype": zaaktype["url"], "statustype": statustype["url"]}
    eigenschap = beheer.make("eigenschappen", **PARTS["eigenschappen"], **body)
    pand = beheer.make("zaakobjecttypen", **PARTS["zaakobjecttypen"], **body)
    shown = beheer.read(statustype["url"])
    assert (shown["eigenschappen"], shown["zaakobjecttypen"]) == (
        [eigenschap["url"]],
        [pand["url"]],
    )
    assert beheer.read(pand["url"])["statustypen"] == [statustype["url"]]
    assert beheer.api.delete(statustype["url"]).status_code == 204
    assert beheer.read(eigenschap["url"])["statustype"] is None


@pytest.mark.rule("ztc-concept")
def test_a_concept_goes_with_its_parts(beheer: Beheer, schrijver: Api) -> None:
    beheer.informatieobjecttype()
    zaaktype = beheer.zaaktype()
    made = [beheer.make(path, zaaktype=zaaktype["url"], **body) for path, body in PARTS.items()]
    shown = beheer.read(zaaktype["url"])
    for part in made[:5]:
        path = part["url"].split("/")[-2]
        assert shown[path] == [part["url"]]
    assert schrijver.delete(zaaktype["url"]).status_code == 204
    for part in made:
        assert beheer.api.get(part["url"]).status_code == 404


@pytest.mark.parametrize("path", PARTS)
def test_parts_are_found_by_their_zaaktype(beheer: Beheer, path: str) -> None:
    beheer.published(beheer.informatieobjecttype())
    zaaktypen = [beheer.zaaktype(), beheer.zaaktype("ZT2", beginGeldigheid="2025-01-01")]
    parts = [beheer.make(path, zaaktype=each["url"], **PARTS[path]) for each in zaaktypen]
    for zaaktype in zaaktypen:
        beheer.published(zaaktype)
    first = {parts[0]["url"]}
    queries = [{"zaaktype": zaaktypen[0]["url"]}]
    if path != "zaaktype-informatieobjecttypen":
        queries += [{"zaaktypeIdentificatie": "ZT1"}, {"datumGeldigheid": "2024-06-01"}]
    if path == "resultaattypen":
        queries += [{"zaaktype_identificatie": "ZT1"}, {"datum_geldigheid": "2024-06-01"}]
    if path == "zaakobjecttypen":
        queries += [{"datumBeginGeldigheid": "2024-01-01"}]
    for query in queries:
        assert urls(beheer.listed(path, **query)) == first, query
    assert urls(beheer.listed(path)) == urls(parts)


def test_zaakobjecttypen_are_found_by_what_they_are(beheer: Beheer) -> None:
    zaaktype = beheer.zaaktype(eindeGeldigheid="2030-12-31")
    pand = beheer.make("zaakobjecttypen", zaaktype=zaaktype["url"], **PARTS["zaakobjecttypen"])
    beheer.published(zaaktype)
    other = beheer.other_catalogus()
    for query, found in (
        ({"catalogus": beheer.catalogus}, {pand["url"]}),
        ({"catalogus": other}, set()),
        ({"objecttype": "https://voorbeeld.nl/pand"}, {pand["url"]}),
        ({"anderObjecttype": "true"}, set()),
        ({"relatieOmschrijving": "Het pand"}, {pand["url"]}),
        ({"datumEindeGeldigheid": "2030-12-31"}, {pand["url"]}),
        ({"datumEindeGeldigheid": "2030-12-30"}, set()),
    ):
        assert urls(beheer.listed("zaakobjecttypen", **query)) == found, query


@pytest.mark.rule("ztc-oas")
def test_roltypen_are_found_by_their_generic_name(beheer: Beheer) -> None:
    zaaktype = beheer.zaaktype()
    rol = beheer.make("roltypen", zaaktype=zaaktype["url"], **PARTS["roltypen"])
    beheer.published(zaaktype)
    assert urls(beheer.listed("roltypen", omschrijvingGeneriek="initiator")) == {rol["url"]}
    assert beheer.listed("roltypen", omschrijvingGeneriek="adviseur") == []
    wrong = beheer.api.get(f"{ROOT}/roltypen?omschrijvingGeneriek=iemand")
    assert faults(wrong) == {("omschrijvingGeneriek", "invalid_choice")}


def test_what_zaken_use_cannot_be_removed(beheer: Beheer, sterk: Api) -> None:
    zaaktype = beheer.zaaktype()
    beheer.statustype(zaaktype)
    beheer.published(zaaktype)
    zaak = beheer.api.post(
        "/zaken/api/v1/zaken",
        json={
            "bronorganisatie": "517439943",
            "verantwoordelijkeOrganisatie": "517439943",
            "zaaktype": zaaktype["url"],
            "startdatum": "2025-01-01",
        },
    )
    assert zaak.status_code == 201, zaak.text
    assert sterk.delete(zaaktype["url"]).status_code == 409
    assert beheer.api.get(zaaktype["url"]).status_code == 200
