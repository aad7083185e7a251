"""XML Encryption as DigiD and eHerkenning use it: a key for us (RSA-OAEP), the rest by AES.

Only what is inside something that was signed is decrypted, so nobody can ask us for the padding.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from loket.connectors.identiteit.saml.markup import ENCRYPTION, SAML, SIGNATURE, found, parse, words
from loket.connectors.identiteit.values import AanmeldenMislukt, Reason

if TYPE_CHECKING:
    from loket.connectors.identiteit.saml.provider import SamlProvider

_NEWER: Final = "http://www.w3.org/2009/xmlenc11#"
_BLOCK: Final = 16
_NONCE: Final = 12
_CBC: Final = {f"{ENCRYPTION}aes128-cbc": 16, f"{ENCRYPTION}aes256-cbc": 32}
_GCM: Final = {f"{_NEWER}aes128-gcm": 16, f"{_NEWER}aes256-gcm": 32}
_OAEP: Final = {f"{ENCRYPTION}rsa-oaep-mgf1p", f"{_NEWER}rsa-oaep"}
_AROUND: Final = f'<around xmlns:saml="{SAML}" xmlns:saml2="{SAML}">'.encode()
_DIGESTS: Final = {
    "": hashes.SHA1, f"{SIGNATURE}sha1": hashes.SHA1, f"{ENCRYPTION}sha256": hashes.SHA256,
}  # fmt: skip
_MASKS: Final = {
    "": hashes.SHA1, f"{_NEWER}mgf1sha1": hashes.SHA1, f"{_NEWER}mgf1sha256": hashes.SHA256,
}  # fmt: skip


def decrypted(provider: SamlProvider, encrypted: Any) -> Any:
    """Return the element inside an EncryptedID or EncryptedAssertion."""
    content = found(encrypted, "xenc:EncryptedData")
    # the key stands inside the data, or beside it
    keys = found(encrypted, ".//xenc:EncryptedKey")
    if len(content) != 1 or not keys:
        raise AanmeldenMislukt(Reason.ENCRYPTION, "There is no key, or nothing to decrypt.")
    method, sealed = _sealed(content[0])
    for key in keys:
        for own in (provider.keys, provider.next_keys):
            secret = _secret(own.private, key) if own is not None else None
            if secret is not None:
                return _read(_opened(method, secret, sealed))
    raise AanmeldenMislukt(Reason.ENCRYPTION, "This was encrypted for somebody else.")


def _read(plain: bytes) -> Any:
    """Read a fragment, that may lean on prefixes declared around where it stood."""
    return parse(_AROUND + plain + b"</around>")[0] if plain.startswith(b"<saml") else parse(plain)


def _sealed(element: Any) -> tuple[str, bytes]:
    methods = found(element, "xenc:EncryptionMethod")
    values = found(element, "xenc:CipherData/xenc:CipherValue")
    if len(methods) != 1 or len(values) != 1:
        raise AanmeldenMislukt(Reason.ENCRYPTION, "How it was encrypted is not said.")
    try:
        return methods[0].get("Algorithm", ""), base64.b64decode(words(values[0]))
    except binascii.Error as error:
        raise AanmeldenMislukt(Reason.ENCRYPTION, "What was encrypted is broken.") from error


def _secret(private: Any, element: Any) -> bytes | None:
    """Return the key inside an EncryptedKey, or None when it is not for us."""
    method, sealed = _sealed(element)
    digest = found(element, "xenc:EncryptionMethod/ds:DigestMethod")
    mask = found(element, f"xenc:EncryptionMethod/{{{_NEWER}}}MGF")
    hash_of = _DIGESTS.get(digest[0].get("Algorithm", "") if digest else "")
    mask_of = _MASKS.get(mask[0].get("Algorithm", "") if mask else "")
    if method not in _OAEP or hash_of is None or mask_of is None:
        raise AanmeldenMislukt(Reason.ENCRYPTION, f"{method} is not supported.")
    try:
        secret: bytes = private.decrypt(sealed, OAEP(MGF1(mask_of()), hash_of(), None))
    except ValueError:
        return None
    return secret


def _opened(method: str, secret: bytes, sealed: bytes) -> bytes:
    length = _CBC.get(method) or _GCM.get(method)
    if length != len(secret):
        raise AanmeldenMislukt(Reason.ENCRYPTION, f"{method} is not supported.")
    try:
        if method in _GCM:
            return AESGCM(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        opened = Cipher(AES(secret), CBC(sealed[:_BLOCK])).decryptor()
        plain = opened.update(sealed[_BLOCK:]) + opened.finalize()
        padding = plain[-1]
    except (InvalidTag, ValueError, IndexError) as error:
        raise AanmeldenMislukt(Reason.ENCRYPTION, "It does not decrypt.") from error
    if not 1 <= padding <= _BLOCK:
        raise AanmeldenMislukt(Reason.ENCRYPTION, "It does not decrypt.")
    return plain[:-padding]
