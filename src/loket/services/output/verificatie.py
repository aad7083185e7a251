"""The code with which somebody shows that an e-mail address is his: no BSN, no name, no content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.connectors.email import DefinitiefMislukt, Mail, send
from loket.ledger.database import fetch
from loket.ledger.dispatch import Refused, Subscriber, subscribe
from loket.registers.beheer.current import instellingen
from loket.registers.klantinteracties.adresverificatie import adresverificaties
from loket.registers.klantinteracties.verifieren import code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.connectors.email import Smtp
    from loket.ledger.dispatch import Happened

NAME = "adresverificatie"


def wants(event: Happened) -> bool:
    """Tell whether somebody asked for a code."""
    made = (event.register, event.resource, event.actie)
    return made == ("klantinteracties", "adresverificaties", "create")


def subscribe_with(smtp: Callable[[], Smtp]) -> None:
    """Subscribe to the ledger, sending by the mail server of the municipality at hand."""
    subscribe(Subscriber(NAME, wants, lambda event: deliver(event, smtp())))


def deliver(event: Happened, smtp: Smtp) -> str:
    """Send the code, unless it is of no use any more; return what was done."""
    asked: Any = fetch(adresverificaties.record, event.key)
    if asked is None or asked.bevestigd_op is not None:
        return "de code is niet meer nodig"
    try:
        send(smtp, message(event, asked))
    except DefinitiefMislukt as problem:
        raise Refused(f"De mailserver weigert dit bericht: {problem}") from None
    return "1 e-mail verzonden"


def message(event: Happened, asked: Any) -> Mail:
    """Make the mail: plain Dutch, level B1."""
    gemeente = instellingen().naam
    text = (
        "Beste lezer,\n\n"
        f"Met deze code laat u zien dat dit uw e-mailadres is: {code_of(asked.pk)}\n\n"
        "De code geldt 30 minuten. Vul hem in op het scherm, of noem hem aan de medewerker.\n\n"
        "Hebt u niet om een code gevraagd? Dan hoeft u niets te doen.\n\n"
        "Met vriendelijke groet,\n"
        f"{gemeente}\n\n"
        "U kunt deze e-mail niet beantwoorden.\n"
    )
    return Mail(
        to=asked.digitaal_adres.adres,
        subject=f"Uw code voor {gemeente}",
        text=text,
        message_id=f"<{event.id}.code@loket>",
        date=event.moment,
    )
