"""Our own key and certificate at a provider: to sign with, to decrypt with, and for mutual TLS."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

if TYPE_CHECKING:
    from pathlib import Path

_CERTIFICATE = re.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_MORE: Final = "http://www.w3.org/2001/04/xmldsig-more#"
_HASHES: Final = {
    f"{_MORE}rsa-sha256": hashes.SHA256(), f"{_MORE}rsa-sha384": hashes.SHA384(),
    f"{_MORE}rsa-sha512": hashes.SHA512(),
}  # fmt: skip
"""How the bytes of an address may be signed; nothing with SHA-1."""


@dataclass(frozen=True)
class Keys:
    """What one PEM file holds: a private key, and its certificate with the chain above it.

    `ca` is a file with the roots that the provider's back channel is checked with, where those are
    not among the public ones (PKIoverheid private roots are not).
    """

    file: Path
    private: RSAPrivateKey = field(repr=False)
    certificate: str = field(repr=False)
    ca: Path | None = None

    @classmethod
    def read(cls, file: Path, ca: Path | None = None) -> Self:
        """Read the file; a ValueError tells what is wrong with it."""
        raw = file.read_text(encoding="ascii")
        private = load_pem_private_key(raw.encode(), password=None)
        certificates = certificates_in(raw)
        if not isinstance(private, RSAPrivateKey) or not certificates:
            raise ValueError(f"{file} must hold an RSA key and its certificate.")
        return cls(file, private, certificates[0], ca)

    def signature(self, content: bytes) -> str:
        """Sign bytes with RSA and SHA-256, as the redirect binding wants it."""
        made = self.private.sign(content, padding.PKCS1v15(), hashes.SHA256())
        return base64.b64encode(made).decode()


def proven(certificate: str, algorithm: str, content: bytes, signature: bytes) -> bool:
    """Tell whether the holder of a certificate signed bytes, with an algorithm that is strong."""
    public = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    if algorithm not in _HASHES or not isinstance(public, RSAPublicKey):
        return False
    try:
        public.verify(signature, content, padding.PKCS1v15(), _HASHES[algorithm])
    except InvalidSignature:
        return False
    return True


def certificates_in(text: str) -> list[str]:
    """Return the certificates in a PEM text, each as a PEM text."""
    return _CERTIFICATE.findall(text)


def bare(certificate: str) -> str:
    """Return a certificate as SAML metadata writes it: base64, and no lines around it."""
    return "".join(certificate.strip().splitlines()[1:-1])


def armoured(content: str) -> str:
    """Return a certificate as PEM, from how SAML metadata writes it."""
    plain = "".join(content.split())
    lines = [plain[at : at + 64] for at in range(0, len(plain), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])
