"""From a client id to an actor: secret, rights and purposes in one statement.

The client is a record of the register `beheer`; its table is read here, so that a request costs no
second statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from loket.grammar.codec import decode
from loket.kernel.actor import Actor, Grant, Kind, Regime
from loket.ledger.database import one
from loket.registers.autorisaties.applicatie import Vertrouwelijkheid

_SQL = """
SELECT c.geheim, a.label, a.heeft_alle_autorisaties, (SELECT stand FROM grammar_stand),
    c.doelbindingen, c.regimes, a.autorisaties
FROM beheer_client c
LEFT JOIN autorisaties_applicatie a ON a.client_ids @> to_jsonb(c.client_id::text)
WHERE c.client_id = %s
"""
_TYPES = ("zaaktype", "informatieobjecttype", "besluittype")


@dataclass(frozen=True)
class Known:
    """A client that the house knows: its secret, and the actor that it is."""

    secret: str
    actor: Actor


def known(client_id: str) -> Known | None:
    """Return what the house knows of a client id, or None."""
    row = one(_SQL, (client_id,))
    if row is None:
        return None
    secret, label, everything, stand, *lists = row
    purposes, regimes, rights = (decode(each) if each else [] for each in lists)
    return Known(
        secret,
        Actor(
            Kind.APPLICATION,
            client_id,
            label or "",
            everything=bool(everything),
            grants=tuple(_grant(each) for each in rights),
            purposes=tuple(purposes),
            regimes=tuple(Regime(each) for each in regimes) or (Regime.AVG,),
            stand=stand,
        ),
    )


def _grant(right: dict[str, Any]) -> Grant:
    address = next((right[name] for name in _TYPES if right.get(name)), "")
    level = right.get("maxVertrouwelijkheidaanduiding")
    return Grant(
        right["component"],
        frozenset(right["scopes"]),
        _key(address),
        Vertrouwelijkheid.values.index(level) if level else len(Vertrouwelijkheid) - 1,
    )


def _key(address: str) -> UUID | None:
    try:
        return UUID(address.rstrip("/").rsplit("/", 1)[-1])
    except ValueError:
        return None
