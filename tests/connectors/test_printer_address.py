"""Where a print queue may be, and whom Loket believes to be one."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from loket.connectors.printer import Ipp, JobState, TijdelijkMislukt, job_state
from loket.connectors.printer.encoding import Value
from loket.connectors.printer.words import Tag
from tests.connectors.test_printer import answer, answering

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "uri",
    [
        "ipp://print.duinrade.example.nl/printers/brieven",
        "http://127.0.0.1/printers/brieven",
        "https://print.duinrade.example.nl/printers/brieven",
        "ipps:///printers/brieven",
        "ipps://jan:geheim@print.duinrade.example.nl/printers/brieven",
        "ipps://print.duinrade.example.nl:99999/printers/brieven",
        "ipps://print.duinrade.example.nl/printers/brieven?x=1",
        "brieven",
    ],
)
def test_an_address_that_others_could_read_from_is_refused(uri: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)address|port"):
        Ipp(uri)


@pytest.mark.parametrize(
    ("uri", "url"),
    [
        (
            "ipps://print.example.nl/printers/brieven",
            "https://print.example.nl:631/printers/brieven",
        ),
        ("ipps://print.example.nl:443/printers/b", "https://print.example.nl:443/printers/b"),
        ("ipps://print.example.nl", "https://print.example.nl:631/"),
        ("ipp://localhost/ipp/print", "http://localhost:631/ipp/print"),
        ("ipp://[::1]/ipp/print", "http://[::1]:631/ipp/print"),
    ],
)
def test_ipp_goes_over_http_at_its_own_port(uri: str, url: str) -> None:
    assert Ipp(uri).url == url


def test_a_user_is_a_name() -> None:
    with pytest.raises(ValueError, match="user"):
        Ipp("ipp://localhost/ipp/print", user="twee\nregels")


def test_a_password_goes_along_and_is_not_shown() -> None:
    told = answer(job_state=Value(Tag.ENUM, 9))
    with answering(told) as (plain, asked):
        printer = Ipp(plain.uri, user="loket", password="geheim")
        job_state(printer, 1)
        job_state(plain, 1)
    assert asked[0]["Authorization"] == "Basic bG9rZXQ6Z2VoZWlt"
    assert asked[1]["Authorization"] is None
    assert "geheim" not in repr(printer)


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate as a print server signs it itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "print")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    address = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    made = made.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(hours=1))
    signed = made.add_extension(address, critical=False).sign(key, hashes.SHA256())
    public, private = folder / "print.pem", folder / "print.key"
    public.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context


def test_a_queue_that_signs_its_own_certificate_is_trusted_by_that_alone(tmp_path: Path) -> None:
    trusted, tls = certificate(tmp_path)
    with answering(answer(job_state=Value(Tag.ENUM, 9)), tls=tls) as (by_number, _):
        uri = by_number.uri.replace("127.0.0.1", "localhost")
        assert job_state(Ipp(uri, timeout=5, trusted=trusted), 1) is JobState.COMPLETED
        for stranger in (
            Ipp(uri, timeout=5),
            Ipp(by_number.uri, timeout=5, trusted=trusted),  # another name
            Ipp(uri, timeout=5, trusted=tmp_path / "weg.pem"),
        ):
            with pytest.raises(TijdelijkMislukt):
                job_state(stranger, 1)
