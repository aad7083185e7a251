"""Identity at the door for machines: a JWT names a client, the register says what it may do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jwt

from loket.kernel import tenant
from loket.kernel.clock import now
from loket.kernel.problems import NotAuthenticated
from loket.registers.autorisaties.rights import Known, known

if TYPE_CHECKING:
    from loket.grammar.http import Request
    from loket.kernel.actor import Actor

EXPIRY = 3600
"""Seconds after which a token without `exp` is too old, counted from `iat`."""

LEEWAY = 60
"""Seconds by which the clocks of two machines may differ."""

_known: dict[tuple[str, str], Known] = {}


def identify(request: Request, *, fresh: bool = False) -> Actor:
    """Return the actor of a request; NotAuthenticated when its token does not hold.

    With `fresh` what was remembered of the client is read anew.
    """
    token = _token(request.headers.get("authorization", ""))
    claims = _unverified(token)
    client_id = claims.get("client_id") or claims.get("iss")
    if not isinstance(client_id, str):
        raise NotAuthenticated("De claim client_id ontbreekt in het token.")
    found = _verified(token, client_id, fresh=fresh)
    actor = replace(
        found.actor,
        user=str(claims.get("user_id") or ""),
        user_label=str(claims.get("user_representation") or ""),
    )
    return actor.with_purpose(request.headers.get("x-doelbinding"))


def _token(header: str) -> str:
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotAuthenticated
    return token.strip()


def _unverified(token: str) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        raise NotAuthenticated("Het token is geen geldige JWT.") from None
    return claims


def _verified(token: str, client_id: str, *, fresh: bool) -> Known:
    """Return the client whose secret signed the token; a remembered secret may have changed."""
    found = _client(client_id, fresh=fresh)
    try:
        _verify(token, found.secret)
    except NotAuthenticated:
        renewed = found if fresh else _client(client_id, fresh=True)
        if renewed.secret == found.secret:
            raise
        _verify(token, renewed.secret)
        found = renewed
    return found


def _client(client_id: str, *, fresh: bool) -> Known:
    key = (tenant.current().name, client_id)
    found = None if fresh else _known.get(key)
    if found is None:
        found = known(client_id)
        if found is None:
            _known.pop(key, None)
            raise NotAuthenticated("Deze client is hier niet bekend.")
        _known[key] = found
    return found


def _verify(token: str, secret: str) -> None:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            secret,
            algorithms=["HS256"],
            leeway=LEEWAY,
            options={"require": ["iat"], "verify_aud": False, "verify_sub": False},
        )
        age = now().timestamp() - int(claims["iat"])
    except (jwt.PyJWTError, OverflowError) as problem:
        raise NotAuthenticated(f"Het token klopt niet: {problem}.") from None
    if age > EXPIRY + LEEWAY:
        raise NotAuthenticated("Het token is verlopen.")


def forget() -> None:
    """Forget what was remembered of every client."""
    _known.clear()
