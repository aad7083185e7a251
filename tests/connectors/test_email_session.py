"""E-mail against a server with TLS, log-in and a will of its own."""

from __future__ import annotations

import asyncio
import ssl
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from loket.connectors.email import (
    DefinitiefMislukt,
    Mail,
    Smtp,
    TijdelijkMislukt,
    VerzendenMislukt,
    send,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SENDER = "post@duinrade.example.nl"
MAIL = Mail(
    to="fenna.dewit@example.nl",
    subject="Er is nieuws",
    text="Bekijk het in het portaal.",
    message_id="<1@duinrade.example.nl>",
    date=datetime(2026, 3, 4, 12, 30, tzinfo=UTC),
)


class Willful:
    """Answers MAIL and DATA as it is told, and remembers what it saw."""

    def __init__(
        self, *, to_mail: str = "250 OK", to_data: str = "250 OK", to_quit: str = "221 Dag"
    ) -> None:
        self.to_mail, self.to_data, self.to_quit = to_mail, to_data, to_quit
        self.helo: str | None = None
        self.encrypted = False
        self.user: bytes | None = None

    async def handle_MAIL(  # noqa: N802 - named by aiosmtpd
        self, _server: SMTP, session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        self.helo, self.encrypted = session.host_name, session.ssl is not None
        self.user = session.auth_data.login if session.auth_data else None
        envelope.mail_from = address
        return self.to_mail

    async def handle_DATA(  # noqa: N802 - named by aiosmtpd
        self, _server: SMTP, _session: Any, _envelope: Any
    ) -> str:
        return self.to_data

    async def handle_QUIT(  # noqa: N802 - named by aiosmtpd
        self, server: SMTP, _session: Any, _envelope: Any
    ) -> str:
        if not self.to_quit and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return self.to_quit


@contextmanager
def listening(handler: object, **options: Any) -> Iterator[int]:
    ready: Future[tuple[int, Callable[[], object]]] = Future()

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        stopped = asyncio.Event()
        server = await loop.create_server(
            lambda: SMTP(handler, loop=loop, **options), "127.0.0.1", 0
        )
        stop = partial(loop.call_soon_threadsafe, stopped.set)
        ready.set_result((server.sockets[0].getsockname()[1], stop))
        await stopped.wait()
        server.close()
        sessions = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*sessions, return_exceptions=True)
        await asyncio.sleep(0.01)  # transports close one round later

    with ThreadPoolExecutor(1) as pool:
        serving = pool.submit(asyncio.run, serve())
        port, stop = ready.result(5)
        try:
            yield port
        finally:
            stop()
            serving.result(5)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "mail.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def tls(certificate: Path) -> dict[str, Any]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return {"tls_context": context, "require_starttls": True}


def authenticate(_server: SMTP, _session: Any, _envelope: Any, _how: str, proof: Any) -> AuthResult:
    right = proof == LoginPassword(b"loket", b"geheim")
    return AuthResult(success=right, handled=right, auth_data=proof if right else None)


def test_starttls_and_log_in(
    tls: dict[str, Any], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    handler = Willful()
    with listening(handler, authenticator=authenticate, auth_required=True, **tls) as port:
        send(Smtp("127.0.0.1", port, SENDER, "loket", "geheim", starttls=True), MAIL)
    assert handler.encrypted
    assert handler.user == b"loket"
    assert handler.helo == "duinrade.example.nl"


def test_a_wrong_password_is_our_setting_and_may_be_tried_again(
    tls: dict[str, Any], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with (
        listening(Willful(), authenticator=authenticate, auth_required=True, **tls) as port,
        pytest.raises(TijdelijkMislukt) as caught,
    ):
        send(Smtp("127.0.0.1", port, SENDER, "loket", "fout", starttls=True), MAIL)
    assert caught.value.code == 535


@pytest.mark.parametrize("parting", ["", "500 Wat zegt u?"])
def test_a_mail_that_was_taken_stays_taken_however_the_parting_goes(parting: str) -> None:
    with listening(Willful(to_quit=parting)) as port:
        assert send(Smtp("127.0.0.1", port, SENDER), MAIL).code == 250


def test_an_unknown_certificate_is_not_trusted(tls: dict[str, Any]) -> None:
    handler = Willful()
    with (
        listening(handler, **tls) as port,
        pytest.raises(TijdelijkMislukt, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        send(Smtp("127.0.0.1", port, SENDER, starttls=True), MAIL)
    assert handler.helo is None


def test_a_server_without_tls_gets_no_mail_where_tls_is_set() -> None:
    handler = Willful()
    with listening(handler) as port, pytest.raises(TijdelijkMislukt):
        send(Smtp("127.0.0.1", port, SENDER, starttls=True), MAIL)
    assert handler.helo is None


@pytest.mark.parametrize(
    ("handler", "failure", "code"),
    [
        (Willful(to_mail="550 Deze afzender mag niet"), TijdelijkMislukt, 550),
        (Willful(to_mail="421 Druk"), TijdelijkMislukt, 421),
        (Willful(to_data="554 Ongewenste inhoud"), DefinitiefMislukt, 554),
        (Willful(to_data="452 Schijf vol"), TijdelijkMislukt, 452),
    ],
    ids=["sender", "busy", "content", "full"],
)
def test_whose_fault_a_refusal_is(
    handler: Willful, failure: type[VerzendenMislukt], code: int
) -> None:
    with listening(handler) as port, pytest.raises(VerzendenMislukt) as caught:
        send(Smtp("127.0.0.1", port, SENDER), MAIL)
    assert type(caught.value) is failure
    assert caught.value.code == code
