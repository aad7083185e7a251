"""From a Response to an assertion that we believe, for each thing that could be wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.connectors.identiteit.saml.decrypting import decrypted
from loket.connectors.identiteit.saml.markup import found, moment, signed, single, words
from loket.connectors.identiteit.saml.status import check_issuer, check_status
from loket.connectors.identiteit.values import AanmeldenMislukt, Reason
from loket.connectors.identiteit.who import SKEW, check_anew
from loket.kernel import clock

if TYPE_CHECKING:
    from datetime import datetime

    from loket.connectors.identiteit.saml.provider import SamlProvider
    from loket.connectors.identiteit.values import Begin

_BEARER: Final = "urn:oasis:names:tc:SAML:2.0:cm:bearer"


def believed(provider: SamlProvider, begun: Begin, response: Any) -> tuple[Any, str]:
    """Return the assertion in a response that was signed, and its level of assurance."""
    _check_response(provider, begun, response)
    assertion = signed(_assertion(provider, response), provider.peer.certificates)
    check_issuer(provider, assertion, demanded=True)
    until = _check_subject(begun, assertion)
    _check_conditions(provider, assertion)
    loa = _check_statement(provider, begun, assertion)
    if not provider.once(f"assertion:{assertion.get('ID')}", until + SKEW):
        raise AanmeldenMislukt(Reason.REPLAYED, "The assertion was used before.")
    return assertion, loa


def _check_response(provider: SamlProvider, begun: Begin, response: Any) -> None:
    if response.get("InResponseTo") != begun.nonce:
        raise AanmeldenMislukt(Reason.NONCE, "The response is to another log-in.")
    if response.get("Destination", begun.redirect_uri) != begun.redirect_uri:
        raise AanmeldenMislukt(Reason.AUDIENCE, "The response is for another address.")
    check_issuer(provider, response, demanded=False)
    check_status(response)


def _assertion(provider: SamlProvider, response: Any) -> Any:
    """Return the one assertion of a response, decrypted where it was encrypted."""
    plain, sealed = found(response, "saml:Assertion"), found(response, "saml:EncryptedAssertion")
    if len(plain) + len(sealed) != 1:
        raise AanmeldenMislukt(Reason.TOKEN, "There is not exactly one assertion.")
    return plain[0] if plain else decrypted(provider, sealed[0])


def _check_subject(begun: Begin, assertion: Any) -> datetime:
    """Return until when the assertion may be brought here, by this browser."""
    confirmed = [
        single(each, "saml:SubjectConfirmationData")
        for each in found(assertion, "saml:Subject/saml:SubjectConfirmation")
        if each.get("Method") == _BEARER
    ]
    if len(confirmed) != 1:
        raise AanmeldenMislukt(Reason.TOKEN, "Who may bring the assertion is not said.")
    told = confirmed[0]
    if told.get("Recipient") != begun.redirect_uri:
        raise AanmeldenMislukt(Reason.AUDIENCE, "The assertion is for another address.")
    if told.get("InResponseTo") != begun.nonce:
        raise AanmeldenMislukt(Reason.NONCE, "The assertion is to another log-in.")
    return check_window(told, demanded=True)


def _check_conditions(provider: SamlProvider, assertion: Any) -> None:
    conditions = single(assertion, "saml:Conditions")
    check_window(conditions, demanded=False)
    restrictions = found(conditions, "saml:AudienceRestriction")
    meant = [
        {words(each) for each in found(restriction, "saml:Audience")}
        for restriction in restrictions
    ]
    if not meant or any(provider.entity_id not in several for several in meant):
        raise AanmeldenMislukt(Reason.AUDIENCE, "The assertion is for somebody else.")


def check_window(element: Any, *, demanded: bool) -> datetime:
    """Check from when and until when something holds; return until when."""
    now = clock.now()
    first, last = moment(element.get("NotBefore")), moment(element.get("NotOnOrAfter"))
    if last is None and demanded:
        raise AanmeldenMislukt(Reason.EXPIRED, "Until when it holds is not said.")
    if (first is not None and first > now + SKEW) or (last is not None and last <= now - SKEW):
        raise AanmeldenMislukt(Reason.EXPIRED, "It does not hold now.")
    return last or now


def _check_statement(provider: SamlProvider, begun: Begin, assertion: Any) -> str:
    """Return the level of assurance of the one log-in that the assertion tells of."""
    statement = single(assertion, "saml:AuthnStatement")
    when = moment(statement.get("AuthnInstant"))
    until = moment(statement.get("SessionNotOnOrAfter"))
    now = clock.now()
    if when is None or when > now + SKEW or (until is not None and until <= now - SKEW):
        raise AanmeldenMislukt(Reason.EXPIRED, "The log-in is not of now.")
    loa = words(single(statement, "saml:AuthnContext/saml:AuthnContextClassRef"))
    if not provider.at_least(loa, begun.minimum_loa):
        raise AanmeldenMislukt(Reason.ASSURANCE, f"Asked for {begun.minimum_loa}, got {loa}.")
    check_anew(begun, when)
    return loa
