"""The history model: types name each other, and a reader gets the versions of the day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registers.catalogi.beheer import ROOT, Beheer, faults, urls

UNKNOWN = {("nonFieldErrors", "relations-incorrect-catalogus")}


@pytest.mark.rule("ztc-historiemodel")
def test_types_are_named_by_name_or_address(beheer: Beheer) -> None:
    document, besluit = beheer.informatieobjecttype(), beheer.besluittype("Weigering")
    beheer.besluittype()
    beheer.zaaktype("DEEL")
    zaaktype = beheer.zaaktype(besluittypen=["Vergunning", besluit["url"]], deelzaaktypen=["DEEL"])
    assert zaaktype["besluittypeOmschrijving"] == ["Vergunning", "Weigering"]
    assert zaaktype["deelzaaktypeIdentificaties"] == ["DEEL"]
    resultaat = beheer.resultaattype(
        zaaktype, besluittypen=[besluit["url"]], informatieobjecttypen=[document["url"]]
    )
    assert resultaat["besluittypeOmschrijving"] == ["Weigering"]
    assert resultaat["informatieobjecttypeOmschrijving"] == ["Aanvraag"]
    assert beheer.document(zaaktype, document["url"])["informatieobjecttype"] == "Aanvraag"


@pytest.mark.rule("ztc-013")
@pytest.mark.parametrize(
    "given", [{"besluittypen": ["Niets"]}, {"deelzaaktypen": ["Niets"]}], ids=str
)
def test_a_name_belongs_to_a_type_in_the_catalogus(beheer: Beheer, given: dict[str, Any]) -> None:
    assert faults(beheer.post("zaaktypen", **beheer.zaaktype_body(**given))) == UNKNOWN


@pytest.mark.rule("ztc-013")
def test_a_type_of_another_catalogus_is_none_of_ours(beheer: Beheer) -> None:
    elsewhere = beheer.besluittype("Elders", catalogus=beheer.other_catalogus())
    body = beheer.zaaktype_body(besluittypen=[elsewhere["url"]])
    assert faults(beheer.post("zaaktypen", **body)) == UNKNOWN
    document = {"volgnummer": 1, "richting": "intern", "informatieobjecttype": "Niets"}
    zaaktype = beheer.zaaktype()["url"]
    answer = beheer.post("zaaktype-informatieobjecttypen", zaaktype=zaaktype, **document)
    assert faults(answer) == UNKNOWN
    absent = f"{beheer.api_root}/besluittypen/00000000-0000-4000-8000-000000000000"
    answer = beheer.post("zaaktypen", **beheer.zaaktype_body("B", besluittypen=[absent]))
    assert faults(answer) == {("besluittypen.0", "bad-url")}


@pytest.mark.rule("ztc-historiemodel")
def test_a_reader_gets_the_published_versions_of_today(beheer: Beheer) -> None:
    old = beheer.published(beheer.besluittype())
    zaaktype = beheer.published(beheer.zaaktype(besluittypen=["Vergunning"]))
    assert zaaktype["besluittypen"] == [old["url"]]
    new = beheer.besluittype(beginGeldigheid="2025-01-01")
    assert beheer.read(zaaktype["url"])["besluittypen"] == [old["url"]]
    beheer.published(new)
    assert beheer.read(zaaktype["url"])["besluittypen"] == [new["url"]]
    on_day = beheer.read(zaaktype["url"], datumGeldigheid="2024-12-31")
    assert on_day["besluittypen"] == [old["url"]]
    [listed] = beheer.listed("zaaktypen", datumGeldigheid="2024-12-31")
    assert listed["besluittypen"] == [old["url"]]
    expanded = beheer.read(zaaktype["url"], expand="besluittypen", datumGeldigheid="2024-12-31")
    assert urls(expanded["_expand"]["besluittypen"]) == {old["url"]}
    ended = beheer.api.patch(new["url"], json={"eindeGeldigheid": "2025-12-31"})
    assert ended.status_code == 200
    shown = beheer.read(zaaktype["url"])
    assert (shown["besluittypen"], shown["besluittypeOmschrijving"]) == ([], ["Vergunning"])


@pytest.mark.rule("ztc-historiemodel")
def test_types_know_who_names_them(beheer: Beheer) -> None:
    document = beheer.published(beheer.informatieobjecttype())
    besluit = beheer.published(beheer.besluittype(informatieobjecttypen=["Aanvraag"]))
    zaaktype = beheer.zaaktype(besluittypen=["Vergunning"])
    beheer.document(zaaktype, "Aanvraag")
    resultaat = beheer.resultaattype(zaaktype, besluittypen=["Vergunning"])
    assert beheer.read(document["url"])["zaaktypen"] == []  # a concept counts for nothing
    assert beheer.read(besluit["url"])["resultaattypenOmschrijving"] == []
    zaaktype = beheer.published(zaaktype)
    assert zaaktype["informatieobjecttypen"] == [document["url"]]
    assert zaaktype["informatieobjecttypeOmschrijving"] == ["Aanvraag"]
    shown = beheer.read(document["url"])
    assert (shown["zaaktypen"], shown["zaaktypeIdentificaties"]) == ([zaaktype["url"]], ["ZT1"])
    assert shown["besluittypen"] == [besluit["url"]]
    assert shown["besluittypeOmschrijving"] == ["Vergunning"]
    shown = beheer.read(besluit["url"])
    assert (shown["zaaktypen"], shown["zaaktypeIdentificaties"]) == ([zaaktype["url"]], ["ZT1"])
    assert shown["informatieobjecttypen"] == [document["url"]]
    assert shown["informatieobjecttypeOmschrijvingen"] == shown["vastgelegdIn"] == ["Aanvraag"]
    assert shown["resultaattypen"] == [resultaat["url"]]
    assert shown["resultaattypenOmschrijving"] == ["Verleend"]
    catalogus = beheer.read(beheer.catalogus)
    assert catalogus["besluittypen"] == [besluit["url"]]
    assert catalogus["besluittypeOmschrijving"] == ["Vergunning"]
    assert catalogus["informatieobjecttypeOmschrijving"] == ["Aanvraag"]


@pytest.mark.rule("ztc-historiemodel")
def test_the_document_of_a_zaaktype_expands_to_its_version(beheer: Beheer) -> None:
    document = beheer.published(beheer.informatieobjecttype())
    gebruik = beheer.document(beheer.zaaktype(), "Aanvraag")
    expanded = beheer.read(gebruik["url"], expand="informatieobjecttype,catalogus")["_expand"]
    assert expanded["informatieobjecttype"]["url"] == document["url"]
    assert expanded["catalogus"]["domein"] == "TESTS"
    path = "zaaktype-informatieobjecttypen"
    for value in ("Aanvraag", document["url"]):
        found = beheer.listed(path, informatieobjecttype=value, status="alles")
        assert urls(found) == {gebruik["url"]}
    assert beheer.listed(path, informatieobjecttype="Anders", status="alles") == []


@pytest.mark.rule("ztc-historiemodel")
def test_related_zaaktypen_are_named_and_found_again(beheer: Beheer) -> None:
    other = beheer.zaaktype("ANDER")
    outside = "https://elders.nl/catalogi/api/v1/zaaktypen/1"

    def relatie(zaaktype: str, **more: str) -> dict[str, str]:
        return {"zaaktype": zaaktype, "aardRelatie": "vervolg", "toelichting": "", **more}

    given = [relatie(outside), relatie(other["url"]), relatie("NIETS")]
    made = beheer.zaaktype(gerelateerdeZaaktypen=given)
    external = relatie(outside, zaaktypeIdentificatie="")
    assert made["gerelateerdeZaaktypen"] == [external]  # the other is a concept
    beheer.published(other)
    shown = beheer.read(made["url"], expand="gerelateerdeZaaktypen")
    internal = relatie(other["url"], zaaktypeIdentificatie="ANDER")
    assert shown["gerelateerdeZaaktypen"] == [external, internal]
    assert urls(shown["_expand"]["gerelateerdeZaaktypen"]) == {other["url"]}
    again = beheer.api.patch(
        made["url"], json={"gerelateerdeZaaktypen": shown["gerelateerdeZaaktypen"]}
    )
    assert again.json()["gerelateerdeZaaktypen"] == [external, internal]


@pytest.mark.rule("ztc-historiemodel")
def test_a_related_zaaktype_may_be_of_another_catalogus(beheer: Beheer) -> None:
    namesake = beheer.published(beheer.zaaktype("ANDER"))
    there = beheer.published(beheer.zaaktype("ANDER", catalogus=beheer.other_catalogus()))
    given = [{"zaaktype": each["url"], "aardRelatie": "vervolg"} for each in (there, namesake)]
    made = beheer.zaaktype(gerelateerdeZaaktypen=given)
    shown = beheer.read(made["url"], expand="gerelateerdeZaaktypen")
    related = [each["zaaktype"] for each in shown["gerelateerdeZaaktypen"]]
    assert related == [there["url"], namesake["url"]]
    assert urls(shown["_expand"]["gerelateerdeZaaktypen"]) == {there["url"], namesake["url"]}


def test_a_related_zaaktype_of_this_house_exists(beheer: Beheer) -> None:
    absent = f"{beheer.api_root}/zaaktypen/00000000-0000-4000-8000-000000000000"
    body = beheer.zaaktype_body(
        gerelateerdeZaaktypen=[{"zaaktype": absent, "aardRelatie": "vervolg"}]
    )
    expected = {("gerelateerdeZaaktypen.0.zaaktype", "bad-url")}
    assert faults(beheer.post("zaaktypen", **body)) == expected
    body["gerelateerdeZaaktypen"] = [{"zaaktype": "ZT2"}, "ZT3"]
    assert faults(beheer.post("zaaktypen", **body)) == {
        ("gerelateerdeZaaktypen.0.aardRelatie", "required"),
        ("gerelateerdeZaaktypen.1", "invalid"),
    }


@pytest.mark.rule("ztc-oas")
def test_lists_find_types_by_what_they_name(beheer: Beheer) -> None:
    document = beheer.published(beheer.informatieobjecttype())
    besluit = beheer.published(beheer.besluittype(informatieobjecttypen=["Aanvraag"]))
    beheer.published(beheer.besluittype("Ander"))
    zaaktype = beheer.zaaktype(besluittypen=["Vergunning"], trefwoorden=["bouw", "kap"])
    beheer.document(zaaktype, "Aanvraag")
    beheer.published(zaaktype)
    for query in (
        {"zaaktypen": zaaktype["url"]},
        {"zaaktypen": "ZT1"},
        {"informatieobjecttypen": document["url"]},
        {"informatieobjecttypen": "Aanvraag"},
        {"omschrijving": "Vergunning"},
    ):
        assert urls(beheer.listed("besluittypen", **query)) == {besluit["url"]}, query
    assert beheer.listed("besluittypen", zaaktypen="https://elders.nl/1") == []
    found = beheer.listed("informatieobjecttypen", zaaktype=zaaktype["url"])
    assert urls(found) == {document["url"]}
    assert urls(beheer.listed("zaaktypen", trefwoorden="kap,bouw")) == {zaaktype["url"]}
    assert beheer.listed("zaaktypen", trefwoorden="kap,sloop") == []
    assert beheer.api.get(f"{ROOT}/zaaktypen?onbekend=1").status_code == 400
