"""Documents in which besluiten are laid down, and their mirror at the document."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from loket.kernel.clock import now
from loket.registers.besluiten.besluitinformatieobject import BesluitInformatieObject
from tests.registers.besluiten.besluitwerk import BESLUITEN, Besluitwerk, Json
from tests.registers.zaken.zaakwerk import faults

PATH = f"{BESLUITEN}/besluitinformatieobjecten"


@pytest.fixture
def brief(werk: Besluitwerk) -> Json:
    """A document in which a besluit may be laid down."""
    return werk.document(werk.informatieobjecttype())


def _made(werk: Besluitwerk, besluit: Json, document: Json) -> Json:
    answer = werk.leg_vast(besluit, document)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


@pytest.mark.rule("brc-003")
def test_brc_003_the_document_exists(werk: Besluitwerk, brief: Json) -> None:
    besluit = werk.besluit()
    for nothing in (f"{brief['url'][:-36]}{uuid4()}", "https://elders.nl/documenten/1", "brief"):
        answer = werk.leg_vast(besluit, {"url": nothing})
        assert faults(answer) == {("informatieobject", "bad-url")}
    answer = werk.leg_vast({"url": f"{besluit['url'][:-36]}{uuid4()}"}, brief)
    assert faults(answer) == {("besluit", "bad-url")}


@pytest.mark.rule("brc-004")
def test_brc_004_the_house_says_what_the_relation_is(werk: Besluitwerk, brief: Json) -> None:
    made = _made(werk, werk.besluit(), brief)
    assert set(made) == {"url", "besluit", "informatieobject"}
    kept = BesluitInformatieObject.objects.get(pk=made["url"][-36:])
    assert kept.aard_relatie == "legt_vast"
    assert now() - kept.registratiedatum < timedelta(minutes=5)


@pytest.mark.rule("brc-004")
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_brc_004_the_relation_stays(werk: Besluitwerk, brief: Json, method: str) -> None:
    besluit = werk.besluit()
    made = _made(werk, besluit, brief)
    body = {"besluit": werk.besluit()["url"], "informatieobject": brief["url"]}
    assert werk.api.request(method, made["url"], json=body).status_code == 405
    assert werk.read(made["url"]) == made


@pytest.mark.rule("brc-005")
def test_brc_005_the_document_knows_its_besluiten(werk: Besluitwerk, brief: Json) -> None:
    first, second = werk.besluit(), werk.besluit()
    made = _made(werk, first, brief)
    _made(werk, second, brief)
    both = [(first["url"], "besluit"), (second["url"], "besluit")]
    assert sorted(werk.spiegels(brief)) == both
    assert werk.api.delete(made["url"]).status_code == 204
    assert werk.spiegels(brief) == [(second["url"], "besluit")]
    trail = werk.read(f"{brief['url']}/audittrail")
    told = [each["actie"] for each in trail if each["resource"] == "objectinformatieobject"]
    assert told == ["create", "create", "destroy"]


@pytest.mark.rule("brc-005")
def test_brc_005_a_refused_relation_leaves_no_mirror(werk: Besluitwerk) -> None:
    document = werk.document(werk.informatieobjecttype("Foto", vastleggen=False))
    assert werk.leg_vast(werk.besluit(), document).status_code == 400
    assert werk.spiegels(document) == []


@pytest.mark.rule("brc-008")
def test_brc_008_the_informatieobjecttype_is_of_the_besluittype(werk: Besluitwerk) -> None:
    missing = {("nonFieldErrors", "missing-besluittype-informatieobjecttype-relation")}
    werk.informatieobjecttype("Brief")
    foto = werk.document(werk.informatieobjecttype("Foto", vastleggen=False))
    assert faults(werk.leg_vast(werk.besluit(), foto)) == missing
    other = Besluitwerk(werk.api, "TWEE")
    namesake = other.document(other.informatieobjecttype("Brief"))
    assert faults(werk.leg_vast(werk.besluit(), namesake)) == missing


@pytest.mark.rule("brc-009")
def test_brc_009_a_besluit_goes_with_its_documents_relations(
    werk: Besluitwerk, brief: Json
) -> None:
    besluit = werk.besluit()
    made = _made(werk, besluit, brief)
    assert werk.api.delete(besluit["url"]).status_code == 204
    assert werk.api.get(made["url"]).status_code == 404
    assert werk.spiegels(brief) == []
    assert werk.api.get(brief["url"]).status_code == 200


@pytest.mark.rule("brc-oas")
def test_brc_oas_a_document_is_told_once(werk: Besluitwerk, brief: Json) -> None:
    besluit = werk.besluit()
    _made(werk, besluit, brief)
    assert faults(werk.leg_vast(besluit, brief)) == {("nonFieldErrors", "unique")}
    assert len(werk.spiegels(brief)) == 1


def test_relations_are_a_bare_list_found_by_either_end(werk: Besluitwerk, brief: Json) -> None:
    first, second = werk.besluit(), werk.besluit()
    one, two = _made(werk, first, brief), _made(werk, second, brief)
    assert werk.read(PATH) == [two, one]
    assert werk.read(PATH, besluit=second["url"]) == [two]
    assert werk.read(PATH, informatieobject=brief["url"]) == [two, one]
    assert werk.read(PATH, besluit=first["url"].replace("127.0.0.1:8700", "elders.nl")) == []


def test_a_besluit_expands_to_its_documents(werk: Besluitwerk, brief: Json) -> None:
    besluit = werk.besluit()
    made = _made(werk, besluit, brief)
    path = "besluitinformatieobjecten.informatieobject.informatieobjecttype"
    (inner,) = werk.read(besluit["url"], expand=path)["_expand"]["besluitinformatieobjecten"]
    assert inner["url"] == made["url"]
    document = inner["_expand"]["informatieobject"]
    assert document["titel"] == "Besluitbrief"
    assert document["_expand"]["informatieobjecttype"]["omschrijving"] == "Brief"
    (listed,) = werk.read(PATH, expand="besluit.besluittype,informatieobject")
    assert listed["_expand"]["besluit"]["_expand"]["besluittype"]["url"] == werk.besluittype


def test_expand_hides_a_document_from_who_may_not_see_it(werk: Besluitwerk, brief: Json) -> None:
    made = _made(werk, werk.besluit(), brief)
    reader = werk.client("besluiten.lezen")
    asked = {"expand": "informatieobject"}
    assert reader.get(made["url"], params=asked).status_code == 404
    (shown,) = reader.get(PATH, params=asked).json()
    assert shown["informatieobject"] == brief["url"]
    assert shown["_expand"] == {"informatieobject": {}}


def test_relations_follow_the_rights_on_the_besluit(werk: Besluitwerk, brief: Json) -> None:
    besluit = werk.besluit()
    made = _made(werk, besluit, brief)
    stranger = werk.client("besluiten.lezen", besluittype=werk.maak_besluittype("Ander"))
    assert stranger.get(PATH).json() == []
    assert stranger.get(made["url"]).status_code == 403
    other = werk.document(brief["informatieobjecttype"])
    maker = werk.client("besluiten.aanmaken")
    assert werk.leg_vast(besluit, other, maker).status_code == 201
    assert maker.delete(made["url"]).status_code == 403
    assert werk.client("besluiten.verwijderen").delete(made["url"]).status_code == 204


def test_the_trail_of_a_besluit_tells_of_its_documents(werk: Besluitwerk, brief: Json) -> None:
    besluit = werk.besluit()
    made = _made(werk, besluit, brief)
    werk.api.delete(made["url"])
    trail = werk.read(f"{besluit['url']}/audittrail")
    assert [(each["resource"], each["actie"]) for each in trail] == [
        ("besluit", "create"),
        ("besluitinformatieobject", "create"),
        ("besluitinformatieobject", "destroy"),
    ]
    head = werk.api.head(besluit["url"])
    assert head.status_code == 200
