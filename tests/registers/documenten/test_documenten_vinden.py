"""Documents are found by what they are, by their keys, and with what they refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.registers.documenten.documentwerk import EIO, RSIN, faults, relation

if TYPE_CHECKING:
    from tests.registers.documenten.documentwerk import Documentwerk

NFE = "nonFieldErrors"


@pytest.mark.rule("drc-oas")
def test_documents_are_found_by_what_they_are(werk: Documentwerk) -> None:
    one_ = werk.document(titel="Een Bouwtekening", auteur="Jan", trefwoorden=["bouw", "huis"])
    werk.document(titel="Nota", auteur="Piet", trefwoorden=["bouw"], beschrijving="100% zeker")
    address = "https://verzoeken.elders.nl/verzoeken/1"
    relation(werk, one_, address, "verzoek")
    for asked, count in (
        ({"titel": "bouwtek"}, 1),
        ({"auteur": "PIET"}, 1),
        ({"beschrijving": "100%"}, 1),
        ({"beschrijving": "1_0"}, 0),
        ({"trefwoorden": "bouw"}, 2),
        ({"trefwoorden": "bouw,huis"}, 1),
        ({"trefwoorden__overlap": "huis,tuin"}, 1),
        ({"locked": "false"}, 2),
        ({"locked": "true"}, 0),
        ({"objectinformatieobjecten_object": address}, 1),
        ({"objectinformatieobjecten__object": address}, 1),
        ({"objectinformatieobjecten_objectType": "verzoek"}, 1),
        ({"objectinformatieobjecten__objectType": "zaak"}, 0),
        ({"creatiedatum__gte": "2026-01-05", "creatiedatum__lte": "2026-01-05"}, 2),
        ({"informatieobjecttype": werk.informatieobjecttype, "pageSize": "1"}, 2),
        ({"bronorganisatie": RSIN, "identificatie": one_["identificatie"]}, 1),
        ({"vertrouwelijkheidaanduiding": "zaakvertrouwelijk"}, 2),
    ):
        assert werk.read(EIO, **asked)["count"] == count, asked
    titles = [each["titel"] for each in werk.read(EIO, ordering="-titel")["results"]]
    assert titles == ["Nota", "Een Bouwtekening"]


@pytest.mark.rule("drc-oas")
def test_documents_are_found_by_a_list_of_keys(werk: Documentwerk) -> None:
    made = [werk.document() for _ in range(3)]
    zoek = f"{EIO}/_zoek"
    keys = [each["uuid"] for each in made[:2]]
    body = {"uuid__in": keys, "expand": "informatieobjecttype"}
    found = werk.api.post(zoek, json=body, params={"pageSize": 1})
    assert found.status_code == 200, found.text
    assert found.json()["count"] == 2
    assert found.json()["next"].endswith("pageSize=1&page=2")
    [shown] = found.json()["results"]
    assert shown["_expand"]["informatieobjecttype"]["omschrijving"] == "Brief"
    assert faults(werk.api.post(zoek, json={"uuid__in": ["x"]})) == {("uuid__in", "invalid")}
    assert faults(werk.api.post(zoek, json={})) == {(NFE, "empty_search_body")}
    assert faults(werk.api.post(zoek, json={"x": 1})) == {(NFE, "unknown-parameters")}


@pytest.mark.rule("drc-011")
@pytest.mark.rule("drc-012")
def test_expand_goes_as_deep_as_is_asked(werk: Documentwerk) -> None:
    made = werk.document()
    deep = "informatieobjecttype.catalogus.informatieobjecttypen"
    shown = werk.read(made["url"], expand=deep)
    inner = shown["_expand"]["informatieobjecttype"]["_expand"]["catalogus"]["_expand"]
    assert inner["informatieobjecttypen"][0]["url"] == werk.informatieobjecttype


@pytest.mark.rule("drc-013")
@pytest.mark.rule("drc-014")
def test_an_expand_that_is_none_is_not_found(werk: Documentwerk) -> None:
    made = werk.document()
    for path in ("onbekend", "informatieobjecttype.onbekend"):
        assert werk.api.get(made["url"], params={"expand": path}).status_code == 404
        assert werk.api.get(EIO, params={"expand": path}).status_code == 404
