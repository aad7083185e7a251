"""Sending through NotifyNL: the stand-in, and a server that answers whatever a test wants."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from loket.connectors.notifynl import (
    Delivery,
    NotifyNL,
    Status,
    read_callback,
    send_letter,
    send_sms,
    status,
)
from loket.kernel.problems import Malformed, Problem, Unauthorised
from loket.simulators.notifynl.post import Callback
from loket.simulators.notifynl.server import serving
from tests.connectors.notify import ID, KEY, LETTER, RECEIPT, SMS, TEMPLATES
from tests.simulators.test_notifynl import hold, listening

OUR_TOKEN = "een-lang-geheim-dat-niemand-raadt"
OURS = f"Bearer {OUR_TOKEN}"


def test_a_callback_is_read() -> None:
    with listening() as listener:
        callback = Callback(listener.url, OUR_TOKEN)
        with serving(KEY, TEMPLATES, callback) as served:
            config = NotifyNL(served.url, KEY)
            sms, letter = send_sms(config, SMS), send_letter(config, LETTER)
            served.post.deliver()
            served.post.give_back(served.post.sent[1])
            arrived, returned = (
                read_callback(heard.body, heard.authorization, OUR_TOKEN)
                for heard in (listener.heard.get_nowait(), listener.heard.get_nowait())
            )
            assert arrived == status(config, sms.id)
            assert returned.status is status(config, letter.id).status is Status.RETURNED
    assert (returned.id, returned.reference) == (letter.id, "kenmerk-3")
    assert returned.status.failed


def test_a_callback_says_when() -> None:
    hold(RECEIPT, "SmsCallbackRequest")
    assert read_callback(json.dumps(RECEIPT).encode(), OURS, OUR_TOKEN) == Delivery(
        ID,
        "kenmerk-1",
        Status.DELIVERED,
        datetime(2026, 3, 4, 12, 30, 2, 500_000, UTC),
        datetime(2026, 3, 4, 12, 30, 1, tzinfo=UTC),
    )


def test_a_callback_with_little_and_new_words() -> None:
    told = {"id": str(ID), "reference": None, "status": "nieuw", "sent_at": "2026-03-04T12:30:01"}
    read = read_callback(json.dumps(told).encode(), f"bearer {OUR_TOKEN}", OUR_TOKEN)
    moment = datetime(2026, 3, 4, 12, 30, 1, tzinfo=UTC)
    assert read == Delivery(ID, None, Status.UNKNOWN, None, moment)
    assert not read.status.final


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        OUR_TOKEN,
        f"Basic {OUR_TOKEN}",
        f"Bearer {OUR_TOKEN}x",
        f"Bearer {OUR_TOKEN[:-1]}",
        f"Bearer {OUR_TOKEN.upper()}",
        f"Bearer {OUR_TOKEN}, Bearer x",
        "Bearer \udce9é",
    ],
)
def test_a_forged_callback_is_not_read(authorization: str | None) -> None:
    with pytest.raises(Unauthorised):
        read_callback(b"geen JSON", authorization, OUR_TOKEN)


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer "])
def test_without_a_token_of_our_own_nobody_passes(authorization: str | None) -> None:
    with pytest.raises(Unauthorised):
        read_callback(json.dumps(RECEIPT).encode(), authorization, "")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'"x"',
        b"{",
        b"[" * 60_000,
        b" " * 70_000,
        json.dumps(RECEIPT | {"id": "../1"}).encode(),
        json.dumps(RECEIPT | {"id": 1}).encode(),
        json.dumps(RECEIPT | {"status": None}).encode(),
        json.dumps(RECEIPT | {"reference": 1}).encode(),
        json.dumps(RECEIPT | {"reference": "a\0"}).encode(),
        json.dumps(RECEIPT | {"reference": "a" * 1001}).encode(),
        json.dumps(RECEIPT | {"completed_at": "gisteren"}).encode(),
        json.dumps({"id": str(ID), "source_number": "0612345678", "message": "Dag"}).encode(),
        json.dumps({"notification_id": str(ID), "complaint_id": str(ID)}).encode(),
        json.dumps({"notification_id": 1, "date_sent": "2026-03-04T12:30:00Z"}).encode(),
    ],
    ids=range(16),
)
def test_a_callback_that_says_something_else_is_malformed(body: bytes) -> None:
    with pytest.raises(Problem) as caught:
        read_callback(body, OURS, OUR_TOKEN)
    assert type(caught.value) is Malformed
