"""The words in which the pages speak of channels, languages and kinds of things."""

from __future__ import annotations

from typing import Final

from loket.registers.output.waarden import Gebeurtenis, Ontvanger, Outputkanaal, Verzendstatus

TALEN: Final = {
    "nl": "Nederlands", "en": "Engels", "fy": "Fries", "de": "Duits", "fr": "Frans",
}  # fmt: skip
"""The languages that a recipient can prefer and a template can have."""

ZONDER_ZAAKTYPE: Final = (
    Gebeurtenis.VERZOEK_ONTVANGEN,
    Gebeurtenis.TAAK_UITGEZET,
    Gebeurtenis.TAAK_HERINNERING,
    Gebeurtenis.BERICHT_GEPLAATST,
)
"""What is of no zaaktype: a rule of one zaaktype never holds for these."""

WIE: Final = {
    Ontvanger.INITIATOR: "de aanvrager",
    Ontvanger.ALLE_AANVRAGERS: "alle aanvragers",
}
"""Who gets a message, in a table: of a taak or bericht the aanvrager is who it is for."""

_KINDS: Final = {
    "zaken": "zaak", "externetaken": "taak", "berichten": "bericht", "verzoeken": "verzoek",
}  # fmt: skip
_WAY: Final = {
    Outputkanaal.PORTAAL: "via het portaal",
    Outputkanaal.BERICHTENBOX: "via de Berichtenbox",
    Outputkanaal.BRIEF: "per brief, naar het postadres",
}


def taal(code: str) -> str:
    """Return what a language is called."""
    return TALEN.get(code, code)


def kanaal(code: str) -> str:
    """Return what a channel is called."""
    return str(Outputkanaal(code).label) if code else "geen kanaal"


def gebeurtenis(code: str) -> str:
    """Return what an event is called."""
    return str(Gebeurtenis(code).label)


def status(code: str) -> str:
    """Return what a status is called."""
    return str(Verzendstatus(code).label)


def waarover(hoofd_object: str, zaaknummer: str | None) -> str:
    """Return what a message is about: the number of a zaak, or the kind of thing."""
    *_, kind, key = hoofd_object.split("/")
    return zaaknummer or f"{_KINDS.get(kind, kind)} {key[:8]}"


def ontvanger(code: str, adres: str) -> str:
    """Return where a message goes; never a BSN."""
    return adres or (_WAY.get(Outputkanaal(code), "onbekend") if code else "niemand bereikbaar")
