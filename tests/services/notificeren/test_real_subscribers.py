"""Subscribers that nobody here wrote take what we send, and read in it what we meant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from loket.ledger.database import one, rows
from tests.connectors.real.abonnees import AUTH, Real, listening
from tests.registers.taken.test_taken import body as taak
from tests.registers.zaken.zaakwerk import Typen, Werk
from tests.services.notificeren.test_abonnees import BASE, ROOT, deliver, family, states

if TYPE_CHECKING:
    from tests.conftest import Api

__all__ = ["family"]

MEDIA = "application/cloudevents+json"
RECEIVED = {
    "specversion": "1.0", "id": "boom-1", "source": "urn:nld:oin:00000001823288444000:bomen",
    "type": "nl.gemeente.bomen.boom-geveld", "subject": "boom 1", "soort": "eik", "hoogte": 12,
    "time": "2026-03-01T10:00:00+00:00", "datacontenttype": "application/json",
    "data": {"soort": "eik", "straat": "Lange Voorhout"},
}  # fmt: skip


def subscribe(api: Api, to: Real, **wishes: Any) -> None:
    body = {"callbackUrl": to.url, "auth": AUTH, "ondertekend": True, **wishes}
    answer = api.post(f"{ROOT}/abonnement", json=body)
    assert answer.status_code == 201, answer.text
    deliver()


def taken(to: Real) -> list[dict[str, Any]]:
    """Deliver all that there is, and return what was taken of it: everything."""
    deliver()
    assert set(states()) == {"klaar"}, rows("SELECT outcome FROM ledger_delivery")
    return to.taken


@pytest.mark.req("M57", "M-F22")
@pytest.mark.parametrize("kind", ["javascript", "cloudevents"])
def test_the_sdks_take_our_cloudevents(api: Api, kind: str) -> None:
    with listening(kind) as to:
        subscribe(api, to, cloudeventFilters=[{"typeSubstring": "nl."}])
        made = api.post("/taken/api/v1/externetaken", json=taak()).json()
        api.patch(made["url"], json={"status": "uitgevoerd"})
        headers = {"Content-Type": MEDIA}
        assert api.post(f"{ROOT}/cloudevents", json=RECEIVED, headers=headers).status_code == 201
        first, second, third = taken(to)
        unsaid = httpx.post(to.url, json={"specversion": "1.0"}, headers={
            **headers, "Authorization": AUTH}, timeout=20)  # fmt: skip
        assert unsaid.status_code == 400
    assert [each["type"].rpartition(".")[2] for each in (first, second, third)] == [
        "externetaak-geregistreerd", "externetaak-uitgevoerd", "boom-geveld",
    ]  # fmt: skip
    key, moment = one(
        "SELECT id, moment FROM ledger_event WHERE resource = 'externetaken' "
        "ORDER BY position LIMIT 1"
    )
    assert (first["id"], first["specversion"], first["subject"]) == (str(key), "1.0", made["uuid"])
    assert first["source"].startswith("urn:nld:loket:")
    assert first["data"] == {
        name: made[name] for name in ("taakSoort", "status", "einddatumHandelingsTermijn")
    }
    late = abs(datetime.fromisoformat(first["time"]) - moment)
    assert late < timedelta(milliseconds=1)  # of which the SDK for JavaScript keeps no parts
    assert second["data"]["status"] == "uitgevoerd"
    same = {**third, "time": third["time"].replace(".000Z", "+00:00")}
    assert {name: value for name, value in same.items() if value is not None} == RECEIVED


@pytest.mark.req("M30", "M57")
def test_a_consumer_of_the_notificaties_api_takes_our_notifications(api: Api) -> None:
    typen = Typen(api)
    typen.publish()
    with listening("zgw") as to:
        subscribe(api, to, kanalen=[{"naam": "zaken", "filters": {}}])
        zaak = Werk(api, typen).zaak()
        api.patch(zaak["url"], json={"omschrijving": "Anders"})
        api.delete(zaak["url"])
        told = taken(to)
        refused = httpx.post(to.url, json={"kanaal": "zaken"}, headers={
            "Authorization": AUTH}, timeout=20)  # fmt: skip
        assert refused.status_code == 400
    outside = zaak["url"].replace("http://127.0.0.1:8700", BASE)
    assert [each["actie"] for each in told] == ["create", "update", "destroy"]
    for each in told:
        assert (each["kanaal"], each["resource"]) == ("zaken", "zaak")
        assert each["hoofd_object"] == each["resource_url"] == outside
    kenmerken = told[0]["kenmerken"]
    assert kenmerken["bronorganisatie"] == zaak["bronorganisatie"]
    assert kenmerken["zaaktype"] == zaak["zaaktype"].replace("http://127.0.0.1:8700", BASE)
    moments = [datetime.fromisoformat(each["aanmaakdatum"]) for each in told]
    assert moments == sorted(moments)
