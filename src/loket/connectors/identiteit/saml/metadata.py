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
from loket.connectors.identiteit.saml.peer import ARTIFACT, REDIRECT

if TYPE_CHECKING:
    from loket.connectors.identiteit.saml.keys import Keys


def describe(entity_id: str, keys: Keys, next_keys: Keys | None, back: str, leave: str) -> str:
    """Return our signed metadata: where we take artifacts and log-outs, and our certificates."""
    both = [each for each in (keys, next_keys) if each is not None]
    known = "".join(_key(use, each) for use in ("signing", "encryption") for each in both)
    return sign(
        f'<md:EntityDescriptor xmlns:md="{METADATA}" xmlns:ds="{SIGNATURE}"'
        f" ID={quoteattr(new_id())} entityID={quoteattr(entity_id)}>{PLACEHOLDER}"
        f'<md:SPSSODescriptor protocolSupportEnumeration="{SAMLP}" AuthnRequestsSigned="true"'
        f' WantAssertionsSigned="true">{known}'
        f'<md:SingleLogoutService Binding="{REDIRECT}" Location={quoteattr(leave)}/>'
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
