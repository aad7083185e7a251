"""Who calls: a token, signed with the secret of an API key, of this half minute."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Final

import jwt

from loket.kernel import clock
from loket.simulators.notifynl.faults import Refused

LEEWAY: Final = 30
"""Seconds by which clocks may differ."""

_KEY = re.compile(r".+-(?P<service>[0-9a-f-]{36})-(?P<secret>[0-9a-f-]{36})", re.IGNORECASE)
_MALFORMED = "Invalid token: make sure your API token matches the example in the documentation"


class Key:
    """An API key, `name-service id-secret`."""

    def __init__(self, text: str) -> None:
        found = _KEY.fullmatch(text)
        if not found:
            raise ValueError("Een API-sleutel is van de vorm naam-service-geheim, met twee UUID's.")
        self.service, self.secret = found["service"], found["secret"]

    def check(self, authorization: str) -> None:
        """Refuse a header that does not hold a token of this key."""
        if not authorization:
            raise _stranger("Unauthorized: authentication token must be provided")
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise _stranger("Unauthorized: authentication bearer scheme must be used")
        claims = self._claims(token)
        if abs(clock.now().timestamp() - claims["iat"]) > LEEWAY:
            raise _forbidden("Error: Your system clock must be accurate to within 30 seconds")

    def _claims(self, token: str) -> dict[str, int]:
        try:  # whose it says to be; whether that is true is seen below
            issuer = jwt.decode(token, options={"verify_signature": False}).get("iss")
        except jwt.InvalidTokenError:
            raise _forbidden(_MALFORMED) from None
        if issuer is None:
            raise _forbidden("Invalid token: iss field not provided")
        if issuer != self.service:
            raise _forbidden("Invalid token: service not found")
        try:
            claims = jwt.decode(
                token,
                self.secret,
                algorithms=["HS256"],
                options={"require": ["iss", "iat"], "verify_iat": False},
            )
        except jwt.InvalidAlgorithmError:
            raise _forbidden("Invalid token: algorithm used is not HS256") from None
        except jwt.InvalidSignatureError:
            raise _forbidden("Invalid token: API key not found") from None
        except jwt.InvalidTokenError:
            raise _forbidden(_MALFORMED) from None
        if not isinstance(claims["iat"], int):
            raise _forbidden(_MALFORMED)
        return claims


def _stranger(message: str) -> Refused:
    return Refused(HTTPStatus.UNAUTHORIZED, ("AuthError", message))


def _forbidden(message: str) -> Refused:
    return Refused(HTTPStatus.FORBIDDEN, ("BadRequestError", message))
