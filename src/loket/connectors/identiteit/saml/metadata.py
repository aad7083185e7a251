"""What we say of ourselves to a provider: the metadata that it is given before the first log-in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from loket.connectors.identiteit.saml.keys import bare
from loket.connectors.identiteit.saml.markup import (
    METADATA,
    PLACEHOLDER,
    SAMLP,
    SIGNATURE,
    sign,
)
from loket.connectors.identiteit.saml.messages import new_id
from loket.connectors.identiteit.saml.peer import ARTIFACT, POST, REDIRECT, SOAP_BINDING

if TYPE_CHECKING:
    from loket.connectors.identiteit.saml.keys import Keys


def describe(
    entity_id: str, keys: Keys, next_keys: Keys | None, back: str, leave: tuple[str, str]
) -> str:
    """Return our signed metadata: where we take artifacts and log-outs, and our certificates.

    `leave` are the addresses for log-outs: by a browser, and by the back channel.
    """
    browser, channel = leave
    doors = ((REDIRECT, browser), (POST, browser), (SOAP_BINDING, channel))
    leaving = "".join(
        f'<md:SingleLogoutService Binding="{binding}" Location={quoteattr(address)}/>'
        for binding, address in doors
    )
    both = [each for each in (keys, next_keys) if each is not None]
    known = "".join(_key(use, each) for use in ("signing", "encryption") for each in both)
    return sign(
        f'<md:EntityDescriptor xmlns:md="{METADATA}" xmlns:ds="{SIGNATURE}"'
        f" ID={quoteattr(new_id())} entityID={quoteattr(entity_id)}>{PLACEHOLDER}"
        f'<md:SPSSODescriptor protocolSupportEnumeration="{SAMLP}" AuthnRequestsSigned="true"'
        f' WantAssertionsSigned="true">{known}{leaving}'
        f'<md:AssertionConsumerService Binding="{ARTIFACT}" Location={quoteattr(back)}'
        ' index="0" isDefault="true"/></md:SPSSODescriptor></md:EntityDescriptor>',
        keys,
    )


def _key(use: str, keys: Keys) -> str:
    return (
        f'<md:KeyDescriptor use="{use}"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>'
        f"{escape(bare(keys.certificate))}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        "</md:KeyDescriptor>"
    )
