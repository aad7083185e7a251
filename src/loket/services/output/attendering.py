"""The nudge to a citizen that there is news: no content, no BSN, a link to the portal.

The address is the one that the initiator gave with the zaak (rol.contactpersoonRol.emailadres).
The message id follows from the event, so that a second copy is known as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loket.connectors.email import DefinitiefMislukt, Mail, Smtp, send
from loket.grammar.codec import decode
from loket.grammar.reading import Query
from loket.kernel.actor import Actor
from loket.kernel.problems import NotFound
from loket.ledger.dispatch import Refused, Subscriber, subscribe
from loket.registers.beheer.current import instellingen
from loket.registers.zaken.zaak import zaken

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.ledger.dispatch import Happened

NAME = "attendering"
_ROLES = ("initiator", "mede_initiator")
_EXPAND = (("rollen", ()),)


@dataclass(frozen=True)
class Sender:
    """By which server, in whose name, and with a link to where."""

    smtp: Smtp
    portal: str


def wants(event: Happened) -> bool:
    """Tell whether an event is news for the citizen: a status was set."""
    return (event.register, event.resource, event.actie) == ("zaken", "statussen", "create")


def subscribe_with(sender: Callable[[], Sender]) -> None:
    """Subscribe to the ledger, sending as `sender` says for the municipality at hand."""
    subscribe(Subscriber(NAME, wants, lambda event: deliver(event, sender())))


def deliver(event: Happened, sender: Sender) -> str:
    """Tell every initiator of the zaak that there is news; return what was done."""
    try:
        shown = zaken.get(Actor.system(NAME), event.main_key, Query("", expand=_EXPAND))
    except NotFound:
        return "de zaak is er niet meer"
    zaak = decode(shown)
    addresses = {
        contact["emailadres"]
        for rol in zaak["_expand"]["rollen"]
        if rol["omschrijvingGeneriek"] in _ROLES
        and (contact := rol["contactpersoonRol"] or {}).get("emailadres")
    }
    for nr, address in enumerate(sorted(addresses)):
        _send(event, sender, address, nr)
    return f"{len(addresses)} e-mail(s) verzonden" if addresses else "geen e-mailadres bekend"


def _send(event: Happened, sender: Sender, address: str, nr: int) -> None:
    try:
        send(sender.smtp, message(event, sender, address, nr))
    except DefinitiefMislukt as problem:
        raise Refused(f"De mailserver weigert dit bericht: {problem}") from None


def message(event: Happened, sender: Sender, address: str, nr: int) -> Mail:
    """Make the mail: plain Dutch, level B1."""
    gemeente = instellingen().naam
    link = f"{sender.portal}/mijn-zaken/{event.main_key}/"
    text = (
        "Beste lezer,\n\n"
        f"Er is nieuws over uw zaak bij {gemeente}.\n"
        "In deze e-mail staat niet wat het nieuws is. Dat is veiliger.\n\n"
        "U leest het nieuws als u inlogt met uw DigiD:\n"
        f"{link}\n\n"
        "Vertrouwt u deze link niet? Typ dan zelf het adres van de gemeente in.\n\n"
        "Met vriendelijke groet,\n"
        f"{gemeente}\n\n"
        "U kunt deze e-mail niet beantwoorden.\n"
    )
    return Mail(
        to=address,
        subject=f"Er is nieuws over uw zaak bij {gemeente}",
        text=text,
        message_id=f"<{event.id}.{nr}@loket>",
        date=event.moment,
    )
