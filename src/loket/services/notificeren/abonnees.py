"""Subscribers of the Notificaties API as a family of the ledger: each abonnement is one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from loket.connectors.notificaties import Caller, Gone
from loket.grammar.codec import decode
from loket.ledger.database import one, rows
from loket.ledger.dispatch import Family, Refused, subscribe_family
from loket.services.notificeren import bericht, cloudevents

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.ledger.dispatch import Happened

NAME = "abonnement"
_ALL = "SELECT id, kanalen::text, cloudevent_filters::text FROM notificaties_abonnement"
_ONE = """
SELECT callback_url, auth, kanalen::text, cloudevent_filters::text
FROM notificaties_abonnement WHERE id = %s
"""


@dataclass(frozen=True)
class Abonnees:
    """Whoever subscribed, called at `base()`: the address of the house outside."""

    caller: Caller
    base: Callable[[], str]

    def wanting(self, event: Happened) -> list[str]:
        """Return the keys of the abonnementen that an event is for."""
        found: Any = rows(_ALL)
        if not found:
            return []
        made = cloudevents.made_of(event, self.base())
        return [
            str(key)
            for key, kanalen, types in found
            if self._wants(kanalen, event) or cloudevents.wanted(decode(types.encode()), made)
        ]

    def _wants(self, kanalen: str, event: Happened) -> bool:
        return bericht.wants(decode(kanalen.encode()), event, self.base())

    def deliver(self, key: str, event: Happened) -> str:
        """Call one of them, in each form that it asked for; return what it answered."""
        found = one(_ONE, (UUID(key),))
        if found is None:
            return "het abonnement is er niet meer"
        url, auth, kanalen, types = found
        made = cloudevents.made_of(event, self.base())
        said = []
        try:
            if self._wants(kanalen, event):
                message = bericht.message(event, self.base())
                said.append(self.caller.deliver(url, auth, message, str(event.id)))
            if made is not None and cloudevents.wanted(decode(types.encode()), made):
                told = cloudevents.envelope(event, made)
                said.append(self.caller.deliver(url, auth, told, str(event.id), cloudevents.MEDIA))
        except Gone as problem:
            raise Refused(f"De abonnee is er niet meer: {problem}") from None
        return ", ".join(said) or "de abonnee vraagt dit niet meer"


def connect(base: Callable[[], str], caller: Caller | None = None) -> None:
    """Make the abonnementen known to the ledger."""
    family = Abonnees(caller or Caller(), base)
    subscribe_family(Family(NAME, family.wanting, family.deliver))
