"""What a provider says of its own answer: how it went, and who answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.connectors.identiteit.saml.markup import found, single, words
from loket.connectors.identiteit.values import AanmeldenMislukt, Reason

if TYPE_CHECKING:
    from loket.connectors.identiteit.saml.provider import SamlProvider

STATUS: Final = "urn:oasis:names:tc:SAML:2.0:status:"
_REASONS: Final = {
    f"{STATUS}AuthnFailed": Reason.CANCELLED,
    f"{STATUS}NoAuthnContext": Reason.ASSURANCE,
}


def check_status(answer: Any) -> None:
    """Refuse an answer that tells that something went wrong, for the reason that it gives."""
    outer = single(answer, "samlp:Status/samlp:StatusCode")
    code = outer.get("Value", "")
    if code == f"{STATUS}Success":
        return
    inner = [each.get("Value", "") for each in found(outer, "samlp:StatusCode")]
    told = inner[0] if inner else code
    raise AanmeldenMislukt(_REASONS.get(told, Reason.REFUSED), told[:200])


def check_issuer(provider: SamlProvider, answer: Any, *, demanded: bool) -> None:
    """Refuse an answer of somebody else."""
    several = found(answer, "saml:Issuer")
    if not several and not demanded:
        return
    if [words(each) for each in several] != [provider.peer.entity_id]:
        raise AanmeldenMislukt(Reason.ISSUER, "Somebody else answers.")
