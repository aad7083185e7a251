"""Whose session is whose, so that somebody can end all of his at once, on every device."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

from django.conf import settings

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
_KNOWN: Final = """
UPDATE mijnservices_sessie SET naam_bij = %(naam)s, sessie_bij = %(index)s WHERE sessie = %(sessie)s
"""
_END_THERE: Final = """
DELETE FROM django_session s USING mijnservices_sessie m
WHERE m.sessie = s.session_key AND m.naam_bij = %(naam)s AND m.naam_bij <> ''
    AND (cardinality(%(indexen)s::text[]) = 0 OR m.sessie_bij = ANY(%(indexen)s))
RETURNING s.session_key
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


def onthoud_bij(sessie: str, middel: str, naam: str, index: str) -> None:
    """Note what the provider of a means calls who began a session, and that session.

    Only marks of both are kept: what DigiD calls somebody holds his BSN.
    """
    told = {"naam": _merk(middel, "naam", naam), "index": _merk(middel, "sessie", index)}
    one(_KNOWN, {"sessie": sessie, **told})


def beeindig_bij(middel: str, naam: str, indexen: Iterable[str]) -> set[str]:
    """End the sessions of whom a provider names, all or those that it lists; return their keys."""
    marks = [_merk(middel, "sessie", each) for each in indexen]
    told = {"naam": _merk(middel, "naam", naam), "indexen": marks}
    return {key for (key,) in rows(_END_THERE, told)}


def levend(keys: Iterable[str]) -> set[str]:
    """Return which of these sessions still live, in one statement."""
    return {key for (key,) in rows(_ALIVE, (list(keys),))}


def _merk(middel: str, soort: str, waarde: str) -> str:
    """Return a mark from which nobody without our key finds the value; none of what is not said."""
    if not waarde:
        return ""
    told = f"{middel}\0{soort}\0{waarde}"
    return hmac.digest(settings.SECRET_KEY.encode(), told.encode(), "sha256").hex()
