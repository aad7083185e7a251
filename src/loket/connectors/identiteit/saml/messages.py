"""The messages that we send: each has an id of its own, and our signature."""

from __future__ import annotations

import base64
import secrets
import zlib
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from loket.connectors.identiteit.saml.markup import PLACEHOLDER, SAML, SAMLP, SIGNATURE, SOAP
from loket.connectors.identiteit.saml.peer import ARTIFACT, REDIRECT
from loket.connectors.identiteit.saml.status import STATUS
from loket.kernel import clock

if TYPE_CHECKING:
    from loket.connectors.identiteit.saml.keys import Keys
    from loket.connectors.identiteit.saml.provider import SamlProvider

_ALGORITHM: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_DONE: Final = f'<samlp:StatusCode Value="{STATUS}Success"/>'
_REFUSED: Final = (
    f'<samlp:StatusCode Value="{STATUS}Requester">'
    f'<samlp:StatusCode Value="{STATUS}RequestDenied"/></samlp:StatusCode>'
)


def new_id() -> str:
    """Return an id that nobody can guess, in the form that XML wants."""
    return f"_{secrets.token_hex(20)}"


def authn_request(
    provider: SamlProvider, request_id: str, back: str, minimum: str, *, anew: bool
) -> str:
    """Ask who somebody is, with at least a level of assurance, by way of an artifact."""
    index = provider.service
    extra = f" AttributeConsumingServiceIndex={quoteattr(index)}" if index else ""
    extra += ' ForceAuthn="true"' if anew else ""
    place = "" if provider.peer.binding == REDIRECT else PLACEHOLDER
    return (
        f"{_head('AuthnRequest', request_id, provider.peer.sso)}"
        f" AssertionConsumerServiceURL={quoteattr(back)} ProtocolBinding={quoteattr(ARTIFACT)}"
        f"{extra}>{_issuer(provider)}{place}"
        f'<samlp:RequestedAuthnContext Comparison="minimum"><saml:AuthnContextClassRef>'
        f"{escape(minimum)}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>"
        "</samlp:AuthnRequest>"
    )


def artifact_resolve(provider: SamlProvider, request_id: str, to: str, artifact: str) -> str:
    """Ask for what an artifact stands for."""
    return (
        f"{_head('ArtifactResolve', request_id, to)}>{_issuer(provider)}{PLACEHOLDER}"
        f"<samlp:Artifact>{escape(artifact)}</samlp:Artifact></samlp:ArtifactResolve>"
    )


def logout_request(provider: SamlProvider, request_id: str, subject: str, index: str) -> str:
    """Tell the provider that a session ended here."""
    told = f"<samlp:SessionIndex>{escape(index)}</samlp:SessionIndex>" if index else ""
    return (
        f"{_head('LogoutRequest', request_id, provider.peer.logout)}>{_issuer(provider)}"
        f"<saml:NameID>{escape(subject)}</saml:NameID>{told}</samlp:LogoutRequest>"
    )


def logout_response(provider: SamlProvider, about: str, to: str, place: str, *, done: bool) -> str:
    """Tell the provider whether the sessions ended that its request `about` named.

    `to` is empty for an answer in the reply itself; `place` is where a signature comes to stand.
    """
    return (
        f"{_head('LogoutResponse', new_id(), to)} InResponseTo={quoteattr(about)}>"
        f"{_issuer(provider)}{place}<samlp:Status>{_DONE if done else _REFUSED}</samlp:Status>"
        "</samlp:LogoutResponse>"
    )


def enveloped(message: str) -> bytes:
    """Put a message in the envelope of SOAP."""
    body = f"<soap:Body>{message}</soap:Body>"
    return f'<soap:Envelope xmlns:soap="{SOAP}">{body}</soap:Envelope>'.encode()


def redirected(
    address: str, message: str, relay: str, keys: Keys, kind: str = "SAMLRequest"
) -> str:
    """Return the address that carries a message by the redirect binding, signed beside it."""
    squeezer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    small = squeezer.compress(message.encode()) + squeezer.flush()
    query = {kind: base64.b64encode(small).decode()}
    query |= {"RelayState": relay} if relay else {}
    told = urlencode(query | {"SigAlg": _ALGORITHM})
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{told}&{urlencode({'Signature': keys.signature(told.encode())})}"


def _head(name: str, request_id: str, to: str) -> str:
    destination = f" Destination={quoteattr(to)}" if to else ""
    issued = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<samlp:{name} xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}" xmlns:ds="{SIGNATURE}"'
        f' ID={quoteattr(request_id)} Version="2.0" IssueInstant="{issued}"{destination}'
    )


def _issuer(provider: SamlProvider) -> str:
    return f"<saml:Issuer>{escape(provider.entity_id)}</saml:Issuer>"
