"""Sending e-mail to the mail sink, a real SMTP server in a process of its own."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from loket.connectors.email import (
    DefinitiefMislukt,
    Mail,
    Smtp,
    TijdelijkMislukt,
    VerzendenMislukt,
    compose,
    send,
)
from loket.simulators.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator

SENDER = "Gemeente Duinrade <post@duinrade.example.nl>"
MAIL = Mail(
    to="fenna.dewit@example.nl",
    subject="Er is nieuws over uw zaak",
    text="Bekijk het op https://duinrade.example.nl/mijn.",
    message_id="<1@duinrade.example.nl>",
    date=datetime(2026, 3, 4, 12, 30, tzinfo=UTC),
)


class Sink:
    """The mail sink as a test sees it."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.smtp = Smtp("127.0.0.1", said["smtp_port"], SENDER, timeout=5)
        self._api = httpx.Client(base_url=f"{said['url']}api/")

    def mails(self, to: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._api.get("messages", params={"to": to}).json()
        return found

    def fail(self, mode: str, times: int | None = 1) -> None:
        self._api.put("failure", json={"mode": mode, "times": times}).raise_for_status()

    def close(self) -> None:
        self._api.close()


@pytest.fixture(scope="module")
def sink_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sink]:
    folder = tmp_path_factory.mktemp("postbus")
    with running("mailsink", "--smtp-port=0", "--http-port=0", f"--dir={folder}") as mailsink:
        sink = Sink(mailsink.said)
        yield sink
        sink.close()


@pytest.fixture
def sink(sink_process: Sink) -> Iterator[Sink]:
    yield sink_process
    sink_process.fail("none")


@pytest.fixture
def mail() -> Mail:
    mark = uuid4().hex
    return replace(MAIL, to=f"{mark}@example.nl", message_id=f"<{mark}@duinrade.example.nl>")


def test_a_mail_arrives_as_it_was_given(sink: Sink, mail: Mail) -> None:
    mail = replace(
        mail,
        subject="Nieuws – €",
        text="Één regel.\n.\nNog een regel.",
        html="<p>Één regel.</p>",
        list_unsubscribe="https://duinrade.example.nl/voorkeuren",
    )
    receipt = send(sink.smtp, mail)
    (arrived,) = sink.mails(mail.to)
    headers = dict(arrived["headers"])
    assert receipt.code == 250
    assert arrived["id"] in receipt.answer
    assert receipt.message_id == arrived["message_id"] == mail.message_id
    assert arrived["sender"] == "post@duinrade.example.nl"
    assert arrived["from"] == SENDER
    assert arrived["to"] == mail.to
    assert arrived["subject"] == "Nieuws – €"
    assert arrived["text"].split() == mail.text.split()
    assert arrived["html"].strip() == mail.html
    assert headers["Date"] == "Wed, 04 Mar 2026 12:30:00 +0000"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe"] == "<https://duinrade.example.nl/voorkeuren>"


def test_text_alone_is_no_multipart() -> None:
    message = compose(Smtp("127.0.0.1", 25, SENDER), MAIL)
    assert message.get_content_type() == "text/plain"
    assert "List-Unsubscribe" not in message


def test_a_mail_is_seven_bits_and_reads_back_the_same() -> None:
    mail = replace(
        MAIL,
        subject="Besluit op uw aanvraag" + " en nog een" * 40,
        text="Één regel.\n" * 200,
        message_id=f"<{'a' * 150}@duinrade.example.nl>",
    )
    octets = compose(Smtp("127.0.0.1", 25, SENDER), mail).as_bytes()
    back = message_from_bytes(octets, policy=policy.default)
    assert octets.isascii()
    assert max(map(len, octets.splitlines())) <= 998
    assert back["Subject"] == mail.subject
    assert back["Message-ID"] == mail.message_id
    assert back.get_content().splitlines() == mail.text.splitlines()


