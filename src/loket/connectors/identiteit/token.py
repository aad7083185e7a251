"""From an ID token to somebody we trust to be who the provider says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ClaimError, ExpiredTokenError, InvalidKeyIdError, JoseError

from loket.connectors.identiteit.discovery import discover, discover_again
from loket.connectors.identiteit.values import (
    AanmeldenMislukt,
    Begin,
    Identiteit,
    Provider,
    Reason,
)
from loket.connectors.identiteit.who import (
    check_anew,
    checked_bsn,
    checked_kvk,
    checked_vestiging,
)
from loket.kernel import clock

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

_ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
_LEEWAY_SECONDS = 30
_REASONS = {
    "iss": Reason.ISSUER,
    "aud": Reason.AUDIENCE,
    "azp": Reason.AUDIENCE,
    "nonce": Reason.NONCE,
    "exp": Reason.EXPIRED,
    "nbf": Reason.EXPIRED,
    "iat": Reason.EXPIRED,
}


def identify(provider: Provider, begun: Begin, answer: dict[str, Any]) -> Identiteit:
    """Check everything about the ID token in the provider's `answer`; return whom it names."""
    raw = answer.get("id_token")
    if not isinstance(raw, str):
        raise AanmeldenMislukt(Reason.TOKEN, "The provider gave no ID token.")
    token = verified(provider, raw)
    _check_claims(provider, begun, token, answer.get("access_token"))
    loa = claim(token.claims, provider.loa_claim)
    if not isinstance(loa, str) or not provider.at_least(loa, begun.minimum_loa):
        raise AanmeldenMislukt(
            Reason.ASSURANCE, f"Asked for {begun.minimum_loa}, got {loa or 'nothing'}."
        )
    check_anew(begun, _authenticated(token.claims))
    return identiteit(provider, token.claims, loa, raw)


def identiteit(provider: Provider, claims: dict[str, Any], loa: str, raw: str) -> Identiteit:
    """Return whom checked claims name; AanmeldenMislukt when a number is wrong."""
    naam = claim(claims, provider.naam_claim)
    acting = claim(claims, provider.acting_claim)
    company = provider.company
    return Identiteit(
        bsn="" if company else checked_bsn(claim(claims, provider.bsn_claim)),
        loa=loa,
        naam=naam if isinstance(naam, str) and naam else None,
        subject=claims["sub"],
        id_token=raw,
        kvk=checked_kvk(claim(claims, provider.kvk_claim)) if company else "",
        vestiging=(checked_vestiging(claim(claims, provider.vestiging_claim)) if company else ""),
        acting=str(acting or claims["sub"]) if company else checked_bsn(acting) if acting else "",
        authenticated=_authenticated(claims),
    )


def _authenticated(claims: dict[str, Any]) -> datetime | None:
    """Return when the citizen last showed who he is, where the provider says so."""
    when = claims.get("auth_time")
    try:
        return datetime.fromtimestamp(when, UTC) if isinstance(when, int) else None
    except (OverflowError, ValueError, OSError):
        return None


def verified(provider: Provider, raw: str) -> jwt.Token:
    """Return a token that the provider signed, also when it has changed its keys."""
    try:
        try:
            return _decoded(raw, discover(provider).keys)
        except InvalidKeyIdError:
            return _decoded(raw, discover_again(provider).keys)
    except (JoseError, ValueError) as error:
        raise AanmeldenMislukt(Reason.SIGNATURE, type(error).__name__) from error


def _decoded(raw: str, keys: KeySet) -> jwt.Token:
    return jwt.decode(raw, keys, algorithms=_ALGORITHMS)


def _check_claims(
    provider: Provider, begun: Begin, token: jwt.Token, access_token: str | None
) -> None:
    claims = CodeIDToken(
        token.claims,
        token.header,
        options={
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
            "sub": {"essential": True},
        },
        params={
            "nonce": begun.nonce,
            "client_id": provider.client_id,
            "access_token": access_token,
        },
    )
    try:
        claims.validate(now=int(clock.now().timestamp()), leeway=_LEEWAY_SECONDS)
    except ExpiredTokenError as error:
        raise AanmeldenMislukt(Reason.EXPIRED) from error
    except ClaimError as error:
        raise AanmeldenMislukt(_REASONS.get(error.claim, Reason.TOKEN), error.claim) from error


def claim(claims: dict[str, Any], path: str | tuple[str, ...]) -> Any:
    """Return a claim by its name, or by a path of names into nested claims."""
    found: Any = claims
    for name in (path,) if isinstance(path, str) else path:
        found = found.get(name) if isinstance(found, dict) else None
    return found
