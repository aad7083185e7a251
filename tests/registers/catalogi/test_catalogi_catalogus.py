"""Catalogi: one per domein and organisation, removed when empty, and closed to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import make_client
from tests.registers.catalogi.beheer import ROOT, Beheer, faults, urls

if TYPE_CHECKING:
    from collections.abc import Callable

STRANGER = {("nonFieldErrors", "relations-incorrect-catalogus")}


@pytest.mark.rule("ztc-oas")
def test_there_is_one_catalogus_of_a_domein_and_organisation(beheer: Beheer) -> None:
    body = {"domein": "TESTS", "rsin": "517439943", "contactpersoonBeheerNaam": "Beheer"}
    assert faults(beheer.post("catalogussen", **body)) == {("nonFieldErrors", "unique")}
    other = beheer.make("catalogussen", **{**body, "rsin": "000000000"})
    changed = beheer.api.put(other["url"], json={**body, "domein": "ANDER"})
    assert changed.json()["domein"] == "ANDER"
    taken = beheer.api.patch(other["url"], json={"domein": "TESTS"})
    assert faults(taken) == {("nonFieldErrors", "unique")}
    for query, found in (
        ({"domein": "TESTS"}, {beheer.catalogus}),
        ({"domein": "TESTS", "rsin": "517439943"}, {beheer.catalogus}),
        ({"domein__in": "TESTS,ANDER"}, {beheer.catalogus, other["url"]}),
        ({"rsin__in": "517439943,000000000", "domein": "ANDER"}, {other["url"]}),
        ({"rsin": "000000000"}, set()),
    ):
        assert urls(beheer.listed("catalogussen", **query)) == found, query


@pytest.mark.rule("ztc-017")
@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("zaaktypen", Beheer.zaaktype),
        ("besluittypen", Beheer.besluittype),
        ("informatieobjecttypen", Beheer.informatieobjecttype),
    ],
)
def test_ztc_017_a_catalogus_with_types_in_it_stays(
    beheer: Beheer, path: str, make: Callable[..., dict[str, Any]]
) -> None:
    made = make(beheer)
    answer = beheer.api.delete(beheer.catalogus)
    assert (answer.status_code, answer.json()["code"]) == (409, "CATALOG_NOT_EMPTY")
    assert beheer.read(made["url"])["catalogus"] == beheer.catalogus
    assert path in made["url"]
    assert beheer.api.delete(made["url"]).status_code == 204
    assert beheer.api.delete(beheer.catalogus).status_code == 204
    assert beheer.api.get(beheer.catalogus).status_code == 404


@pytest.mark.rule("ztc-013")
def test_ztc_013_an_address_names_a_type_of_its_own_catalogus(beheer: Beheer) -> None:
    other = beheer.other_catalogus()
    beheer.besluittype()
    beheer.informatieobjecttype()
    beheer.zaaktype("DEEL")
    namesake = beheer.besluittype(catalogus=other)["url"]
    document = beheer.informatieobjecttype(catalogus=other)["url"]
    deel = beheer.zaaktype("DEEL", catalogus=other)["url"]
    zaaktype = beheer.zaaktype()
    for given in ({"besluittypen": [namesake]}, {"deelzaaktypen": [deel]}):
        body = beheer.zaaktype_body("ZT2", **given)
        assert faults(beheer.post("zaaktypen", **body)) == STRANGER, given
        assert faults(beheer.api.patch(zaaktype["url"], json=given)) == STRANGER, given
    body = beheer.resultaattype_body(zaaktype, informatieobjecttypen=[document])
    assert faults(beheer.post("resultaattypen", **body)) == STRANGER
    body = beheer.resultaattype_body(zaaktype, besluittypen=["Vergunning", namesake])
    assert faults(beheer.post("resultaattypen", **body)) == STRANGER
    gebruik = {"zaaktype": zaaktype["url"], "volgnummer": 1, "richting": "intern"}
    answer = beheer.post("zaaktype-informatieobjecttypen", **gebruik, informatieobjecttype=document)
    assert faults(answer) == STRANGER
    besluit = {**beheer.besluittype("Ander"), "informatieobjecttypen": [document]}
    assert faults(beheer.api.put(besluit["url"], json=besluit)) == STRANGER


@pytest.mark.rule("ztc-011", "ztc-historiemodel")
def test_ztc_011_a_concept_may_rely_on_what_is_published(beheer: Beheer) -> None:
    document = beheer.published(beheer.informatieobjecttype())
    besluit = beheer.besluittype(informatieobjecttypen=[document["url"]])
    assert besluit["informatieobjecttypen"] == [document["url"]]
    besluit = beheer.published(besluit)
    deel = beheer.published(beheer.zaaktype("DEEL"))
    for nr, named in enumerate((besluit["url"], "Vergunning")):
        relations = {"besluittypen": [named], "deelzaaktypen": [deel["url"]]}
        zaaktype = beheer.zaaktype(f"ZT{nr}", **relations)
        assert zaaktype["besluittypen"] == [besluit["url"]]
        beheer.document(zaaktype, document["url"])
        beheer.resultaattype(zaaktype, besluittypen=[named])
        copied = beheer.zaaktype(f"COPY{nr}", besluittypen=zaaktype["besluittypen"])
        assert copied["besluittypen"] == [besluit["url"]]


@pytest.mark.rule("ztc-014")
@pytest.mark.parametrize(
    ("component", "scope"),
    [("ztc", "catalogi.lezen"), ("zrc", "zaken.lezen"), ("drc", "documenten.lezen")],
)
def test_ztc_014_who_reads_zaken_or_documenten_reads_their_types(
    beheer: Beheer, component: str, scope: str
) -> None:
    zaaktype = beheer.published(beheer.zaaktype())
    document = beheer.published(beheer.informatieobjecttype())
    typed = {
        "zrc": {"zaaktype": zaaktype["url"], "maxVertrouwelijkheidaanduiding": "openbaar"},
        "drc": {
            "informatieobjecttype": document["url"],
            "maxVertrouwelijkheidaanduiding": "openbaar",
        },
    }
    right = {"component": component, "scopes": [scope], **typed.get(component, {})}
    lezer = make_client("lezer", [right])
    assert lezer.get(zaaktype["url"]).status_code == 200
    assert lezer.get(f"{ROOT}/informatieobjecttypen").json()["count"] == 1
    assert lezer.post(f"{ROOT}/zaaktypen", json={}).status_code == 403
    vreemd = make_client("vreemd", [{"component": "nrc", "scopes": ["notificaties.publiceren"]}])
    assert vreemd.get(zaaktype["url"]).status_code == 403


@pytest.mark.rule("ztc-oas")
@pytest.mark.parametrize(
    "asked",
    [
        "catalogussen?domein=TESTS&rsin=517439943&page=1&pageSize=5",
        "zaaktypen?catalogus={catalogus}&identificatie=ZT1&datumGeldigheid=2025-01-01&status=alles",
        "zaaktypen?identificatie__icontains=t&omschrijving__icontains=z&trefwoorden=&pageSize=1",
        "informatieobjecttypen?catalogus={catalogus}&omschrijving=A&status=definitief",
        "informatieobjecttypen?omschrijving__icontains=a&zaaktype={zaaktype}",
        "informatieobjecttypen?datumGeldigheid=2025-01-01&page=1",
        "besluittypen?catalogus={catalogus}&omschrijving=V&zaaktypen={zaaktype}&status=alles",
        "besluittypen?informatieobjecttypen=Aanvraag&datumGeldigheid=2025-01-01&pageSize=2",
        "statustypen?zaaktype={zaaktype}&status=alles&page=1",
        "statustypen?zaaktypeIdentificatie=ZT1&datumGeldigheid=2025-01-01&pageSize=2",
        "resultaattypen?zaaktype={zaaktype}&status=concept&zaaktypeIdentificatie=ZT1&page=1",
        "resultaattypen?zaaktype_identificatie=ZT1&datum_geldigheid=2025-01-01",
        "resultaattypen?datumGeldigheid=2025-01-01&pageSize=2",
        "roltypen?zaaktype={zaaktype}&omschrijvingGeneriek=initiator&omschrijving=Aanvrager",
        "roltypen?zaaktypeIdentificatie=ZT1&datumGeldigheid=2025-01-01&status=alles&pageSize=2",
        "eigenschappen?zaaktype={zaaktype}&zaaktypeIdentificatie=ZT1&status=alles&page=1",
        "eigenschappen?datumGeldigheid=2025-01-01&pageSize=2",
        "zaakobjecttypen?catalogus={catalogus}&anderObjecttype=true&objecttype=https://x.nl/1",
        "zaakobjecttypen?datumBeginGeldigheid=2024-01-01&datumEindeGeldigheid=2025-01-01",
        "zaakobjecttypen?relatieOmschrijving=a&status=alles&zaaktypeIdentificatie=ZT1&pageSize=2",
        "zaaktype-informatieobjecttypen?zaaktype={zaaktype}&richting=inkomend&status=alles",
        "zaaktype-informatieobjecttypen?informatieobjecttype=Aanvraag&page=1&pageSize=2",
    ],
)
def test_what_clients_ask_is_known(beheer: Beheer, asked: str) -> None:
    zaaktype = beheer.zaaktype()["url"]
    answer = beheer.api.get(f"{ROOT}/{asked.format(catalogus=beheer.catalogus, zaaktype=zaaktype)}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["API-version"] == "1.3.3"  # Open Forms chooses by it
    assert set(answer.json()) == {"count", "next", "previous", "results"}
