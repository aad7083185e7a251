"""From a client id to an actor: secret, rights and purposes in one statement.

The client is a record of the register `beheer`; its table is read here, so that a request costs no
second statement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from loket.grammar.codec import decode
from loket.kernel.actor import Actor, Grant, Kind, Regime
from loket.ledger.database import one
from loket.ledger.events import BASE
from loket.registers.autorisaties.applicatie import Vertrouwelijkheid

_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_SQL = """
SELECT c.client_id, c.geheim, a.label, a.heeft_alle_autorisaties,
    (SELECT stand FROM grammar_stand), a.alleen_is_gereed_voor_publicatie,
    c.doelbindingen, c.regimes, a.autorisaties
FROM beheer_client c
LEFT JOIN autorisaties_applicatie a ON a.client_ids @> to_jsonb(c.client_id::text)
WHERE """
_TYPES = {
    "zrc": ("zaaktype", "zaaktypen"),
    "drc": ("informatieobjecttype", "informatieobjecttypen"),
    "brc": ("besluittype", "besluittypen"),
}
"""Per component the field that names a type, and where such types stand in the catalogue."""


@dataclass(frozen=True)
class Known:
    """A client that the house knows: its secret, and the actor that it is."""

    secret: str
    actor: Actor


def known(client_id: str) -> Known | None:
    """Return what the house knows of a client id, or None."""
    return _known("c.client_id = %s", client_id)


def known_by_token(digest: str) -> Known | None:
    """Return what the house knows of the client with a token, of which it keeps the digest."""
    return _known("c.token = %s", digest)


def _known(condition: str, value: str) -> Known | None:
    row = one(_SQL + condition, (value,))
    if row is None:
        return None
    client_id, secret, label, everything, stand, only_ready, *lists = row
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
            only_ready=bool(only_ready),
        ),
    )


def _grant(right: dict[str, Any]) -> Grant:
    level = right.get("maxVertrouwelijkheidaanduiding")
    return Grant(
        right["component"],
        frozenset(right["scopes"]),
        _type(right),
        Vertrouwelijkheid.values.index(level) if level else len(Vertrouwelijkheid) - 1,
    )


def _type(right: dict[str, Any]) -> UUID | None:
    """Return the key of the type that a right is for; the types of another house have none here."""
    field, plural = _TYPES.get(right["component"], ("", ""))
    found = re.fullmatch(rf"{BASE}catalogi/api/v\d+/{plural}/({_UUID})/?", right.get(field) or "")
    return UUID(found[1]) if found else None
