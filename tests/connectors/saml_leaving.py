"""Log-outs as a SAML provider begins and answers them, by each binding."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

from lxml import etree

from .saml_idp import IDP, PLACE, SAML, SAMLP, SPACES, SUCCESS, at

if TYPE_CHECKING:
    from loket.connectors.identiteit.saml import Keys

    from .saml_idp import Idp

LEAVE = "https://loket.example/inloggen/saml/uitloggen/digid/"
CHANNEL = f"{LEAVE}soap/"
ALSO_POST = (
    '<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"'
    ' Location="https://digid.example/uit" ResponseLocation="https://digid.example/klaar"/>'
)
SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
EVA = "<saml:NameID>s00000000:999993653</saml:NameID>"


@dataclass(frozen=True)
class Asked:
    """A request to log somebody out; each part can be made a lie."""

    name: str = EVA
    indexes: tuple[str, ...] = ()
    destination: str = LEAVE
    issuer: str = IDP
    issued: float = 0
    until: float | None = None
    request_id: str = field(default_factory=lambda: f"_v{uuid4().hex}")

    def xml(self) -> str:
        until = "" if self.until is None else f' NotOnOrAfter="{at(self.until)}"'
        to = f' Destination="{self.destination}"' if self.destination else ""
        told = "".join(f"<samlp:SessionIndex>{i}</samlp:SessionIndex>" for i in self.indexes)
        return (
            f'<samlp:LogoutRequest xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}"'
            f' ID="{self.request_id}" Version="2.0" IssueInstant="{at(self.issued)}"{to}{until}>'
            f"<saml:Issuer>{self.issuer}</saml:Issuer>{PLACE}{self.name}{told}"
            "</samlp:LogoutRequest>"
        )


@dataclass(frozen=True)
class Done:
    """The answer to a request of ours."""

    about: str
    destination: str = LEAVE
    status: str = SUCCESS

    def xml(self) -> str:
        return (
            f'<samlp:LogoutResponse xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}" ID="_n{uuid4().hex}"'
            f' Version="2.0" IssueInstant="{at(0)}" InResponseTo="{self.about}"'
            f' Destination="{self.destination}"><saml:Issuer>{IDP}</saml:Issuer>{PLACE}'
            f'<samlp:Status><samlp:StatusCode Value="{self.status}"/></samlp:Status>'
            "</samlp:LogoutResponse>"
        )


def packed(text: str) -> str:
    squeezer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return base64.b64encode(squeezer.compress(text.encode()) + squeezer.flush()).decode()


def by_query(
    message: Asked | Done, keys: Keys, relay: str = "", algorithm: str = SHA256, text: str = ""
) -> str:
    """Return the query of the redirect binding, signed beside the message."""
    kind = "SAMLRequest" if isinstance(message, Asked) else "SAMLResponse"
    query = {kind: packed(text or message.xml().replace(PLACE, ""))}
    query |= {"RelayState": relay} if relay else {}
    told = urlencode(query | {"SigAlg": algorithm})
    return f"{told}&{urlencode({'Signature': keys.signature(told.encode())})}"


def by_form(message: Asked | Done, idp: Idp, relay: str = "") -> dict[str, str]:
    kind = "SAMLRequest" if isinstance(message, Asked) else "SAMLResponse"
    form = {kind: base64.b64encode(idp.signed(message.xml()).encode()).decode()}
    return form | ({"RelayState": relay} if relay else {})


def by_envelope(text: str) -> bytes:
    soap = SPACES["soap"]
    inside = f"<soap:Body>{text}</soap:Body>"
    return f'<soap:Envelope xmlns:soap="{soap}">{inside}</soap:Envelope>'.encode()


def carried_in(url: str, kind: str = "SAMLResponse") -> Any:
    """Return the message in an address of the redirect binding."""
    raw = base64.b64decode(parse_qs(urlsplit(url).query)[kind][0])
    return etree.fromstring(zlib.decompress(raw, -zlib.MAX_WBITS))


def statuses(response: Any) -> list[str]:
    """Return the codes of an answer, from the outer to the inner, without what all begin with."""
    return [each.get("Value").split(":")[-1] for each in response.iter(f"{{{SAMLP}}}StatusCode")]
