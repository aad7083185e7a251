"""The code with which somebody shows that an address is his: no BSN, no name, no content.

It goes by mail to an e-mail address, and as a text message to a telephone number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.connectors import notifynl
from loket.connectors.email import DefinitiefMislukt, Mail, send
from loket.kernel.clock import now
from loket.ledger.database import fetch
from loket.ledger.dispatch import Refused, Subscriber, subscribe
from loket.registers.beheer.current import instellingen
from loket.registers.klantinteracties.adresverificatie import adresverificaties
from loket.registers.klantinteracties.verifieren import code_of
from loket.registers.klantinteracties.waarden import SoortDigitaalAdres

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.connectors.email import Smtp
    from loket.ledger.dispatch import Happened
    from loket.services.output.bezorgen import Sms

NAME: Final = "adresverificatie"
_ways: dict[str, Callable[[], Sms | None]] = {"sms": lambda: None}


def wants(event: Happened) -> bool:
    """Tell whether somebody asked for a code."""
    made = (event.register, event.resource, event.actie)
    return made == ("klantinteracties", "adresverificaties", "create")


def subscribe_with(smtp: Callable[[], Smtp], sms: Callable[[], Sms | None]) -> None:
    """Subscribe to the ledger, sending by the ways of the municipality at hand."""
    _ways["sms"] = sms
    subscribe(Subscriber(NAME, wants, lambda event: deliver(event, smtp, sms)))


def kan_sms() -> bool:
    """Tell whether the municipality at hand can send a code as a text message."""
    return _ways["sms"]() is not None


def deliver(event: Happened, smtp: Callable[[], Smtp], sms: Callable[[], Sms | None]) -> str:
    """Send the code, unless it is of no use any more; return what was done."""
    asked: Any = fetch(adresverificaties.record, event.key)
    if asked is None or asked.bevestigd_op is not None or asked.geldig_tot < now():
        return "de code is niet meer nodig"
    if asked.digitaal_adres.soort_digitaal_adres == SoortDigitaalAdres.TELEFOONNUMMER:
        return _by_text_message(event, asked, sms())
    return mail(smtp(), message(event, asked))


def mail(smtp: Smtp, made: Mail) -> str:
    """Send a mail; return what was done. Refused by a mail server that never will."""
    try:
        send(smtp, made)
    except DefinitiefMislukt as problem:
        raise Refused(f"De mailserver weigert dit bericht: {problem}") from None
    return "1 e-mail verzonden"


def _by_text_message(event: Happened, asked: Any, sms: Sms | None) -> str:
    if sms is None:
        raise Refused("De gemeente heeft geen sms ingericht.")
    made = notifynl.Sms(
        to=asked.digitaal_adres.adres,
        template=sms.sjabloon,
        personalisation={sms.variabele: text(asked)},
        reference=f"{event.id}.code",
    )
    try:
        notifynl.send_sms(sms.account, made)
    except notifynl.DefinitiefMislukt as problem:
        raise Refused(f"NotifyNL weigert deze sms: {problem}") from None
    return "1 sms verzonden"


def text(asked: Any) -> str:
    """Make the text message."""
    return (
        f"Uw code voor {instellingen().naam}: {code_of(asked.pk)}. De code geldt 30 minuten. "
        "Niet om gevraagd? Dan hoeft u niets te doen."
    )


def message(event: Happened, asked: Any) -> Mail:
    """Make the mail: plain Dutch, level B1."""
    gemeente = instellingen().naam
    written = (
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
        text=written,
        message_id=f"<{event.id}.code@loket>",
        date=event.moment,
    )
