"""The code with which somebody shows that an address is his: no BSN, no name, no content.

It goes by mail to an e-mail address, and as a text message to a telephone number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.connectors import notifynl
from loket.connectors.email import DefinitiefMislukt, Mail, send
from loket.kernel.actor import Kind
from loket.kernel.clock import AMSTERDAM, now
from loket.ledger.database import fetch, one
from loket.ledger.dispatch import Refused, Subscriber, subscribe
from loket.registers.beheer.current import instellingen
from loket.registers.klantinteracties.adresverificatie import adresverificaties
from loket.registers.klantinteracties.talen import in_two
from loket.registers.klantinteracties.verifieren import VALID, code_of
from loket.registers.klantinteracties.waarden import SoortDigitaalAdres
from loket.registers.output.sjabloonversie import NEDERLANDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.connectors.email import Smtp
    from loket.ledger.dispatch import Happened
    from loket.services.output.bezorgen import Sms

NAME: Final = "adresverificatie"

_WIE: Final = "SELECT actor_kind FROM ledger_event WHERE position = %s"
"""Who asked for the code: the house for who is logged in to it, else who works for the gemeente."""

_VAN_DE_WEBSITE: Final = {
    "nl": {
        "mail": "U hebt dit e-mailadres ingevuld op de website van {gemeente}. Met een code "
        "controleren wij of het van u is.",
        "sms": "U hebt dit nummer ingevuld op de website van {gemeente}.",
        "gebruik": "Vul deze code alleen in op de website van de gemeente. Vertel hem aan niemand.",
    },
    "en": {
        "mail": "You filled in this e-mail address on the website of {gemeente}. With a code we "
        "check whether it is yours.",
        "sms": "You filled in this number on the website of {gemeente}.",
        "gebruik": "Only fill in this code on the website of the municipality. Tell it to nobody.",
    },
}
_VAN_EEN_MEDEWERKER: Final = {
    "nl": {
        "mail": "Een medewerker van {gemeente} wil weten of dit e-mailadres van u is. Dat "
        "controleren wij met een code.",
        "sms": "Een medewerker van {gemeente} controleert of dit nummer van u is.",
        "gebruik": "Geef deze code alleen aan de medewerker van de gemeente met wie u nu praat. "
        "Vertel hem aan niemand anders.",
    },
    "en": {
        "mail": "An employee of {gemeente} wants to know whether this e-mail address is yours. We "
        "check that with a code.",
        "sms": "An employee of {gemeente} is checking whether this number is yours.",
        "gebruik": "Only give this code to the employee of the municipality with whom you are "
        "speaking now. Tell it to nobody else.",
    },
}
_SMS: Final = {
    "nl": "{sms} Uw code: {code}. De code geldt {minuten} minuten. {gebruik} "
    "Klopt dit niet? Dan hoeft u niets te doen.",
    "en": "{sms} Your code: {code}. The code is valid for {minuten} minutes. {gebruik} "
    "Is this not right? Then you do not need to do anything.",
}
_ONDERWERP: Final = {"nl": "Uw code voor {gemeente}", "en": "Your code for {gemeente}"}
_MAIL: Final = {
    "nl": "Beste lezer,\n\n"
    "{mail}\n\n"
    "Uw code: {code}\n\n"
    "De code geldt {minuten} minuten, tot {tot} uur. {gebruik}\n\n"
    "Klopt dit niet? Dan hoeft u niets te doen. Zonder de code gebruiken wij dit e-mailadres "
    "niet.\n\n"
    "Met vriendelijke groet,\n"
    "{gemeente}\n\n"
    "U kunt deze e-mail niet beantwoorden.\n",
    "en": "Dear reader,\n\n"
    "{mail}\n\n"
    "Your code: {code}\n\n"
    "The code is valid for {minuten} minutes, until {tot}. {gebruik}\n\n"
    "Is this not right? Then you do not need to do anything. Without the code we do not use this "
    "e-mail address.\n\n"
    "Kind regards,\n"
    "{gemeente}\n\n"
    "You cannot reply to this e-mail.\n",
}
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
        personalisation={sms.variabele: text(event, asked)},
        reference=f"{event.id}.code",
    )
    try:
        notifynl.send_sms(sms.account, made)
    except notifynl.DefinitiefMislukt as problem:
        raise Refused(f"NotifyNL weigert deze sms: {problem}") from None
    return "1 sms verzonden"


def text(event: Happened, asked: Any) -> str:
    """Make the text message."""
    taal = _taal(asked)
    return _SMS[taal].format(**_told(event, asked, taal))


def message(event: Happened, asked: Any) -> Mail:
    """Make the mail: plain Dutch, level B1, or English for who prefers that."""
    taal = _taal(asked)
    told = _told(event, asked, taal)
    return Mail(
        to=asked.digitaal_adres.adres,
        subject=_ONDERWERP[taal].format(**told),
        text=_MAIL[taal].format(**told),
        message_id=f"<{event.id}.code@loket>",
        date=event.moment,
    )


def _taal(asked: Any) -> str:
    partij = asked.digitaal_adres.verstrekt_door_partij
    wanted = in_two(partij.voorkeurstaal, NEDERLANDS) if partij else NEDERLANDS
    return wanted if wanted in _MAIL else NEDERLANDS


def _told(event: Happened, asked: Any, taal: str) -> dict[str, str]:
    """Return what the texts say: who asks, and where the code goes, differ by who asked for it."""
    (kind,) = one(_WIE, (event.position,))
    texts = _VAN_DE_WEBSITE if kind == Kind.SYSTEM else _VAN_EEN_MEDEWERKER
    gemeente = instellingen().naam
    said = {name: each.format(gemeente=gemeente) for name, each in texts[taal].items()}
    until = f"{asked.geldig_tot.astimezone(AMSTERDAM):%H:%M}"
    minutes = str(int(VALID.total_seconds()) // 60)
    return {"gemeente": gemeente, "code": code_of(asked.pk), "minuten": minutes, "tot": until,
            **said}  # fmt: skip
