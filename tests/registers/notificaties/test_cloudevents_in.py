"""CloudEvents of others come in, once, never with a BSN, and go to whoever subscribed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.ledger.database import one, rows
from loket.ledger.events import forget
from tests.conformance.test_refusing import faults
from tests.conftest import make_client
from tests.registers.zaken.zaakwerk import BSN
from tests.services.notificeren.abonnee import Abonnee, listening
from tests.services.notificeren.test_abonnees import ROOT, abonnee, deliver, family
from tests.services.notificeren.test_cloudevents import subscribe

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Api

__all__ = ["abonnee", "family"]

MEDIA = "application/cloudevents+json"
RSIN = "823288444"
EVENT = {
    "specversion": "1.0",
    "id": "f3dce042-cd6e-4977-844d-05be8dce7cea",
    "source": "urn:nld:oin:00000001823288444000:systeem:bomen",
    "type": "nl.gemeente.bomen.boom-geveld",
    "subject": "boom 1",
    "time": "2026-03-01T10:00:00+00:00",
    "datacontenttype": "application/json",
    "data": {"soort": "eik", "bronorganisatie": RSIN},
    "dataschema": "https://bomen.example/schema.json",
    "sequence": "17",
}


def publish(api: Api, event: Any, media: str = MEDIA) -> httpx.Response:
    return api.post(f"{ROOT}/cloudevents", json=event, headers={"Content-Type": media})


def told() -> int:
    """Return how many events came in."""
    sql = "SELECT count(*) FROM ledger_event WHERE resource = 'cloudevents'"
    return int(one(sql)[0])


@pytest.mark.req("M30", "M57", "M59")
def test_an_event_goes_to_who_chose_its_type_as_it_was_sent(api: Api, abonnee: Abonnee) -> None:
    with listening(Abonnee()) as other:
        subscribe(api, abonnee, "nl.gemeente.bomen.")
        subscribe(api, other, "nl.gemeente.struiken.")
        answer = publish(api, EVENT, f"{MEDIA}; charset=utf-8")
        assert answer.status_code == 201, answer.text
        assert answer.headers["Content-Type"] == MEDIA
        assert answer.json() == EVENT
        deliver()
        assert abonnee.got == [EVENT]
        assert abonnee.media == [MEDIA]
        assert other.got == []
    (kept,) = api.get(f"{ROOT}/cloudevents", params={"subject": "boom 1"}).json()["results"]
    assert (kept["type"], kept["extensies"]) == (EVENT["type"], {"sequence": "17"})
    assert api.get(f"{ROOT}/cloudevents", params={"type": "ander"}).json()["count"] == 0


@pytest.mark.req("M59")
def test_what_comes_again_is_the_same_event(api: Api, abonnee: Abonnee) -> None:
    subscribe(api, abonnee, "boom-")
    first = publish(api, EVENT)
    again = publish(api, {**EVENT, "subject": "een ander onderwerp"})
    assert (again.status_code, again.json()) == (201, first.json())
    for other in ({"id": "2"}, {"source": "urn:nld:struiken"}):
        assert publish(api, {**EVENT, **other}).status_code == 201
    deliver()
    assert len(abonnee.got) == told() == 3


def test_what_was_forgotten_is_handed_to_nobody(api: Api, abonnee: Abonnee) -> None:
    subscribe(api, abonnee, "boom-")
    publish(api, EVENT)
    ((key,),) = rows("SELECT id FROM notificaties_cloudevent")
    forget(key)
    assert publish(api, EVENT).status_code == 201
    deliver()
    assert (abonnee.got, told()) == ([], 1)


@pytest.mark.parametrize("data", [["eik", 1], "<boom/>", 17, {"diep": {"er": ["in"]}}])
def test_data_have_any_form(api: Api, data: Any) -> None:
    assert publish(api, {**EVENT, "data": data}).json()["data"] == data


def test_what_may_be_left_out_is_left_out(api: Api) -> None:
    needed = {name: EVENT[name] for name in ("specversion", "id", "source", "type")}
    empty = dict.fromkeys(("subject", "time", "data", "dataref", "datacontenttype"))
    assert publish(api, {**needed, **empty}).json() == needed


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"id": None}, {("id", "required")}),
        ({"source": None, "type": None}, {("source", "required"), ("type", "required")}),
        ({"specversion": "0.3"}, {("specversion", "invalid_choice")}),
        ({"source": "een bron"}, {("source", "invalid")}),
        ({"time": "gisteren"}, {("time", "invalid")}),
        ({"type": "x" * 256}, {("type", "max_length")}),
        ({"data": "x" * 70_000}, {("nonFieldErrors", "max_length")}),
        ({"data": "nul \x00"}, {("data", "invalid")}),
        ({"data_base64": "Ym9vbQ=="}, {("data_base64", "invalid")}),
        ({"eigenNaam": "x"}, {("eigenNaam", "invalid")}),
        ({"lijst": []}, {("lijst", "invalid")}),
    ],
)
def test_what_is_amiss_is_told(api: Api, change: dict[str, Any], expected: Any) -> None:
    assert faults(publish(api, EVENT | change)) == expected
    assert told() == 0


@pytest.mark.req("M59")
@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"subject": BSN}, "subject"),
        ({"subject": f"urn:nld:brp:bsn:{BSN}"}, "subject"),
        ({"data": {"wie": [{"bsn": BSN}]}}, "data.wie.0.bsn"),
        ({"data": {"wie": int(BSN)}}, "data.wie"),
        ({"data": {BSN: "een naam"}}, f"data.{BSN}"),
        ({"data": f"<bsn>{BSN}</bsn>"}, "data"),
        ({"data": {"organisatie": f"naast {BSN}"}}, "data.organisatie"),
        ({"dataref": f"https://bomen.example/{BSN}"}, "dataref"),
        ({"wie": BSN}, "wie"),
    ],
)
def test_no_bsn_goes_over_the_bus(api: Api, change: dict[str, Any], where: str) -> None:
    assert faults(publish(api, EVENT | change)) == {(where, "bsn")}
    assert told() == 0


def test_nor_does_one_in_a_notification(api: Api) -> None:
    api.post(f"{ROOT}/kanaal", json={"naam": "bomen", "filters": ["eigenaar", "bronorganisatie"]})
    notificatie = {
        "kanaal": "bomen", "hoofdObject": f"https://bomen.example/{BSN}", "resource": "boom",
        "resourceUrl": "https://bomen.example/1", "actie": "create",
        "aanmaakdatum": "2026-03-01T10:00:00Z",
        "kenmerken": {"eigenaar": BSN, "bronorganisatie": RSIN},
    }  # fmt: skip
    answer = api.post(f"{ROOT}/notificaties", json=notificatie)
    assert faults(answer) == {("hoofdObject", "bsn"), ("kenmerken.eigenaar", "bsn")}


@pytest.mark.parametrize("number", ["123456789", "000000000", f"1{BSN}", "01-02-2026"])
def test_other_numbers_may_pass(api: Api, number: str) -> None:
    assert publish(api, {**EVENT, "subject": number}).status_code == 201


def test_who_only_listens_does_not_publish(api: Api) -> None:
    del api
    right = {"component": "nrc", "scopes": ["notificaties.consumeren"]}
    listener = make_client("luisteraar", [right])
    assert publish(listener, EVENT).status_code == 403
    assert listener.get(f"{ROOT}/cloudevents").status_code == 200


@pytest.mark.parametrize("media", ["application/json", "application/cloudevents-batch+json"])
def test_one_form_is_taken(api: Api, media: str) -> None:
    assert publish(api, EVENT, media).status_code == 415
