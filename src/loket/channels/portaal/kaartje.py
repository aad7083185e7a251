"""A ticket to hear, while a page is open, that something changed.

A browser sends no headers along when it listens, and the stream may stand at another port; so the
page carries a ticket: signed, for one connection, good for as long as the session is. The key of
the session is sealed in it: who finds a ticket in a log cannot be somebody with it.
"""

from __future__ import annotations

import secrets
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing

from loket.channels.portaal import sessie
from loket.grammar.sealing import opened, sealed
from loket.kernel import tenant
from loket.kernel.problems import InvalidValue

if TYPE_CHECKING:
    from loket.kernel.actor import Actor

_SALT: Final = "loket.portaal.kaartje"


def kaartje(session_key: str) -> str:
    """Return a ticket for who is logged in with a session."""
    claims = [tenant.current().name, sealed(session_key), secrets.token_urlsafe(12)]
    return signing.dumps(claims, salt=_SALT)


def ingewisseld(given: str) -> tuple[str, str] | None:
    """Return the session and the mark of a ticket of this municipality; None when it is none."""
    try:
        where, session, mark = signing.loads(given, salt=_SALT, max_age=settings.SESSION_COOKIE_AGE)
        return (opened(session), mark) if where == tenant.current().name else None
    except (signing.BadSignature, InvalidValue, ValueError):
        return None


def wie(session_key: str) -> Actor | None:
    """Return who is logged in with a session, as it is now; that prolongs nothing."""
    request: Any = SimpleNamespace(session=SessionStore(session_key))
    return sessie.klant(request)
