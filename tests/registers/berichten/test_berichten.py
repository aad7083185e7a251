"""Berichten: what was said to a citizen or company does not change, and is seen when it is time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from loket.grammar import codec
from loket.grammar.reading import Query
from loket.grammar.urns import HIDDEN
from loket.kernel.clock import now
from loket.kernel.problems import NotFound
from loket.ledger.database import rows
from loket.registers.berichten.bericht import berichten
from loket.services.mijnservices import burger
from tests.conformance.example import elf
from tests.conformance.test_refusing import faults

if TYPE_CHECKING:
    from tests.conftest import Api

Json = dict[str, Any]
PATH = "/berichten/api/v1/berichten"
BSN = elf(815)
PERSOON = f"urn:nld:brp:bsn:{BSN}"
ZAAK = "urn:nld:gemeente:zaak:zaaknummer:ZAAK-2026-0000000001"
DOCUMENT = "urn:nld:gemeente:informatieobject:uuid:0190a6e2-0000-7000-8000-000000000001"


def body(**more: Any) -> Json:
    return {
        "onderwerp": "Uw vergunning", "berichtTekst": "Wij hebben **besloten**.",
        "ontvanger": PERSOON, "mijnOverheidBerichtenbox": False, **more,
    }  # fmt: skip


def made(api: Api, **more: Any) -> Json:
    answer = api.post(PATH, json=body(**more))
    assert answer.status_code == 201, answer.text
    shown: Json = answer.json()
    return shown


def results(api: Api, **query: Any) -> list[Json]:
    answer = api.get(PATH, params=query)
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["results"]
    return found


@pytest.mark.req("M27", "M14")
def test_a_message_is_opened_and_never_changed(api: Api) -> None:
    bericht = made(api)
    assert bericht["geopendOp"] is None
    opened = api.patch(bericht["url"], json={"geopendOp": "2026-03-01T10:00:00Z"})
    assert opened.json()["geopendOp"] == "2026-03-01T10:00:00+00:00"
    for change in ({"onderwerp": "Anders"}, {"berichtTekst": "Anders"}, {"bijlagen": [
            {"informatieObject": DOCUMENT}]}, {"ontvanger": f"urn:nld:brp:bsn:{elf(9)}"},
            {"ontvanger": "urn:nld:hr:kvknummer:90001354"}, {"isGerelateerdAan": [{"urn": ZAAK}]},
            {"publicatiedatum": "2020-01-01T00:00:00Z"}):  # fmt: skip
        [(_, code)] = faults(api.patch(bericht["url"], json=change))
        assert code == "immutable-field", change
    assert api.get(bericht["url"]).json() == opened.json()
    assert api.put(bericht["url"], json=body()).status_code == 405
    assert api.delete(bericht["url"]).status_code == 405


@pytest.mark.req("M27")
def test_unread_ones_are_found_and_those_of_a_zaak(api: Api) -> None:
    read, unread = made(api), made(api, isGerelateerdAan=[{"urn": ZAAK}])
    api.patch(read["url"], json={"geopendOp": "2026-03-01T10:00:00Z"})
    assert [each["url"] for each in results(api, geopendOp__isnull="true")] == [unread["url"]]
    assert [each["url"] for each in results(api, isGerelateerdAan=ZAAK)] == [unread["url"]]
    assert {each["url"] for each in results(api, ontvanger=PERSOON)} == {read["url"], unread["url"]}


def test_who_it_is_for_is_in_no_list_and_no_event(api: Api) -> None:
    assert made(api)["ontvanger"] == PERSOON
    assert [each["ontvanger"] for each in results(api)] == [HIDDEN]
    for table in ("ledger_event", "berichten_bericht"):
        held = rows(f"SELECT t::text FROM {table} t")  # noqa: S608 - names from the line above
        assert not [each for (each,) in held if BSN in each]


def test_a_document_goes_along_once(api: Api) -> None:
    once = [{"informatieObject": DOCUMENT, "omschrijving": "Het besluit"}]
    shown = made(api, bijlagen=once)["bijlagen"]
    assert shown == [{**once[0], "isBerichtTypeBijlage": False}]
    told = faults(api.post(PATH, json=body(bijlagen=once * 2)))
    assert told == {("bijlagen.1.informatieObject", "unique")}


@pytest.mark.req("M14")
def test_a_citizen_sees_his_own_when_it_is_time(api: Api) -> None:
    later = (now() + timedelta(hours=1)).isoformat()
    mine, waiting = made(api), made(api, publicatiedatum=later)
    other = made(api, ontvanger=f"urn:nld:brp:bsn:{elf(10)}")
    actor = burger.from_bsn(BSN, None, "laag")
    query = Query("http://mijn")
    shown = codec.decode(berichten.list(actor, query).results)
    assert [each["uuid"] for each in shown] == [mine["uuid"]]
    for out_of_sight in (waiting, other):
        with pytest.raises(NotFound):
            berichten.get(actor, UUID(out_of_sight["uuid"]), query)
    assert len(results(api, publicatiedatum__lte=now().isoformat())) == 2
