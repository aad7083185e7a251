"""What NotifyNL reports of a text message comes back to whom it was for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client

from loket.grammar.change import HOUSE, Change
from loket.grammar.resource import Call
from loket.grammar.writing import follow
from loket.kernel.actor import Actor
from loket.kernel.clock import now
from loket.ledger.database import one
from loket.registers.output.klantnotificatie import klantnotificaties

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant

TOKEN = "een-lang-geheim-van-ons"
PATH = "/terugmeldingen/notifynl"


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "NOTIFYNL_CALLBACK_TOKEN", TOKEN)


def report(key: UUID, status: str = "delivered", token: str = TOKEN) -> Any:
    body = {
        "id": str(key), "reference": "kenmerk", "to": "+31612345678", "status": status,
        "created_at": "2026-03-04T12:30:00.000000Z", "completed_at": "2026-03-04T12:30:02.500000Z",
        "sent_at": "2026-03-04T12:30:01.000000Z", "notification_type": "sms",
        "template_id": str(uuid4()), "template_version": 1,
    }  # fmt: skip
    return Client(HTTP_HOST="127.0.0.1").post(
        PATH, json.dumps(body), "application/json", headers={"authorization": f"Bearer {token}"}
    )


@pytest.fixture
def sent(gemeente: Tenant) -> UUID:
    """A text message that NotifyNL took, by how it names it."""
    del gemeente
    key = uuid4()
    change = Change(klantnotificaties, Actor.system("test"), "create", Call(base=HOUSE))
    follow(
        klantnotificaties, change, sjabloonversie=1, gebeurtenis="status_gezet", positie=1,
        hoofd_object=f"{HOUSE}/zaken/api/v1/zaken/{uuid4()}", onderdeel=f"{HOUSE}/x",
        ontvanger="urn:nld:hr:kvknummer:90001354", taal="nl", kanaal="sms", adres="+31612345678",
        geprobeerd=[], status="verzonden", gepland_op=now(), pogingen=1, kenmerk=str(key),
        sleutel=str(key),
    )  # fmt: skip
    return key


def status_of(key: UUID) -> str:
    row = one("SELECT status FROM output_klantnotificatie WHERE kenmerk = %s", (str(key),))
    return str(row[0])


@pytest.mark.req("M-F26", "M32")
@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("delivered", "bezorgd"), ("permanent-failure", "mislukt"),
        ("technical-failure", "mislukt"), ("sending", "verzonden"),
    ],
)  # fmt: skip
def test_a_report_is_noted(sent: UUID, told: str, wanted: str) -> None:
    assert report(sent, told).status_code == 204
    assert status_of(sent) == wanted
    assert report(sent, "delivered").status_code == 204
    assert status_of(sent) == ("bezorgd" if wanted == "verzonden" else wanted)


def test_a_report_on_what_is_not_ours_is_taken(sent: UUID) -> None:
    assert report(uuid4()).status_code == 204
    assert status_of(sent) == "verzonden"


def test_a_forged_report_is_refused(sent: UUID) -> None:
    answer = report(sent, token="geraden")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert status_of(sent) == "verzonden"


def test_what_is_no_report_is_refused(sent: UUID) -> None:
    client = Client(HTTP_HOST="127.0.0.1")
    headers = {"authorization": f"Bearer {TOKEN}"}
    assert client.post(PATH, b"{", "application/json", headers=headers).status_code == 400
    assert client.get(PATH).status_code == 405
    assert status_of(sent) == "verzonden"
