"""XML Encryption, as a provider would do it."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

if TYPE_CHECKING:
    from loket.connectors.identiteit.saml import Keys

XENC = "http://www.w3.org/2001/04/xmlenc#"
METHODS = {
    "aes256-cbc": f"{XENC}aes256-cbc",
    "aes256-gcm": "http://www.w3.org/2009/xmlenc11#aes256-gcm",
}


def sealed(text: str, keys: Keys, method: str = "aes256-cbc", kind: str = "EncryptedID") -> str:
    """Encrypt a text for the holder of `keys`."""
    secret = os.urandom(32)
    hidden = OAEP(MGF1(hashes.SHA1()), hashes.SHA1(), None)  # noqa: S303 - as the standard names it
    key = keys.private.public_key().encrypt(secret, hidden)
    content = (_gcm if method.endswith("gcm") else _cbc)(text.encode(), secret)
    return (
        f'<saml:{kind} xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">'
        f'<xenc:EncryptedData xmlns:xenc="{XENC}">'
        f'<xenc:EncryptionMethod Algorithm="{METHODS[method]}"/>'
        '<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey>'
        f'<xenc:EncryptionMethod Algorithm="{XENC}rsa-oaep-mgf1p"/>{_value(key)}'
        f"</xenc:EncryptedKey></ds:KeyInfo>{_value(content)}</xenc:EncryptedData></saml:{kind}>"
    )


def _value(raw: bytes) -> str:
    text = base64.b64encode(raw).decode()
    return f"<xenc:CipherData><xenc:CipherValue>{text}</xenc:CipherValue></xenc:CipherData>"


def _cbc(plain: bytes, secret: bytes) -> bytes:
    missing = 16 - len(plain) % 16
    start = os.urandom(16)
    cipher = Cipher(AES(secret), CBC(start)).encryptor()
    padded = plain + os.urandom(missing - 1) + bytes([missing])
    return start + cipher.update(padded) + cipher.finalize()


def _gcm(plain: bytes, secret: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(secret).encrypt(nonce, plain, None)
