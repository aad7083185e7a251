"""The provider as its own metadata describes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from cryptography import x509

from loket.connectors.identiteit.saml.keys import armoured
from loket.connectors.identiteit.saml.markup import METADATA, found, parse, words
from loket.connectors.identiteit.values import AanmeldenMislukt, is_safe

REDIRECT: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
ARTIFACT: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"
SOAP_BINDING: Final = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP"


@dataclass(frozen=True)
class Peer:
    """A provider: its name, where to send people, where to fetch answers, and its certificates.

    `resolve` are the addresses for artifacts by their index; `logout` is empty without one, and
    `replies` are the addresses for answers to its own log-outs, by binding.
    """

    entity_id: str
    sso: str
    binding: str
    resolve: tuple[tuple[int, str], ...]
    logout: str
    replies: tuple[tuple[str, str], ...]
    certificates: tuple[str, ...]

    def resolver(self, index: int) -> str | None:
        """Return where an artifact with this index is exchanged."""
        return dict(self.resolve).get(index)


@lru_cache(maxsize=64)
def read_peer(metadata: str) -> Peer:
    """Read the metadata of a provider; a ValueError tells what it lacks."""
    try:
        root = parse(metadata.encode())
    except AanmeldenMislukt as failure:
        raise ValueError(f"De metadata is niet te lezen: {failure.detail}") from None
    described = list(root.iter(f"{{{METADATA}}}EntityDescriptor"))
    providers = [(each, role) for each in described for role in found(each, "md:IDPSSODescriptor")]
    if len({each.get("entityID") for each, _ in providers}) != 1:
        raise ValueError("De metadata beschrijft niet precies één identity provider.")
    entity, role = providers[0]
    sso, binding = _first(role, "md:SingleSignOnService", (REDIRECT, POST))
    if not sso:
        raise ValueError("De metadata noemt geen SingleSignOnService met redirect of POST.")
    return Peer(
        entity.get("entityID", ""),
        sso,
        binding,
        _resolvers(role),
        _first(role, "md:SingleLogoutService", (REDIRECT,))[0],
        _replies(role),
        _certificates(role),
    )


def _first(role: Any, path: str, bindings: tuple[str, ...]) -> tuple[str, str]:
    """Return the address with the binding that we like best."""
    offered = {each.get("Binding"): each.get("Location", "") for each in found(role, path)}
    for binding in bindings:
        if binding in offered:
            return _safe(offered[binding]), binding
    return "", ""


def _resolvers(role: Any) -> tuple[tuple[int, str], ...]:
    offered = tuple(
        (int(each.get("index", "0")), _safe(each.get("Location", "")))
        for each in found(role, "md:ArtifactResolutionService")
        if each.get("Binding") == SOAP_BINDING
    )
    if not offered:
        raise ValueError("De metadata noemt geen ArtifactResolutionService.")
    return offered


def _replies(role: Any) -> tuple[tuple[str, str], ...]:
    offered = (
        (each.get("Binding", ""), each.get("ResponseLocation") or each.get("Location", ""))
        for each in found(role, "md:SingleLogoutService")
    )
    return tuple(each for each in offered if each[0] in {REDIRECT, POST} and is_safe(each[1]))


def _certificates(role: Any) -> tuple[str, ...]:
    """Return every certificate to check signatures with: around a change there are two."""
    offered = [
        armoured(words(each))
        for described in found(role, "md:KeyDescriptor")
        if described.get("use") in {None, "signing"}
        for each in found(described, ".//ds:X509Certificate")
    ]
    if not offered:
        raise ValueError("De metadata bevat geen certificaat voor handtekeningen.")
    for each in offered:
        x509.load_pem_x509_certificate(each.encode())
    return tuple(dict.fromkeys(offered))


def _safe(address: str) -> str:
    if not is_safe(address):
        raise ValueError(f"{address} is geen adres met https.")
    return address
