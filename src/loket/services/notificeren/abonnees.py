"""Subscribers of the Notificaties API as a family of the ledger: each abonnement is one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.connectors.notificaties import JSON, Caller, Gone
from loket.grammar.codec import decode
from loket.ledger.database import one, rows
from loket.ledger.dispatch import Family, Refused, subscribe_family
from loket.services.notificeren import cloudevents, sleutels
from loket.services.notificeren.bericht import Wishes, message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from loket.connectors.notificaties.signing import Signer
    from loket.ledger.dispatch import Happened

NAME: Final = "abonnement"
_ALL: Final = (
    "SELECT id::text, kanalen::text, cloudevent_filters::text FROM notificaties_abonnement"
)
_ONE: Final = """
SELECT callback_url, auth, kanalen::text, cloudevent_filters::text, ondertekend
FROM notificaties_abonnement WHERE id = %s
"""


@dataclass(frozen=True)
class _Told:
    """What a subscriber is told of one event, in each form that it asked for."""

    caller: Caller
    url: str
    auth: str
    identity: str
    messages: Sequence[tuple[Mapping[str, Any], str]]
    signer: Signer | None = None

    def call(self) -> str:
        """Call; return what was answered."""
        try:
            said = [
                self.caller.deliver(self.url, self.auth, body, self.identity, media, self.signer)
                for body, media in self.messages
            ]
        except Gone as problem:
            raise Refused(f"De abonnee is er niet meer: {problem}") from None
        return ", ".join(said) or "de abonnee vraagt dit niet meer"


def _nobody() -> str:
    return "het abonnement is er niet meer"


@dataclass(frozen=True)
class Abonnees:
    """Whoever subscribed, called at `base()`: the address of the house outside."""

    caller: Caller
    base: Callable[[], str]

    def wanting(self, events: Sequence[Happened]) -> list[list[str]]:
        """Return for each event the keys of the abonnementen that it is for."""
        found: Any = rows(_ALL)
        if not found:
            return [[] for _ in events]
        base = self.base()
        wishes = Wishes.of(((key, decode(kanalen)) for key, kanalen, _ in found), base)
        types = [(key, chosen) for key, _, text in found if (chosen := decode(text))]
        made = cloudevents.made_of(events, base) if types else {}
        return [
            sorted(
                wishes.keys(event)
                | {k for k, chosen in types if cloudevents.wanted(chosen, made.get(event.position))}
            )
            for event in events
        ]

    def calls(self, key: str, events: Sequence[Happened]) -> list[Callable[[], str]]:
        """Return the calls by which one of them is told of each event."""
        found = one(_ONE, (UUID(key),))
        if found is None:
            return [_nobody for _ in events]
        url, auth, kanalen, types, signed = found
        signer = sleutels.ondertekenaar() if signed else None
        base, chosen = self.base(), decode(types)
        wishes = Wishes.of([(key, decode(kanalen))], base)
        made = cloudevents.made_of(events, base) if chosen else {}
        told = []
        for event in events:
            messages: list[tuple[Mapping[str, Any], str]] = []
            if wishes.keys(event):
                messages.append((message(event, base), JSON))
            about = made.get(event.position)
            if about is not None and cloudevents.wanted(chosen, about):
                messages.append((cloudevents.envelope(event, about), cloudevents.MEDIA))
            told.append(_Told(self.caller, url, auth, str(event.id), messages, signer).call)
        return told


def connect(base: Callable[[], str], caller: Caller | None = None) -> None:
    """Make the abonnementen known to the ledger."""
    family = Abonnees(caller or Caller(), base)
    subscribe_family(Family(NAME, family.wanting, family.calls))
