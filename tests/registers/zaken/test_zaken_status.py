"""Statuses and resultaten, and the closing, reopening and archiving of a zaak that follow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from loket.kernel.clock import now
from tests.registers.zaken.zaakwerk import ZAKEN, Typen, Werk, faults

if TYPE_CHECKING:
    from tests.conftest import Api

FORCED = "zaken.geforceerd-bijwerken"


@pytest.fixture
def bijwerker(werk: Werk) -> Api:
    """An application that may change zaken, but not closed ones."""
    return werk.client(
        "zaken.lezen", "zaken.aanmaken", "zaken.bijwerken", "zaken.statussen.toevoegen"
    )


def test_the_last_status_is_that_of_the_zaak(werk: Werk) -> None:
    zaak = werk.zaak()
    second = werk.status(zaak, 2, "2026-03-01T10:00:00Z")
    first = werk.status(zaak, 1, "2026-02-01T10:00:00Z")
    assert werk.read(zaak["url"])["status"] == second["url"]
    assert werk.read(second["url"])["indicatieLaatstGezetteStatus"] is True
    assert werk.read(first["url"])["indicatieLaatstGezetteStatus"] is False
    last = werk.read(f"{ZAKEN}/statussen", zaak=zaak["url"], indicatieLaatstGezetteStatus="true")
    assert [each["url"] for each in last["results"]] == [second["url"]]


def test_a_status_never_changes(werk: Werk) -> None:
    status = werk.status(werk.zaak(), 1)
    for method in ("PUT", "PATCH", "DELETE"):
        assert werk.api.request(method, status["url"], json={}).status_code == 405


def test_a_status_is_not_set_in_the_future(werk: Werk) -> None:
    zaak = werk.zaak()
    for moment in ((now() + timedelta(days=1)).isoformat(), "9999-12-31T23:59:59Z"):
        body = werk.status_body(zaak, 1, moment)
        assert faults(werk.post("statussen", **body)) == {("datumStatusGezet", "date-in-future")}


def test_a_status_is_not_set_before_the_start(werk: Werk) -> None:
    zaak = werk.zaak(startdatum="2026-02-02")
    evening, midnight = "2026-02-01T22:59:59Z", "2026-02-01T23:00:00Z"
    body = werk.status_body(zaak, 1, evening)
    assert faults(werk.post("statussen", **body)) == {("datumStatusGezet", "date-before-start")}
    werk.status(zaak, 1, midnight)


@pytest.mark.rule("zrc-016")
def test_a_statustype_is_of_the_zaaktype(werk: Werk, api: Api) -> None:
    body = werk.status_body(werk.zaak(), 1) | {"statustype": Typen(api, "TWEE").statustypen[0]}
    assert faults(werk.post("statussen", **body)) == {("nonFieldErrors", "zaaktype-mismatch")}


@pytest.mark.rule("zrc-020")
def test_a_resultaattype_is_of_the_zaaktype(werk: Werk, api: Api) -> None:
    body = {"zaak": werk.zaak()["url"], "resultaattype": Typen(api, "TWEE").resultaattype}
    assert faults(werk.post("resultaten", **body)) == {("nonFieldErrors", "zaaktype-mismatch")}


def test_a_status_is_set_by_somebody_of_the_same_zaak(werk: Werk) -> None:
    zaak, other = werk.zaak(), werk.zaak()
    mine, theirs = werk.rol(zaak), werk.rol(other)
    body = werk.status_body(zaak, 1)
    assert faults(werk.post("statussen", **body, gezetdoor=theirs["url"])) == {
        ("gezetdoor", "zaak-mismatch")
    }
    status = werk.make("statussen", **body, gezetdoor=mine["url"])
    assert werk.read(mine["url"])["statussen"] == [status["url"]]
    assert werk.api.delete(mine["url"]).status_code == 204
    assert werk.read(status["url"])["gezetdoor"] is None


def test_a_zaak_has_one_resultaat_of_one_type(werk: Werk, typen: Typen) -> None:
    zaak = werk.zaak()
    resultaat = werk.resultaat(zaak)
    assert werk.read(zaak["url"])["resultaat"] == resultaat["url"]
    again = werk.post("resultaten", zaak=zaak["url"], resultaattype=typen.resultaattype)
    assert faults(again) == {("zaak", "unique")}
    body = {"zaak": zaak["url"], "resultaattype": typen.statustypen[0], "toelichting": ""}
    assert faults(werk.api.put(resultaat["url"], json=body)) == {
        ("resultaattype", "invalid-resource")
    }


@pytest.mark.rule("zrc-007")
def test_the_eindstatus_closes_the_zaak_on_the_dutch_day(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.resultaat(zaak)
    werk.status(zaak, 3, "2026-02-01T23:30:00Z")
    assert werk.read(zaak["url"])["einddatum"] == "2026-02-02"


@pytest.mark.rule("zrc-007")
def test_other_statuses_close_nothing(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.status(zaak, 1)
    werk.status(zaak, 2)
    assert werk.read(zaak["url"])["einddatum"] is None


@pytest.mark.rule("zrc-007")
def test_closing_needs_a_resultaat(werk: Werk) -> None:
    zaak = werk.zaak()
    body = werk.status_body(zaak, 3)
    assert faults(werk.post("statussen", **body)) == {
        ("nonFieldErrors", "resultaat-does-not-exist")
    }
    assert werk.read(zaak["url"])["einddatum"] is None


def _writes(werk: Werk, zaak: Any) -> list[tuple[str, str, Any]]:
    """Return writes on a zaak and on what is under it."""
    resultaat, url = werk.read(zaak["url"])["resultaat"], zaak["url"]
    elsewhere, document = "https://elders.voorbeeld.nl/1", werk.document()["url"]
    return [
        ("PATCH", url, {"toelichting": "later"}),
        ("PUT", url, werk.body(identificatie=zaak["identificatie"])),
        ("PATCH", resultaat, {"toelichting": "later"}),
        ("DELETE", resultaat, None),
        ("POST", f"{ZAKEN}/rollen", werk.rol_body(zaak)),
        ("POST", f"{ZAKEN}/zaakinformatieobjecten", {"zaak": url, "informatieobject": document}),
        ("POST", f"{ZAKEN}/zaakobjecten", {"zaak": url, "object": elsewhere, "objectType": "pand"}),
        ("POST", f"{ZAKEN}/klantcontacten", {"zaak": url, "datumtijd": "2026-02-01T10:00:00Z"}),
        ("POST", f"{ZAKEN}/zaakcontactmomenten", {"zaak": url, "contactmoment": elsewhere}),
        ("POST", f"{ZAKEN}/zaakverzoeken", {"zaak": url, "verzoek": elsewhere}),
    ]


@pytest.mark.rule("zrc-007")
@pytest.mark.parametrize("nr", range(10))
def test_a_closed_zaak_changes_only_by_force(werk: Werk, bijwerker: Api, nr: int) -> None:
    zaak = werk.gesloten()
    method, url, body = _writes(werk, zaak)[nr]
    options = {} if body is None else {"json": body}
    assert bijwerker.request(method, url, **options).status_code == 403
    forced = werk.client("zaken.lezen", "zaken.bijwerken", FORCED)
    assert forced.request(method, url, **options).status_code in (200, 201, 204)


@pytest.mark.rule("zrc-008")
def test_another_status_reopens_the_zaak(werk: Werk, bijwerker: Api) -> None:
    zaak = werk.gesloten()
    assert zaak["archiefnominatie"] == "vernietigen"
    body = werk.status_body(zaak, 1, "2026-03-01T10:00:00Z")
    assert werk.post("statussen", bijwerker, **body).status_code == 403
    heropener = werk.client("zaken.heropenen")
    assert werk.post("statussen", heropener, **body).status_code == 201
    opened = werk.read(zaak["url"])
    cleared = ("einddatum", "archiefnominatie", "archiefactiedatum", "startdatumBewaartermijn")
    assert {opened[name] for name in cleared} == {None}


def test_the_first_status_may_come_from_who_makes_zaken(werk: Werk) -> None:
    maker = werk.client("zaken.aanmaken")
    zaak = werk.zaak()
    assert werk.post("statussen", maker, **werk.status_body(zaak, 1)).status_code == 201
    assert werk.post("statussen", maker, **werk.status_body(zaak, 2)).status_code == 403


def test_closing_is_an_event_of_the_zaak_itself(werk: Werk) -> None:
    zaak = werk.gesloten()
    trail = werk.api.get(f"{zaak['url']}/audittrail").json()
    closing = [each for each in trail if each["resource"] == "zaak"][-1]
    assert closing["actie"] == "partial_update"
    assert closing["wijzigingen"]["oud"]["einddatum"] is None
    assert closing["wijzigingen"]["nieuw"]["einddatum"] == "2026-02-01"


@pytest.mark.rule("zrc-007")
def test_a_hoofdzaak_closes_after_its_deelzaken(werk: Werk) -> None:
    hoofdzaak = werk.zaak()
    deelzaak = werk.zaak(hoofdzaak=hoofdzaak["url"])
    for zaak in (hoofdzaak, deelzaak):
        werk.resultaat(zaak)
    body = werk.status_body(hoofdzaak, 3)
    assert faults(werk.post("statussen", **body)) == {("nonFieldErrors", "deelzaken-not-closed")}
    werk.status(deelzaak, 3)
    werk.make("statussen", **body)


@pytest.mark.rule("zrc-008")
def test_a_deelzaak_of_a_closed_hoofdzaak_is_not_reopened(werk: Werk) -> None:
    hoofdzaak = werk.zaak()
    deelzaak = werk.zaak(hoofdzaak=hoofdzaak["url"])
    for zaak in (deelzaak, hoofdzaak):
        werk.resultaat(zaak)
        werk.status(zaak, 3)
    body = werk.status_body(deelzaak, 1, "2026-03-01T10:00:00Z")
    assert faults(werk.post("statussen", **body)) == {("nonFieldErrors", "hoofdzaak-closed")}
    werk.status(hoofdzaak, 1, "2026-03-01T10:00:00Z")
    werk.make("statussen", **body)


def test_a_substatus_tells_of_a_step_within_the_last_status(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.status(zaak, 1)
    last = werk.status(zaak, 2, "2026-03-01T10:00:00Z")
    made = werk.make("substatussen", zaak=zaak["url"], omschrijving="Advies gevraagd")
    assert (made["status"], made["doelgroep"]) == (last["url"], "betrokkenen")
    assert made["tijdstip"]
    intern = werk.make(
        "substatussen", zaak=zaak["url"], omschrijving="Bellen", doelgroep="intern",
        tijdstip="2026-03-02T10:00:00Z",
    )  # fmt: skip
    assert werk.read(made["url"]) == made
    found = werk.read(f"{ZAKEN}/substatussen", zaak=zaak["url"], doelgroep="intern")
    assert found["results"] == [intern]
    query = {"status": last["url"], "tijdstip__lte": "2026-03-02T10:00:00Z"}
    assert werk.read(f"{ZAKEN}/substatussen", **query)["results"] == [intern]
    for method in ("PUT", "PATCH", "DELETE"):
        assert werk.api.request(method, made["url"], json={}).status_code == 405
    other = werk.status(werk.zaak(), 1)
    refused = werk.post("substatussen", zaak=zaak["url"], omschrijving="x", status=other["url"])
    assert faults(refused) == {("status", "zaak-mismatch")}


def test_a_substatus_needs_the_scope_of_a_status(werk: Werk) -> None:
    zaak = werk.zaak()
    body = {"zaak": zaak["url"], "omschrijving": "Bellen"}
    assert werk.post("substatussen", werk.client("zaken.bijwerken"), **body).status_code == 403
    adder = werk.client("zaken.statussen.toevoegen")
    assert werk.post("substatussen", adder, **body).status_code == 201
