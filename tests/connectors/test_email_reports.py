"""What mail servers report, and what anybody may send to the address where they do."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.connectors.email import (
    Action,
    BrokenReport,
    DefinitiefMislukt,
    NoReport,
    Report,
    read_report,
)
from loket.connectors.email.reports import LARGEST
from tests.connectors.rapporten import letter, report, vacation

TO = "retour+teken@duinrade.example"


@pytest.mark.parametrize("action", list(Action))
def test_each_action_is_read(action: Action) -> None:
    assert read_report(report(TO, action.value, "4.2.2")) == Report(action, "4.2.2", (TO,))


@pytest.mark.parametrize(
    ("action", "status", "nowhere"),
    [
        ("failed", "5.1.1", True), ("failed", "5.1.10", True), ("failed", "5.2.1", True),
        ("failed", "5.2.2", False), ("failed", "5.1.8", False), ("failed", "4.4.7", False),
        ("failed", "5.7.1", False), ("delayed", "5.1.1", False),
    ],
)  # fmt: skip
def test_an_address_leads_nowhere_only_when_that_is_said(
    action: str, status: str, *, nowhere: bool
) -> None:
    assert read_report(report(TO, action, status)).nowhere is nowhere


@pytest.mark.parametrize(
    ("answer", "nowhere"),
    [("5.1.1 Onbekend", True), ("5.7.1 Geweigerd", False), ("Onbekend 5.1.1", False), ("", False)],
)
def test_a_refusal_says_so_too(answer: str, *, nowhere: bool) -> None:
    assert DefinitiefMislukt(answer, 550).nowhere is nowhere


def test_of_more_recipients_the_worst_counts() -> None:
    more = "\nFinal-Recipient: rfc822; b@voorbeeld.nl\nAction: Failed\nStatus: 5.2.1 dicht\n"
    said = report(TO, "delivered", "2.0.0", more=more)
    assert read_report(said) == Report(Action.FAILED, "5.2.1", (TO,))


def test_the_envelope_goes_before_the_headers() -> None:
    assert read_report(report("iemand@elders.nl"), TO).sent_to == (TO,)
    given = b"Delivered-To: een@a.nl\r\nX-Original-To: twee@a.nl\r\n" + report("drie@a.nl")
    assert read_report(given).sent_to == ("een@a.nl", "twee@a.nl", "drie@a.nl")


def test_a_report_without_a_status_code_is_one() -> None:
    assert read_report(report(TO, "failed", "")).status == ""


@pytest.mark.parametrize(("source", "automatic"), [(vacation(TO), True), (letter(TO), False)])
def test_what_is_no_report(source: bytes, *, automatic: bool) -> None:
    with pytest.raises(NoReport) as caught:
        read_report(source)
    assert caught.value.automatic is automatic


@pytest.mark.parametrize(
    "source",
    [
        report(TO, "verdwenen"),
        report(TO).replace(b"Action:", b"Actie:"),
        report(TO).replace(b"message/delivery-status", b"text/plain"),
        report(TO)[:900],
        report(TO) + b"x" * LARGEST,
    ],
    ids=["another action", "no action", "no status part", "half", "large"],
)
def test_a_broken_report_says_so(source: bytes) -> None:
    with pytest.raises(BrokenReport):
        read_report(source)


def test_parts_in_parts_end() -> None:
    kind = b'Content-Type: multipart/report; report-type=delivery-status; boundary="%d"\r\n\r\n'
    begin = b"".join(kind % nr + b"--%d\r\n" % nr for nr in range(5000))
    with pytest.raises(BrokenReport):
        read_report(begin)


@given(st.data())
def test_whatever_stands_there_it_is_read_or_refused(data: st.DataObject) -> None:
    whole = report(TO)
    at = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(at, min(len(whole), at + 40)))
    put = data.draw(
        st.binary(max_size=20)
        | st.sampled_from([b"=?utf-8?q?=?=", b"<", b'"', b"\r\n", b";", b":"])
    )
    with suppress(NoReport, BrokenReport):
        read_report(whole[:at] + put + whole[end:])
