"""Subscribers of the Notificaties API as a family of the ledger: each abonnement is one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from loket.connectors.notificaties import Caller, Gone
from loket.grammar.codec import decode
from loket.ledger.database import one, rows
from loket.ledger.dispatch import Family, Refused, subscribe_family
from loket.services.notificeren import bericht

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.ledger.dispatch import Happened

NAME = "abonnement"
_ALL = "SELECT id, kanalen::text FROM notificaties_abonnement"
_ONE = "SELECT callback_url, auth FROM notificaties_abonnement WHERE id = %s"


@dataclass(frozen=True)
class Abonnees:
    """Whoever subscribed, called at `base()`: the address of the house outside."""

    caller: Caller
    base: Callable[[], str]

    def wanting(self, event: Happened) -> list[str]:
        """Return the keys of the abonnementen that an event is for."""
        found: Any = rows(_ALL)
        if not found or not bericht.kanaal_of(event):
            return []
        base = self.base()
        return [
            str(key) for key, chosen in found if bericht.wants(decode(chosen.encode()), event, base)
        ]

    def deliver(self, key: str, event: Happened) -> str:
        """Call one of them; return what it answered."""
        found = one(_ONE, (UUID(key),))
        if found is None:
            return "het abonnement is er niet meer"
        url, auth = found
        try:
            return self.caller.deliver(
                url, auth, bericht.message(event, self.base()), str(event.id)
            )
        except Gone as problem:
            raise Refused(f"De abonnee is er niet meer: {problem}") from None


def connect(base: Callable[[], str], caller: Caller | None = None) -> None:
    """Make the abonnementen known to the ledger."""
    family = Abonnees(caller or Caller(), base)
    subscribe_family(Family(NAME, family.wanting, family.deliver))
