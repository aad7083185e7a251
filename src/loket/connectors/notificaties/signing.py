"""HTTP Message Signatures (RFC 9421): signing what goes out, and checking what comes in.

A signature covers the method, the whole address, the kind of content and its digest (RFC 9530). It
holds for a few minutes, and a number that is used once tells it from any other.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import http_sf
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureAlgorithm,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    algorithms,
)

from loket.kernel.clock import now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

COVERED: Final = ("@method", "@target-uri", "content-type", "content-digest")
HOLDS: Final = timedelta(minutes=5)
"""How long a signature of ours holds, and how old one of another may be."""

SKEW: Final = timedelta(minutes=1)
"""By how much two clocks may differ."""

LABEL: Final = "loket"

_SIGNER: Final = HTTPMessageSigner(signature_algorithm=algorithms.ED25519)
"""It says what is to be signed; the headers are added here, which takes half the time."""

_BY_KIND: Final[dict[type, type[HTTPSignatureAlgorithm]]] = {
    Ed25519PublicKey: algorithms.ED25519,
    EllipticCurvePublicKey: algorithms.ECDSA_P256_SHA256,
    RSAPublicKey: algorithms.RSA_PSS_SHA512,
}


class Unsigned(Exception):
    """It is not signed as was agreed; says why."""


class UnknownKey(Unsigned):
    """It is signed with a key that is not among those known."""


@dataclass
class Request:
    """What is signed of a request, beside its body; signing adds headers."""

    url: str
    headers: dict[str, str]
    method: str = "POST"


@dataclass(frozen=True)
class Signer:
    """A key, and what others know it by."""

    keyid: str
    key: Ed25519PrivateKey = field(repr=False)

    def sign(self, request: Any, body: bytes) -> None:
        """Add the digest and the signature to the headers of a request, anew at each attempt."""
        moment = now()
        made = _SIGNER.prepare(
            request, key_id=self.keyid, created=moment, expires=moment + HOLDS,
            nonce=secrets.token_urlsafe(16), covered_component_ids=COVERED, body=body,
        )  # fmt: skip
        signature = base64.b64encode(self.key.sign(made.signature_base)).decode()
        request.headers["Signature-Input"] = f"{LABEL}={made.signature_params}"
        request.headers["Signature"] = f"{LABEL}=:{signature}:"


def nonce_of(request: Request, body: bytes, keys: Mapping[str, Any]) -> str:
    """Check the signature of a request against public keys by their id; return its nonce. Unsigned.

    Whether the nonce was seen before is for the caller to know.
    """
    keyid = _keyid(request)
    key = keys.get(keyid)
    if key is None:
        raise UnknownKey("De handtekening is van een onbekende sleutel.")
    algorithm = next(found for kind, found in _BY_KIND.items() if isinstance(key, kind))
    verifier = _Verifier(signature_algorithm=algorithm, key_resolver=_Theirs(keyid, key))
    try:
        (found,) = verifier.verify(request, max_age=HOLDS, require_components=COVERED, body=body)
    except InvalidSignature as problem:
        raise Unsigned(f"De handtekening klopt niet: {str(problem) or 'zij past niet'}.") from None
    if not found.nonce:
        raise Unsigned("De handtekening heeft geen nonce.")
    return found.nonce


def is_usable(key: Any) -> bool:
    """Tell whether signatures can be checked with a public key."""
    curve = getattr(key, "curve", None)
    return isinstance(key, tuple(_BY_KIND)) and (curve is None or isinstance(curve, SECP256R1))


def _keyid(request: Request) -> str:
    """Return by which key a request says that it is signed; Unsigned."""
    told = {name.lower(): value for name, value in request.headers.items()}
    if not told.get("signature-input"):
        raise Unsigned("Dit is niet ondertekend, en dat is wel afgesproken.")
    try:
        parsed: Any = http_sf.parse(told["signature-input"].encode(), tltype="dictionary")
        (_, params), *_ = parsed.values()
        keyid = params["keyid"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unsigned("De handtekening is niet te lezen, of noemt geen sleutel.") from None
    return str(keyid)


class _Verifier(HTTPMessageVerifier):
    max_clock_skew = SKEW


@dataclass(frozen=True)
class _Theirs(HTTPSignatureKeyResolver):
    keyid: str
    key: Any

    def resolve_public_key(self, key_id: str) -> Any:
        return self.key if key_id == self.keyid else None
