"""Corrections: what is published may be widened, by who may expressly force it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.registers.catalogi.beheer import PARTS, ROOT, Beheer, faults

if TYPE_CHECKING:
    from tests.conftest import Api

REFUSED = {("nonFieldErrors", "non-concept-object")}
PART_REFUSED = {("nonFieldErrors", "non-concept-zaaktype")}
parts = pytest.mark.parametrize(("path", "body"), PARTS.items(), ids=PARTS)


@pytest.mark.rule("ztc-correctie")
@pytest.mark.parametrize(
    ("given", "right"),
    [
        ({"trefwoorden": ["bouw", "kap"]}, True),
        ({"trefwoorden": ["kap"]}, False),
        ({"trefwoorden": []}, False),
        ({"toelichting": "Wat leeg was"}, True),
        ({"doel": "Anders"}, False),
        ({"omschrijving": ""}, False),
        ({"besluittypen": ["Vergunning", "Weigering"]}, True),
        ({"besluittypen": ["Weigering"]}, False),
        ({"servicenorm": "P7D"}, True),
        ({"doorlooptijd": "P7D"}, False),
        ({"referentieproces": {"naam": "Vergunnen", "link": "https://voorbeeld.nl/1"}}, True),
        ({"referentieproces": {"naam": "Anders"}}, False),
        ({"beginGeldigheid": "2023-01-01"}, False),
        ({"trefwoorden": ["bouw", "kap"], "eindeGeldigheid": "2030-12-31"}, True),
    ],
    ids=str,
)
def test_a_published_type_may_be_widened_by_force(
    beheer: Beheer, sterk: Api, schrijver: Api, given: dict[str, Any], *, right: bool
) -> None:
    beheer.published(beheer.besluittype())
    beheer.published(beheer.besluittype("Weigering"))
    zaaktype = beheer.zaaktype(besluittypen=["Vergunning"], trefwoorden=["bouw"])
    beheer.published(zaaktype)
    answer = sterk.patch(zaaktype["url"], json=given)
    if right:
        assert answer.status_code == 200, answer.text
    else:
        assert faults(answer) >= REFUSED or faults(answer) == {("omschrijving", "blank")}
    fresh = beheer.published(beheer.zaaktype("ZT2", besluittypen=["Vergunning"]))
    assert schrijver.patch(fresh["url"], json=given).status_code == 400


@pytest.mark.rule("ztc-correctie", "ztc-009")
def test_all_rights_are_no_force(beheer: Beheer, sterk: Api) -> None:
    document = beheer.published(beheer.informatieobjecttype(trefwoord=["brief"]))
    more = {"trefwoord": ["brief", "post"]}
    assert faults(beheer.api.patch(document["url"], json=more)) == REFUSED
    assert faults(beheer.api.delete(document["url"])) == REFUSED
    assert sterk.patch(document["url"], json=more).json()["trefwoord"] == ["brief", "post"]
    same = {**beheer.read(document["url"]), "trefwoord": ["post", "brief"]}
    assert sterk.put(document["url"], json=same).status_code == 200
    assert sterk.delete(document["url"]).status_code == 204


@pytest.mark.rule("ztc-correctie")
@parts
def test_a_part_may_come_along_by_force(
    beheer: Beheer, sterk: Api, schrijver: Api, path: str, body: dict[str, Any]
) -> None:
    beheer.published(beheer.informatieobjecttype())
    zaaktype = beheer.published(beheer.zaaktype())
    body = {"zaaktype": zaaktype["url"], **body}
    for weak in (beheer.api, schrijver):
        assert weak.post(f"{ROOT}/{path}", json=body).status_code == 400
    made = sterk.post(f"{ROOT}/{path}", json=body)
    assert made.status_code == 201, made.text
    for weak in (beheer.api, schrijver):
        assert weak.delete(made.json()["url"]).status_code == 400
    assert sterk.delete(made.json()["url"]).status_code == 204


@pytest.mark.rule("ztc-correctie")
def test_a_correction_leaves_running_zaken_as_they_are(beheer: Beheer, sterk: Api) -> None:
    zaaktype = beheer.zaaktype()
    begin, end = beheer.statustype(zaaktype, 1), beheer.statustype(zaaktype, 5)
    eigenschap = beheer.make("eigenschappen", zaaktype=zaaktype["url"], **PARTS["eigenschappen"])
    beheer.published(zaaktype)
    status = {"zaaktype": zaaktype["url"], "omschrijving": "Tussen", "volgnummer": 3}
    assert faults(sterk.post(f"{ROOT}/statustypen", json=status)) == PART_REFUSED
    after = sterk.post(f"{ROOT}/statustypen", json={**status, "volgnummer": 6})
    assert after.status_code == 201
    asked = {"zaaktype": zaaktype["url"], **PARTS["eigenschappen"], "naam": "Nieuw"}
    needed = sterk.post(f"{ROOT}/eigenschappen", json={**asked, "statustype": end["url"]})
    assert faults(needed) == PART_REFUSED
    later = sterk.patch(eigenschap["url"], json={"statustype": begin["url"]})
    assert faults(later) == PART_REFUSED
    assert faults(sterk.patch(begin["url"], json={"omschrijving": "Anders"})) == PART_REFUSED
    assert sterk.patch(begin["url"], json={"statustekst": "Nu wel"}).status_code == 200


@pytest.mark.rule("ztc-010")
def test_a_document_of_which_no_version_is_published_may_come_and_go(
    beheer: Beheer, schrijver: Api
) -> None:
    document = beheer.informatieobjecttype()
    zaaktype = beheer.published(beheer.zaaktype())
    path = "zaaktype-informatieobjecttypen"
    body = {"zaaktype": zaaktype["url"], **PARTS[path]}
    made = schrijver.post(f"{ROOT}/{path}", json=body)
    assert made.status_code == 201, made.text
    assert schrijver.delete(made.json()["url"]).status_code == 204
    made = schrijver.post(f"{ROOT}/{path}", json=body)
    beheer.published(document)
    refused = {("nonFieldErrors", "non-concept-relation")}
    assert faults(schrijver.delete(made.json()["url"])) == refused
    assert faults(schrijver.patch(made.json()["url"], json={"volgnummer": 8})) == refused


@pytest.mark.rule("ztc-geldigheid")
@pytest.mark.parametrize("path", [path for path in PARTS if "informatie" not in path])
def test_the_begin_of_a_part_is_that_of_its_zaaktype(beheer: Beheer, path: str) -> None:
    body = {"zaaktype": beheer.zaaktype()["url"], **PARTS[path]}
    wrong = {("beginGeldigheid", "date-mismatch")}
    answer = beheer.post(path, **body, beginGeldigheid="2024-01-02")
    assert faults(answer) == wrong
    answer = beheer.post(path, **body, beginGeldigheid="gisteren")
    assert faults(answer) == {("beginGeldigheid", "invalid")}
    made = beheer.make(path, **body, beginGeldigheid="2024-01-01", eindeGeldigheid=None)
    assert made["beginGeldigheid"] == "2024-01-01"
    assert faults(beheer.api.patch(made["url"], json={"beginGeldigheid": "2023-01-01"})) == wrong
    assert beheer.api.put(made["url"], json=made).status_code == 200