def test_an_international_domain_is_written_in_ascii() -> None:
    message = compose(Smtp("127.0.0.1", 25, SENDER), replace(MAIL, to="info@súdwest.example.nl"))
    assert message["To"] == "info@xn--sdwest-pya.example.nl"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "Nieuws\r\nBcc: iedereen@example.nl"),
        ("subject", "Nieuws\nBcc: iedereen@example.nl"),
        ("subject", "Nieuws\x00"),
        ("to", "a@example.nl\r\nBcc: iedereen@example.nl"),
        ("to", "a@example.nl, b@example.nl"),
        ("to", "A <a@example.nl>"),
        ("to", "a@example.nl>\nRCPT TO:<b@example.nl"),
        ("to", "zonder-apenstaart"),
        ("to", "@example.nl"),
        ("to", "a@"),
        ("to", "a@exa mple.nl"),
        ("to", "é@example.nl"),
        ("to", ""),
        ("message_id", "zonder-haken@example.nl"),
        ("message_id", "<a@example.nl>\r\nBcc: iedereen@example.nl"),
        ("message_id", "<a@example.nl>\n"),
        ("list_unsubscribe", "https://example.nl/>\r\nBcc: iedereen@example.nl"),
        ("list_unsubscribe", "https://example.nl/>,<https://elders.example"),
        ("list_unsubscribe", "javascript:alert(1)"),
        ("date", datetime(2026, 3, 4, 12, 30)),  # noqa: DTZ001 - what is refused
    ],
)
def test_what_could_forge_a_header_is_refused_before_anything_is_sent(
    field: str, value: object
) -> None:
    nowhere = Smtp("127.0.0.1", 1, SENDER)
    broken: dict[str, Any] = {field: value}
    with pytest.raises(DefinitiefMislukt):
        send(nowhere, replace(MAIL, **broken))


def test_a_forged_sender_is_refused() -> None:
    with pytest.raises(DefinitiefMislukt):
        compose(Smtp("127.0.0.1", 25, f"{SENDER}\r\nBcc: iedereen@example.nl"), MAIL)


@pytest.mark.parametrize(
    ("mode", "failure", "code"),
    [("temporary", TijdelijkMislukt, 451), ("permanent", DefinitiefMislukt, 550)],
)
def test_a_refusal_carries_the_answer_of_the_server(
    sink: Sink, mail: Mail, mode: str, failure: type[VerzendenMislukt], code: int
) -> None:
    sink.fail(mode)
    with pytest.raises(failure) as caught:
        send(sink.smtp, mail)
    assert caught.value.code == code
    assert caught.value.answer
    assert mail.to not in str(caught.value)
    assert sink.mails(mail.to) == []
    send(sink.smtp, mail)
    assert len(sink.mails(mail.to)) == 1


def test_a_broken_connection_may_be_tried_again(sink: Sink, mail: Mail) -> None:
    sink.fail("drop")
    with pytest.raises(TijdelijkMislukt) as caught:
        send(sink.smtp, mail)
    assert caught.value.code is None
    assert sink.mails(mail.to) == []


def test_a_lost_reply_leads_to_a_second_copy_with_the_same_message_id(
    sink: Sink, mail: Mail
) -> None:
    sink.fail("lost-reply")
    with pytest.raises(TijdelijkMislukt):
        send(sink.smtp, mail)
    send(sink.smtp, mail)
    assert [copy["message_id"] for copy in sink.mails(mail.to)] == [mail.message_id] * 2


def test_nobody_listening_may_be_tried_again() -> None:
    with pytest.raises(TijdelijkMislukt):
        send(Smtp("127.0.0.1", 1, SENDER), MAIL)


def test_a_server_that_says_nothing_may_be_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(TijdelijkMislukt):
            send(Smtp("127.0.0.1", port, SENDER, timeout=0.2), MAIL)


def test_settings_keep_a_password_off_the_open_line() -> None:
    with pytest.raises(ValueError, match="starttls"):
        Smtp("mail.example.nl", 587, SENDER, user="loket", password="geheim")
    with pytest.raises(ValueError, match="both"):
        Smtp("127.0.0.1", 587, SENDER, user="loket")
    settings = Smtp("mail.example.nl", 587, SENDER, "loket", "geheim", starttls=True)
    assert "geheim" not in repr(settings)
