"""A word to the address of before when somebody changed here how he is reached.

Whoever did not do that himself hears of it at the address that he knows. It says that something
changed, not what: no name, no number, no new address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loket.connectors.email import Mail
from loket.ledger.database import one, rows
from loket.ledger.dispatch import Subscriber, subscribe
from loket.registers.beheer.current import instellingen
from loket.services.mijnservices.klant import NAAM
from loket.services.output.verificatie import mail

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.connectors.email import Smtp
    from loket.ledger.dispatch import Happened

NAME: Final = "adreswijziging"

_EVENT: Final = """
SELECT v.nieuw::json->>'soortDigitaalAdres' = 'email' AND
    v.nieuw::json->>'verificatieDatum' IS NOT NULL, v.nieuw::json->>'adres',
    v.nieuw::json->>'referentie' LIKE 'vervangt-%%',
    e.nieuw::json->>'adres',
    v.nieuw::json->>'verificatieDatum' IS NULL AND e.nieuw::json->>'verificatieDatum' IS NOT NULL
FROM ledger_event e JOIN ledger_event v ON v.key = e.key AND v.position < e.position
WHERE e.position = %s AND e.actor_kind = 'system' AND e.actor_id = %s AND v.nieuw IS NOT NULL
ORDER BY v.position DESC LIMIT 1
"""
"""What an address was before an event by which MijnServices changed it, and what it is after."""

_OTHERS: Final = """
SELECT DISTINCT o.adres FROM klantinteracties_digitaaladres a
JOIN klantinteracties_digitaaladres o ON o.verstrekt_door_partij_id = a.verstrekt_door_partij_id
WHERE a.id = %s AND o.id <> a.id AND o.soort_digitaal_adres = 'email'
    AND o.verificatie_datum IS NOT NULL AND lower(o.adres) <> lower(a.adres)
"""


def wants(event: Happened) -> bool:
    """Tell whether an address may have changed, or gone."""
    changed = event.actie in ("destroy", "partial_update")
    return changed and (event.register, event.resource) == ("klantinteracties", "digitaleadressen")


def subscribe_with(smtp: Callable[[], Smtp]) -> None:
    """Subscribe to the ledger, sending by the mail server of the municipality at hand."""
    subscribe(Subscriber(NAME, wants, lambda event: deliver(event, smtp())))


def deliver(event: Happened, smtp: Smtp) -> str:
    """Tell the addresses that were known to work before; return what was done."""
    told = [mail(smtp, message(event, adres, nr)) for nr, adres in enumerate(_addresses(event))]
    return f"{len(told)} e-mail(s) verzonden" if told else "niemand hoeft dit te horen"


def _addresses(event: Happened) -> list[str]:
    """Return whom to tell: the address that went, and the others when one came in use."""
    row = one(_EVENT, (event.position, NAAM))
    if row is None:
        return []
    mailed, before, passing, after, began = row
    if event.actie == "destroy":
        return [before] if mailed and not passing else []
    moved = after is not None and before != after
    gone = [before] if moved and mailed else []
    others = rows(_OTHERS, (event.key,)) if moved or began else []
    return gone + [found for (found,) in others if found not in gone]


def message(event: Happened, adres: str, nr: int = 0) -> Mail:
    """Make the mail: plain Dutch, level B1."""
    gemeente = instellingen().naam
    written = (
        "Beste lezer,\n\n"
        f"Bij {gemeente} is veranderd hoe wij u bereiken. Iemand die voor u was ingelogd, heeft "
        "een e-mailadres of telefoonnummer veranderd of verwijderd.\n\n"
        "Hebt u dit zelf gedaan? Dan hoeft u niets te doen.\n\n"
        "Hebt u dit niet gedaan? Neem dan meteen contact met ons op.\n\n"
        "Met vriendelijke groet,\n"
        f"{gemeente}\n\n"
        "U kunt deze e-mail niet beantwoorden.\n"
    )
    return Mail(
        to=adres,
        subject=f"Uw contactgegevens bij {gemeente} zijn veranderd",
        text=written,
        message_id=f"<{event.id}.{nr}.wijziging@loket>",
        date=event.moment,
    )
