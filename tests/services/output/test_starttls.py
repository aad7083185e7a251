"""A message goes out over a line that nobody can listen in on, or it waits."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import pytest

from loket.connectors.email import Smtp
from loket.simulators.mailsink.receiving import Receiver
from tests.connectors.certificaten import HOUR, Authority, authority
from tests.connectors.test_email_session import listening
from tests.services.output.test_output import klant, reachable, zaak_van

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Api
    from tests.registers.zaken.zaakwerk import Werk
    from tests.services.output.postkamer import Postkamer

__all__ = ["klant"]

Json = dict[str, Any]


@pytest.fixture
def ca(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """The authority that the municipality trusts."""
    made = authority(tmp_path, "vertrouwd")
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    return made


@pytest.fixture
def planned(api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json) -> Postkamer:
    """A message that goes by mail at the next round."""
    reachable(api, klant, "zaakstatus", "email")
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    return postkamer


def send(room: Postkamer, certificate: Path | None) -> None:
    """Let the worker send by a server that takes mail over TLS only, or knows no TLS at all."""
    options: dict[str, Any] = {}
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        options = {"tls_context": context, "require_starttls": True}
    with listening(Receiver(room.mailbox, room.luck), **options) as port:
        sender = "Gemeente Duinrade <post@duinrade.example>"
        room.set(smtp=Smtp("127.0.0.1", port, sender, starttls=True, timeout=5))
        room.work()


@pytest.mark.req("M55")
def test_a_message_goes_over_tls(planned: Postkamer, ca: Authority) -> None:
    send(planned, ca.server())
    assert planned.states() == [("email", "verzonden")]
    assert len(planned.mails()) == 1


def test_without_tls_on_our_side_such_a_server_takes_nothing(
    planned: Postkamer, ca: Authority
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(ca.server())
    receiver = Receiver(planned.mailbox, planned.luck)
    with listening(receiver, tls_context=context, require_starttls=True) as port:
        planned.set(smtp=Smtp("127.0.0.1", port, "post@duinrade.example", timeout=5))
        planned.work()
    assert (planned.states(), planned.mails()) == ([("email", "gepland")], [])


@pytest.mark.req("M13", "M55")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("another authority", "CERTIFICATE_VERIFY_FAILED"),
        ("another host", "IP address mismatch"),
        ("over", "certificate has expired"),
        ("no TLS", "STARTTLS"),
    ],
)
def test_what_is_not_the_server_gets_nothing_and_the_message_waits(
    planned: Postkamer, ca: Authority, tmp_path: Path, wrong: str, said: str
) -> None:
    """It is known as planned, with the reason; it goes once the certificate is right."""
    shown = {
        "another authority": authority(tmp_path, "vreemd").server(),
        "another host": ca.server("127.0.0.9"),
        "over": ca.server(good_for=-HOUR / 2),
        "no TLS": None,
    }
    for attempt in (1, 2):
        send(planned, shown[wrong])
        (message,) = planned.messages()
        assert (message["status"], message["pogingen"]) == ("gepland", attempt)
        assert said in message["uitkomst"]
        planned.due()
    assert planned.mails() == []
    send(planned, ca.server())
    assert planned.states() == [("email", "verzonden")]
    assert len(planned.mails()) == 1
