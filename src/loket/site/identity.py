"""Identity at the door for machines: a JWT or token names a client, the register what it may.

A token of a citizen or company goes on to `identity_klant`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jwt

from loket.kernel import tenant
from loket.kernel.clock import now
from loket.kernel.problems import NotAuthenticated
from loket.registers.autorisaties.rights import Known, known, known_by_token
from loket.registers.beheer.client import digest
from loket.site import identity_klant

if TYPE_CHECKING:
    from collections.abc import Callable

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
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() not in _SCHEMES or not token.strip():
        raise NotAuthenticated
    if scheme.lower() == "bearer":
        claims = _unverified(token.strip())
        if identity_klant.is_klant(claims):
            return identity_klant.identify(token.strip(), claims, request.base)
    actor = _SCHEMES[scheme.lower()](token.strip(), fresh)
    return actor.with_purpose(request.headers.get("x-doelbinding"))


def _by_jwt(token: str, fresh: bool) -> Actor:  # noqa: FBT001 - one of the schemes
    claims = _unverified(token)
    client_id = claims.get("client_id") or claims.get("iss")
    if not isinstance(client_id, str):
        raise NotAuthenticated("De claim client_id ontbreekt in het token.")
    found = _verified(token, client_id, fresh=fresh)
    return replace(
        found.actor,
        user=str(claims.get("user_id") or ""),
        user_label=str(claims.get("user_representation") or ""),
    )


def _by_token(token: str, fresh: bool) -> Actor:  # noqa: FBT001 - one of the schemes
    """Return the client that a token is of; one that was taken away may still be remembered."""
    kept = digest(token)
    return _remembered(f"Token {kept}", lambda: known_by_token(kept), fresh=fresh).actor


_SCHEMES = {"bearer": _by_jwt, "token": _by_token}


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
    return _remembered(client_id, lambda: known(client_id), fresh=fresh)


def _remembered(name: str, find: Callable[[], Known | None], *, fresh: bool) -> Known:
    key = (tenant.current().name, name)
    found = None if fresh else _known.get(key)
    if found is None:
        found = find()
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
    """Forget what was remembered of every client, citizen and company."""
    _known.clear()
    identity_klant.forget()
