"""Tokens, kept in memory for as long as they are valid."""

from __future__ import annotations

import re
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from loket.connectors.asking.failing import Geweigerd, Onbereikbaar

if TYPE_CHECKING:
    from loket.connectors.asking.access import Login

SPARE: Final = 30.0
"""Seconds before its end from which on a token is not used any more."""

_SHORTEST: Final = 60.0
"""How long a token is taken to be valid when the provider does not say."""

_TOKEN: Final = re.compile(r"[\x21-\x7e]+")

_kept: dict[Login, tuple[str, float]] = {}


def known(login: Login) -> str:
    """Return a token that is still valid, or nothing."""
    token, until = _kept.get(login, ("", 0.0))
    return token if time.monotonic() < until else ""


def forget(login: Login) -> None:
    """Forget a token that is not taken any more."""
    _kept.pop(login, None)


def asked(login: Login) -> dict[str, str]:
    """Return the form by which a token is asked for."""
    form = {
        "grant_type": "client_credentials",
        "client_id": login.client_id,
        "client_secret": login.secret,
    }
    if login.scope:
        form["scope"] = login.scope
    return form | dict(login.more)


def keep(login: Login, code: int, told: Any) -> str:
    """Keep the token of an answer, and return it; Geweigerd when we get none."""
    if HTTPStatus.BAD_REQUEST <= code < HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Geweigerd("The provider gives us no token.", code)
    token = told.get("access_token") if isinstance(told, dict) else None
    if code != HTTPStatus.OK or not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise Onbereikbaar("The answer holds no token.", code)
    valid = told.get("expires_in")
    seconds = float(valid) if isinstance(valid, int | float) else _SHORTEST
    _kept[login] = token, time.monotonic() + seconds - SPARE
    return token
