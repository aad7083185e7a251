"""Trying a callback before somebody subscribes with it: does it answer, and only to who may ask?"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from loket.kernel.problems import Fault, Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

REASONS = {
    "no-auth-on-callback-url": "Dit adres neemt ook een notificatie zonder autorisatie aan.",
    "invalid-callback-url": "Dit adres neemt een notificatie met deze autorisatie niet aan.",
}


def _none(url: str, auth: str) -> str:
    del url, auth
    return ""


class _Port:
    probe: ClassVar[Callable[[str, str], str]] = staticmethod(_none)


def bind(probe: Callable[[str, str], str]) -> None:
    """Say who tries a callback: given address and authorisation, it returns a code of REASONS."""
    _Port.probe = staticmethod(probe)


@contextmanager
def doe(actor: Actor, body: Any, call: Call) -> Iterator[Any]:
    """Try the callback of a body before the transaction begins; Invalid."""
    del actor, call
    told = body if isinstance(body, dict) else {}
    url, auth = told.get("callbackUrl"), told.get("auth")
    if isinstance(url, str) and isinstance(auth, str):
        code = _Port.probe(url, auth)
        if code:
            raise Invalid([Fault("nonFieldErrors", code, REASONS[code])])
    yield body
