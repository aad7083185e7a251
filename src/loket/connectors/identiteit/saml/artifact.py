"""From the artifact that a browser brings to the answer that it stands for, by the back channel."""

from __future__ import annotations

import base64
import binascii
from datetime import timedelta
from hashlib import sha1, sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import requests

from loket.connectors.identiteit.saml.markup import MOST_BYTES, found, parse, sign, signed, single
from loket.connectors.identiteit.saml.messages import artifact_resolve, enveloped, new_id
from loket.connectors.identiteit.saml.status import check_issuer, check_status
from loket.connectors.identiteit.values import AanmeldenMislukt, Reason
from loket.kernel import clock

if TYPE_CHECKING:
    from loket.connectors.identiteit.saml.provider import SamlProvider

_TYPE: Final = b"\x00\x04"
_LENGTH: Final = 44
_KEPT: Final = timedelta(hours=1)
"""How long we know that an artifact was used; at the provider it lasts some minutes."""


def resolve(provider: SamlProvider, artifact: str) -> Any:
    """Return the Response that an artifact stands for, as the provider signed it."""
    address = _address(provider, artifact)
    mark = f"artifact:{sha256(artifact.encode()).hexdigest()}"
    if not provider.once(mark, clock.now() + _KEPT):
        raise AanmeldenMislukt(Reason.REPLAYED, "The artifact was used before.")
    request_id = new_id()
    message = sign(artifact_resolve(provider, request_id, address, artifact), provider.keys)
    envelope = parse(_post(provider, address, enveloped(message)))
    answer = signed(
        single(envelope, "soap:Body/samlp:ArtifactResponse"), provider.peer.certificates
    )
    if answer.get("InResponseTo") != request_id:
        raise AanmeldenMislukt(Reason.NONCE, "The answer is to another question.")
    check_issuer(provider, answer, demanded=True)
    check_status(answer)
    if not found(answer, "samlp:Response"):
        raise AanmeldenMislukt(Reason.CODE, "The provider does not know the artifact any more.")
    return single(answer, "samlp:Response")


def _address(provider: SamlProvider, artifact: str) -> str:
    """Return where to exchange the artifact: it names its provider, and one of its addresses."""
    try:
        raw = base64.b64decode(artifact, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != _LENGTH or not raw.startswith(_TYPE):
        raise AanmeldenMislukt(Reason.CODE, "There is no artifact.")
    # the standard names a provider by this digest; nothing's safety depends on it
    known = sha1(provider.peer.entity_id.encode(), usedforsecurity=False).digest()
    if raw[4:24] != known:
        raise AanmeldenMislukt(Reason.ISSUER, "The artifact is of another provider.")
    address = provider.peer.resolver(int.from_bytes(raw[2:4]))
    if address is None:
        raise AanmeldenMislukt(Reason.ISSUER, "The provider has no such address.")
    return address


def _post(provider: SamlProvider, address: str, message: bytes) -> bytes:
    """Send over mutual TLS: our certificate shows who asks, and theirs is checked."""
    keys = provider.keys
    headers = {
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": "http://www.oasis-open.org/committees/security",
    }
    try:
        with requests.post(
            address, data=message, headers=headers, timeout=provider.timeout,
            allow_redirects=False, cert=str(keys.file), stream=True,
            verify=str(keys.ca) if keys.ca else True,
        ) as reply:  # fmt: skip
            content = b""
            for piece in reply.iter_content(2**16):
                content += piece
                if len(content) > MOST_BYTES:
                    break
    except (requests.RequestException, OSError) as error:
        raise AanmeldenMislukt(Reason.UNREACHABLE, type(error).__name__) from error
    if reply.status_code != HTTPStatus.OK:
        raise AanmeldenMislukt(Reason.UNREACHABLE, f"It answered {reply.status_code}.")
    return content
