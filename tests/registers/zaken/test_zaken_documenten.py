"""Documents with a zaak: their mirror in the documents register, and what closing asks of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from loket.ledger.database import one, rows
from tests.registers.zaken.zaakwerk import DOCUMENTEN, ZAKEN, Werk, faults

if TYPE_CHECKING:
    from tests.conftest import Api

ELSEWHERE = "https://elders.voorbeeld.nl/1"


def _mirrors(werk: Werk, **query: str) -> list[dict[str, Any]]:
    found: Any = werk.read(f"{DOCUMENTEN}/objectinformatieobjecten", **query)
    return list(found)


@pytest.mark.rule("zrc-004")
def test_a_document_belongs_to_a_zaak_once(werk: Werk) -> None:
    zaak, document = werk.zaak(), werk.document()
    body = {"zaak": zaak["url"], "informatieobject": document["url"], "titel": "Aanvraag"}
    made = werk.make("zaakinformatieobjecten", **body)
    assert made["aardRelatieWeergave"] == "Hoort bij, omgekeerd: kent"
    assert datetime.fromisoformat(made["registratiedatum"]).tzinfo is not None
    query = {"informatieobject": document["url"]}
    assert werk.api.get(f"{ZAKEN}/zaakinformatieobjecten", params=query).json() == [made]
    assert faults(werk.post("zaakinformatieobjecten", **body)) == {("nonFieldErrors", "unique")}
    assert werk.read(zaak["url"])["zaakinformatieobjecten"] == [made["url"]]


@pytest.mark.rule("zrc-003")
def test_the_document_must_be_there(werk: Werk) -> None:
    zaak, document = werk.zaak(), werk.document()
    gone = f"{document['url'][:-12]}000000000000"
    for url, code in ((gone, "bad-url"), (ELSEWHERE, "bad-url"), (zaak["url"], "invalid-resource")):
        body = {"zaak": zaak["url"], "informatieobject": url}
        assert faults(werk.post("zaakinformatieobjecten", **body)) == {("informatieobject", code)}


@pytest.mark.rule("zrc-004")
def test_the_relation_to_a_document_does_not_change(werk: Werk) -> None:
    made = werk.met_document(werk.zaak())
    change = {"zaak": werk.zaak()["url"], "informatieobject": werk.document()["url"]}
    answer = werk.api.patch(made["url"], json=change)
    assert faults(answer) == {(name, "wijzigen-niet-toegelaten") for name in change}
    answer = werk.api.patch(made["url"], json={"titel": "Bijlage"})
    assert answer.json()["titel"] == "Bijlage"
    assert answer.json()["registratiedatum"] == made["registratiedatum"]


@pytest.mark.rule("zrc-005")
def test_the_relation_is_mirrored_at_the_document(werk: Werk) -> None:
    zaak = werk.zaak()
    made = werk.met_document(zaak)
    [mirror] = _mirrors(werk, object=zaak["url"])
    assert (mirror["informatieobject"], mirror["object"]) == (made["informatieobject"], zaak["url"])
    assert mirror["objectType"] == "zaak"
    sql = "SELECT actie FROM ledger_event WHERE resource = 'objectinformatieobjecten'"
    assert rows(sql) == [("create",)]
    assert werk.api.delete(made["url"]).status_code == 204
    assert _mirrors(werk, object=zaak["url"]) == []
    assert [action for (action,) in rows(f"{sql} ORDER BY position")] == ["create", "destroy"]


@pytest.mark.rule("zrc-005")
@pytest.mark.rule("zrc-023")
def test_the_mirrors_go_with_the_zaak_and_its_deelzaken(werk: Werk) -> None:
    zaak = werk.zaak()
    deelzaak = werk.zaak(hoofdzaak=zaak["url"])
    documents = [werk.met_document(each)["informatieobject"] for each in (zaak, deelzaak)]
    assert len(_mirrors(werk)) == 2
    assert werk.api.delete(zaak["url"]).status_code == 204
    assert _mirrors(werk) == []
    for document in documents:
        assert werk.api.get(document).status_code == 200
    gone = rows("SELECT resource FROM ledger_event WHERE actie = 'destroy' AND resource = 'zaken'")
    assert len(gone) == 2


@pytest.mark.rule("zrc-005")
def test_a_relation_and_its_mirror_are_one_commit(
    werk: Werk, monkeypatch: pytest.MonkeyPatch
) -> None:
    zaak, document = werk.zaak(), werk.document()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("loket.registers.zaken.zaakinformatieobject.follow", fail)
    body = {"zaak": zaak["url"], "informatieobject": document["url"]}
    assert werk.post("zaakinformatieobjecten", **body).status_code == 500
    assert one("SELECT count(*) FROM zaken_zaakinformatieobject")[0] == 0


@pytest.mark.rule("zrc-017")
def test_the_type_of_a_document_is_one_of_the_zaaktype(werk: Werk) -> None:
    other = werk.document(informatieobjecttype=werk.typen.document("Factuur"))
    body = {"zaak": werk.zaak()["url"], "informatieobject": other["url"]}
    assert faults(werk.post("zaakinformatieobjecten", **body)) == {
        ("nonFieldErrors", "missing-zaaktype-informatieobjecttype-relation")
    }


@pytest.mark.rule("zrc-oas")
def test_an_archived_zaak_takes_no_documents(werk: Werk) -> None:
    zaak = werk.zaak(
        archiefstatus="gearchiveerd", archiefnominatie="vernietigen", archiefactiedatum="2031-01-01"
    )
    body = {"zaak": zaak["url"], "informatieobject": werk.document()["url"]}
    assert faults(werk.post("zaakinformatieobjecten", **body)) == {
        ("nonFieldErrors", "zaak-archiefstatus-invalid")
    }


@pytest.mark.rule("zrc-007")
def test_closing_asks_whether_gebruiksrechten_hold(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.resultaat(zaak)
    werk.met_document(zaak, indicatieGebruiksrecht=None)
    body = werk.status_body(zaak, 3)
    assert faults(werk.post("statussen", **body)) == {
        ("nonFieldErrors", "indicatiegebruiksrecht-unset")
    }
    assert werk.read(zaak["url"])["einddatum"] is None
    one("UPDATE documenten_enkelvoudiginformatieobject SET indicatie_gebruiksrecht = false")
    werk.make("statussen", **body)


@pytest.mark.rule("zrc-007")
def test_closing_waits_for_a_locked_document(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.resultaat(zaak)
    werk.met_document(zaak)
    one("UPDATE documenten_enkelvoudiginformatieobject SET lock = 'x'")
    body = werk.status_body(zaak, 3)
    assert faults(werk.post("statussen", **body)) == {("nonFieldErrors", "informatieobject-locked")}
    one("UPDATE documenten_enkelvoudiginformatieobject SET lock = ''")
    werk.make("statussen", **body)


@pytest.mark.rule("zrc-022")
def test_archiving_needs_archived_documents(werk: Werk) -> None:
    zaak = werk.zaak(archiefnominatie="vernietigen", archiefactiedatum="2031-01-01")
    werk.met_document(zaak, status="gearchiveerd")
    werk.met_document(zaak, status="definitief")
    done = {"archiefstatus": "gearchiveerd"}
    assert faults(werk.api.patch(zaak["url"], json=done)) == {
        ("nonFieldErrors", "documents-not-archived")
    }
    one("UPDATE documenten_enkelvoudiginformatieobject SET status = 'gearchiveerd'")
    assert werk.api.patch(zaak["url"], json=done).status_code == 200


@pytest.mark.rule("zgw-expand")
@pytest.mark.rule("zrc-025")
def test_expand_reaches_into_the_documents_for_who_may_see_them(werk: Werk, api: Api) -> None:
    zaak = werk.zaak()
    made = werk.met_document(zaak)
    asked = "zaakinformatieobjecten.informatieobject.informatieobjecttype"
    shown = werk.read(zaak["url"], expand=asked)["_expand"]["zaakinformatieobjecten"]
    [document] = [each["_expand"]["informatieobject"] for each in shown]
    assert document["url"] == made["informatieobject"]
    assert document["_expand"]["informatieobjecttype"]["omschrijving"] == "Aanvraag"
    assert api.get(zaak["url"], params={"expand": f"{asked}.kleur"}).status_code == 404


@pytest.mark.rule("zrc-028")
def test_a_detail_is_whole_or_not_there_and_a_list_leaves_out(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.met_document(zaak)
    reader = werk.client("zaken.lezen")
    asked = {"expand": "zaakinformatieobjecten.informatieobject"}
    assert reader.get(zaak["url"], params=asked).status_code == 404
    assert reader.get(zaak["url"], params={"expand": "zaakinformatieobjecten"}).status_code == 200
    assert reader.get(zaak["url"], params={"expand": "hoofdzaak"}).status_code == 200
    [listed] = reader.get(f"{ZAKEN}/zaken", params=asked).json()["results"]
    [relation] = listed["_expand"]["zaakinformatieobjecten"]
    assert relation["_expand"]["informatieobject"] == {}


def test_a_zaak_is_registered_with_its_documents(werk: Werk) -> None:
    document = werk.document()
    rol = werk.rol_body({"url": ""})
    del rol["zaak"]
    status = werk.status_body({"url": ""}, 1)
    del status["zaak"]
    body: dict[str, Any] = {
        "zaak": werk.body(),
        "rollen": [rol],
        "zaakinformatieobjecten": [{"informatieobject": document["url"]}],
        "status": status,
    }
    made = werk.make("zaak_registreren", **body)
    [relation] = made["zaakinformatieobjecten"]
    assert relation["informatieobject"] == document["url"]
    [mirror] = _mirrors(werk, object=made["zaak"]["url"])
    assert mirror["informatieobject"] == document["url"]
    absent = f"{document['url'][:-12]}000000000000"
    body["zaakinformatieobjecten"] = [{"informatieobject": absent}]
    assert faults(werk.post("zaak_registreren", **body)) == {
        ("zaakinformatieobjecten.0.informatieobject", "bad-url")
    }
