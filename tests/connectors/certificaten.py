"""Certificate authorities of our own, and the certificates that they sign for servers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Authority:
    """An authority, with its certificate in a file for whoever trusts it."""

    key: ec.EllipticCurvePrivateKey
    name: x509.Name
    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "ca.pem"

    def server(self, host: str = "127.0.0.1", *, good_for: timedelta = HOUR) -> Path:
        """Sign a certificate; return the file with it and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_name(host), self.name, key.public_key(), good_for).add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False
        )
        file = self.folder / f"{host}-{good_for.total_seconds():.0f}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        signed = builder.sign(self.key, hashes.SHA256())
        file.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
        return file


def authority(folder: Path, name: str) -> Authority:
    """Make an authority; its files stand in a folder of its own."""
    made = Authority(ec.generate_private_key(ec.SECP256R1()), _name(name), folder / name)
    made.folder.mkdir(parents=True)
    signed = (
        _builder(made.name, made.name, made.key.public_key(), HOUR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(made.key, hashes.SHA256())
    )
    made.file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    return made


def _name(said: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, said)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, good_for: timedelta
) -> x509.CertificateBuilder:
    end = datetime.now(UTC) + good_for
    return (
        x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number())
        .not_valid_before(end - 2 * HOUR)
        .not_valid_after(end)
    )
