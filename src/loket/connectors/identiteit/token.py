"""From an ID token to somebody we trust to be who the provider says."""

from __future__ import annotations

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
from loket.kernel import clock
from loket.kernel.problems import InvalidValue
from loket.kernel.values import bsn

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

_ALGORITHMS = ("RS256", "PS256", "ES256")
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
    token = _verified(provider, raw)
    _check_claims(provider, begun, token, answer.get("access_token"))
    loa = _claim(token.claims, provider.loa_claim)
    if not isinstance(loa, str) or not provider.at_least(loa, begun.minimum_loa):
        raise AanmeldenMislukt(
            Reason.ASSURANCE, f"Asked for {begun.minimum_loa}, got {loa or 'nothing'}."
        )
    naam = _claim(token.claims, provider.naam_claim)
    return Identiteit(
        bsn=_bsn(_claim(token.claims, provider.bsn_claim)),
        loa=loa,
        naam=naam if isinstance(naam, str) and naam else None,
        subject=token.claims["sub"],
        id_token=raw,
    )


def _verified(provider: Provider, raw: str) -> jwt.Token:
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


def _claim(claims: dict[str, Any], path: str | tuple[str, ...]) -> Any:
    found: Any = claims
    for name in (path,) if isinstance(path, str) else path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _bsn(value: Any) -> str:
    if not isinstance(value, str):
        raise AanmeldenMislukt(Reason.BSN, "The token holds no BSN.")
    try:
        return bsn(value)
    except InvalidValue as error:
        # not "from error": its traceback would carry the number into a log
        raise AanmeldenMislukt(Reason.BSN, error.code) from None
