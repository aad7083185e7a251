"""From the BSN that a log-in proved to an actor that carries only its pseudonym."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from loket.kernel.actor import GEMACHTIGDE, Actor, Kind
from loket.kernel.values import bsn as checked
from loket.kernel.values import uuid7
from loket.ledger.database import one

if TYPE_CHECKING:
    from loket.connectors.identiteit import Identiteit

PURPOSE = "urn:loket:verwerking:mijnservices"
"""The processing activity under which a citizen sees his own data."""


def from_bsn(bsn: str, naam: str | None, loa: str, gemachtigde: str = "") -> Actor:
    """Return the actor of a citizen; his BSN is kept apart, and this use of it is logged.

    `gemachtigde` is the BSN of who logged in for him; of that too only the pseudonym stays.
    """
    user = str(_pseudonym(gemachtigde, Kind.BURGER)) if gemachtigde else ""
    return Actor.burger(_pseudonym(bsn, GEMACHTIGDE if user else Kind.BURGER), naam, loa, user)


def from_login(who: Identiteit) -> Actor:
    """Return the actor of the citizen who logged in, or for whom somebody did."""
    return from_bsn(who.bsn, who.naam, who.loa, who.acting)


def _pseudonym(bsn: str, who: str) -> UUID:
    row = one(
        "SELECT bsn.leg_vast(%s::text, %s::uuid, %s::text, %s::text, %s::text)",
        (checked(bsn), uuid7(), PURPOSE, uuid4().hex, f"{who}:"),
    )
    return UUID(str(row[0]))
