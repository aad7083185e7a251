"""A message about a log-out as it comes in, by browser or back channel: only what was signed."""

from __future__ import annotations

import base64
import binascii
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_plus

from loket.connectors.identiteit.saml.keys import proven
from loket.connectors.identiteit.saml.markup import MOST_BYTES, SAMLP, parse, signed, single
from loket.connectors.identiteit.saml.peer import POST, REDIRECT, SOAP_BINDING
from loket.connectors.identiteit.values import AanmeldenMislukt, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loket.connectors.identiteit.saml.provider import SamlProvider

_TAGS: Final = {
    "SAMLRequest": f"{{{SAMLP}}}LogoutRequest", "SAMLResponse": f"{{{SAMLP}}}LogoutResponse",
}  # fmt: skip
_SIGNED: Final = ("SAMLRequest", "SAMLResponse", "RelayState", "SigAlg")
"""What the signature of the redirect binding covers, in this order."""


@dataclass(frozen=True)
class Carried:
    """A message that the provider signed, by which binding it came, and what to send back along."""

    element: Any
    binding: str
    relay: str = ""

    @property
    def answer(self) -> bool:
        """Whether it answers a request of ours."""
        return bool(self.element.tag == _TAGS["SAMLResponse"])


def from_query(provider: SamlProvider, query: str) -> Carried:
    """Read what came by the redirect binding; the query as it was sent, since that was signed."""
    told = _parts(query)
    kind = _kind(told)
    content = "&".join(f"{name}={told[name]}" for name in _SIGNED if name in told)
    algorithm, signature = (unquote_plus(told.get(name, "")) for name in ("SigAlg", "Signature"))
    raw = _decoded(signature)
    if not any(
        proven(certificate, algorithm, content.encode(), raw)
        for certificate in provider.peer.certificates
    ):
        raise AanmeldenMislukt(Reason.SIGNATURE, "The provider did not sign this address.")
    root = _checked(parse(_inflated(_decoded(unquote_plus(told[kind])))), kind)
    return Carried(root, REDIRECT, unquote_plus(told.get("RelayState", "")))


def from_form(provider: SamlProvider, form: Mapping[str, str]) -> Carried:
    """Read what came by the POST binding."""
    kind = _kind(form)
    root = _checked(parse(_decoded(form[kind])), kind)
    return Carried(signed(root, provider.peer.certificates), POST, form.get("RelayState", ""))


def from_envelope(provider: SamlProvider, raw: bytes) -> Carried:
    """Read a request that came by the back channel, in an envelope of SOAP."""
    request = single(parse(raw), "soap:Body/samlp:LogoutRequest")
    return Carried(signed(request, provider.peer.certificates), SOAP_BINDING)


def _parts(query: str) -> dict[str, str]:
    """Return each parameter as it was written; one that comes twice could be read in two ways."""
    told: dict[str, str] = {}
    for part in query.split("&"):
        name, _, value = part.partition("=")
        if name in told:
            raise AanmeldenMislukt(Reason.TOKEN, "A parameter comes twice.")
        told[name] = value
    return told


def _kind(names: Iterable[str]) -> str:
    several = [each for each in _TAGS if each in names]
    if len(several) != 1:
        raise AanmeldenMislukt(Reason.TOKEN, "There is not exactly one message.")
    return several[0]


def _checked(root: Any, kind: str) -> Any:
    if root.tag != _TAGS[kind]:
        raise AanmeldenMislukt(Reason.TOKEN, "The message is about no log-out.")
    return root


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError) as error:
        raise AanmeldenMislukt(Reason.TOKEN, "This is no base64.") from error


def _inflated(raw: bytes) -> bytes:
    """Unpack a message, and no more of it than we would read."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        plain = unpacker.decompress(raw, MOST_BYTES)
    except zlib.error as error:
        raise AanmeldenMislukt(Reason.TOKEN, "The message cannot be unpacked.") from error
    if not unpacker.eof:
        raise AanmeldenMislukt(Reason.TOKEN, "The message is cut off, or too long.")
    return plain
