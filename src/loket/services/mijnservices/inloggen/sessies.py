"""Whose session is whose, so that somebody can end all of his at once, on every device."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loket.kernel.actor import Kind
from loket.ledger.database import one, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loket.kernel.actor import Actor

_NOTE: Final = """
INSERT INTO mijnservices_sessie (sessie, wie)
SELECT session_key, %(wie)s FROM django_session WHERE session_key = %(sessie)s
ON CONFLICT (sessie) DO UPDATE SET wie = excluded.wie
"""
_END: Final = """
DELETE FROM django_session s USING mijnservices_sessie m
WHERE m.sessie = s.session_key AND m.wie = %(wie)s RETURNING s.expire_date > now()
"""
_ALIVE: Final = """
SELECT session_key FROM django_session WHERE session_key = ANY(%s) AND expire_date > now()
"""


def wie(actor: Actor) -> str:
    """Return under which mark the sessions of a person are kept: by pseudonym, never a BSN.

    Who acts for another is meant himself, not the other; who acts for two companies is two.
    """
    if actor.kind is Kind.BEDRIJF:
        return f"{actor.kind.value}:{actor.kvk}:{actor.user}"
    return f"{actor.kind.value}:{actor.user or actor.number}"


def onthoud(sessie: str, actor: Actor) -> None:
    """Note that a session, stored already, is of an actor."""
    one(_NOTE, {"sessie": sessie, "wie": wie(actor)})


def beeindig(actor: Actor) -> int:
    """End all sessions of the person behind an actor; return how many still lived."""
    return sum(alive for (alive,) in rows(_END, {"wie": wie(actor)}))


def levend(keys: Iterable[str]) -> set[str]:
    """Return which of these sessions still live, in one statement."""
    return {key for (key,) in rows(_ALIVE, (list(keys),))}
