"""What a klant says back: to a bericht, of a gespreksverslag, about a zaak (J5, K7)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from loket.grammar.gathering import gather_beside
from loket.kernel.problems import Conflict, Fault, Invalid, NotFound
from loket.registers.klantinteracties.klantcontact_regels import lijkt_bsn
from loket.registers.zaken.zaak import zaken
from loket.services.mijnservices import berichten, contactmomenten, zaakkort
from loket.services.mijnservices.contactmomenten import VERBETERING
from loket.services.mijnservices.klant import demand_klant
from loket.services.mijnservices.opvolging import TERMIJN
from loket.services.mijnservices.vastleggen import Geschreven, Ontvangen, ding, leg_vast, ontvangen
from loket.services.mijnservices.vragen import SLEUTEL, een, vraag

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.zaakkort import ZaakKort

LANGSTE_TEKST: Final = 1000
LANGSTE_ONDERWERP: Final = 100
_OPMAAK: Final = "\n\t"


def beantwoord(actor: Actor, bericht: UUID, tekst: str, call: Call) -> Ontvangen:
    """Reply to a bericht; Conflict when it asks for no reply or the time is over, NotFound."""
    found = berichten.detail(actor, bericht)
    if not found.reageren_kan:
        raise Conflict("Op dit bericht kunt u niet (meer) reageren.")
    (tekst,) = gekeurd(tekst=(tekst, LANGSTE_TEKST))
    over, bij = [ding("bericht", bericht)], _zaken(found.zaak)
    written = Geschreven(
        onderwerp=f"Heeft gereageerd op het bericht “{found.regel.onderwerp}”",
        tekst=tekst,
        handeling="Verwerk de reactie op een bericht",
        over=[*over, *(ding("zaak", each) for each in bij)],
        zaken=bij,
    )
    return leg_vast(actor, written, call)


def vraag_verbetering(actor: Actor, contact: UUID, tekst: str, call: Call) -> Ontvangen:
    """Say what of a gespreksverslag is not right; Conflict when he did so already, NotFound."""
    found = contactmomenten.detail(actor, contact)
    (tekst,) = gekeurd(tekst=(tekst, LANGSTE_TEKST))
    same = next((each for each in found.verzoeken if each.open and each.tekst == tekst), None)
    if same is not None:
        return ontvangen(same.uuid)
    if not found.verbetering_kan and not any(each.open for each in found.verzoeken):
        raise Conflict("Dit schreef u zelf. Stuur ons een nieuwe vraag als het anders is.")
    if not found.verbetering_kan:
        raise Conflict("U vroeg al om verbetering. Wij bekijken uw verzoek nog.")
    bij = tuple(each.uuid for each in found.zaken)
    written = Geschreven(
        onderwerp=VERBETERING,
        tekst=tekst,
        handeling="Beoordeel het verzoek om verbetering van een gespreksverslag",
        over=[{"wasKlantcontact": {"uuid": str(contact)}}, *(ding("zaak", each) for each in bij)],
        zaken=bij,
    )
    return leg_vast(actor, written, call)


def stel_vraag(actor: Actor, zaak: UUID, onderwerp: str, tekst: str, call: Call) -> Ontvangen:
    """Ask something about a zaak; NotFound when it is not his."""
    om_te_vragen(actor, zaak)
    onderwerp, tekst = gekeurd(
        onderwerp=(" ".join(onderwerp.split()), LANGSTE_ONDERWERP), tekst=(tekst, LANGSTE_TEKST)
    )
    written = Geschreven(
        onderwerp=f"Heeft een vraag gesteld over “{onderwerp}”",
        tekst=tekst,
        handeling="Beantwoord de vraag over een zaak",
        over=[ding("zaak", zaak)],
        zaken=(zaak,),
    )
    return leg_vast(actor, written, call)


def om_te_vragen(actor: Actor, zaak: UUID) -> tuple[ZaakKort, int | None]:
    """Return a zaak to ask about, and within how many working days there is an answer; NotFound.

    One statement.
    """
    demand_klant(actor)
    asked = vraag((SLEUTEL, zaak), kies=zaakkort.kies(), size=1)
    found, (termijn,) = gather_beside(actor, {"zaak": (zaken, asked)}, TERMIJN)
    shown = een(found["zaak"])
    if shown is None:
        raise NotFound
    return zaakkort.regel(shown), termijn


def _zaken(zaak: ZaakKort | None) -> tuple[UUID, ...]:
    return (zaak.uuid,) if zaak else ()


def gekeurd(**texts: tuple[str, int]) -> list[str]:
    """Return what somebody typed, each line ended in one way; Invalid with all that is wrong."""
    taken = {name: _geregeld(raw) for name, (raw, _) in texts.items()}
    faults = [
        fault for name, text in taken.items() for fault in _fouten(name, text, texts[name][1])
    ]
    if faults:
        raise Invalid(faults)
    return list(taken.values())


def _geregeld(raw: str) -> str:
    return unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _fouten(name: str, text: str, most: int) -> Iterator[Fault]:
    if not any(each.isprintable() and not each.isspace() for each in text):
        yield Fault(name, "blank", "Dit veld mag niet leeg zijn.")
    elif len(text) > most:
        yield Fault(name, "max_length", f"Dit veld mag niet langer zijn dan {most} tekens.")
    elif any(unicodedata.category(each) in ("Cc", "Cs") and each not in _OPMAAK for each in text):
        yield Fault(name, "invalid", "In de tekst staan tekens die wij niet kunnen bewaren.")
    elif lijkt_bsn(text):
        yield Fault(name, "bsn", "In de tekst lijkt een burgerservicenummer te staan.")


__all__ = [
    "LANGSTE_ONDERWERP",
    "LANGSTE_TEKST",
    "beantwoord",
    "gekeurd",
    "om_te_vragen",
    "stel_vraag",
    "vraag_verbetering",
]
