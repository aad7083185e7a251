"""From the BSN that a log-in proved to an actor that carries only its pseudonym."""

from __future__ import annotations

from uuid import UUID, uuid4

from loket.kernel.actor import Actor, Kind
from loket.kernel.values import bsn as checked
from loket.kernel.values import uuid7
from loket.ledger.database import one

PURPOSE = "urn:loket:verwerking:mijnservices"
"""The processing activity under which a citizen sees his own data."""


def from_bsn(bsn: str, naam: str | None, loa: str) -> Actor:
    """Return the actor of a citizen; his BSN is kept apart, and this use of it is logged."""
    row = one(
        "SELECT bsn.leg_vast(%s::text, %s::uuid, %s::text, %s::text, %s::text)",
        (checked(bsn), uuid7(), PURPOSE, uuid4().hex, f"{Kind.BURGER.value}:"),
    )
    return Actor.burger(UUID(str(row[0])), naam, loa)
