"""From an access token to whom it is of: what somebody's app shows at the door of an API.

The token is a signed JWT of a provider that we trust, meant for our API (RFC 9068, and the NL GOV
Assurance profile for OAuth 2.0). It is checked here, not at the provider: a request costs no call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from loket.connectors.identiteit.token import claim, identiteit, verified
from loket.connectors.identiteit.values import AanmeldenMislukt, Identiteit, Provider, Reason
from loket.connectors.identiteit.who import SKEW
from loket.kernel import clock

if TYPE_CHECKING:
    from joserfc import jwt

_KINDS: Final = ("at+jwt", "application/at+jwt")


@dataclass(frozen=True, slots=True)
class Toegang:
    """Whom a token is of, what he lets an app do, and until when (seconds since 1970)."""

    wie: Identiteit
    scopes: frozenset[str]
    until: int


def toegang(provider: Provider, raw: str, audience: str, minimum_loa: str) -> Toegang:
    """Check everything about an access token, and return whom it is of; AanmeldenMislukt."""
    token = verified(provider, raw)
    _check_meant(provider, token, audience)
    until = _in_time(token.claims)
    loa = claim(token.claims, provider.loa_claim)
    if not isinstance(loa, str) or not provider.at_least(loa, minimum_loa):
        raise AanmeldenMislukt(Reason.ASSURANCE)
    scopes = token.claims.get("scope")
    return Toegang(
        identiteit(provider, {"sub": "", **token.claims}, loa, ""),
        frozenset(scopes.split()) if isinstance(scopes, str) else frozenset(),
        until,
    )


def _check_meant(provider: Provider, token: jwt.Token, audience: str) -> None:
    """Refuse what is no access token, of another provider, or for another API."""
    if str(token.header.get("typ", "")).lower() not in _KINDS:
        raise AanmeldenMislukt(Reason.TOKEN, "This is no access token.")
    if token.claims.get("iss") != provider.issuer:
        raise AanmeldenMislukt(Reason.ISSUER)
    meant = token.claims.get("aud")
    if audience not in (meant if isinstance(meant, list) else [meant]):
        raise AanmeldenMislukt(Reason.AUDIENCE)


def _in_time(claims: dict[str, Any]) -> int:
    """Return until when a token holds; it must say so, and have begun."""
    moment, skew = clock.now().timestamp(), SKEW.total_seconds()
    until, begin = claims.get("exp"), claims.get("nbf", 0)
    if type(until) is not int or type(begin) not in (int, float):
        raise AanmeldenMislukt(Reason.TOKEN, "The token does not say when it holds.")
    if until + skew < moment or begin - skew > moment:
        raise AanmeldenMislukt(Reason.EXPIRED)
    return until
