"""The variables of a template: which there are, and how they stand in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from loket.registers.output.waarden import Inhoud

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLACE: Final = re.compile(r"\{\{\s*([a-z_.]*)\s*\}\}")
"""Where a variable stands: `{{ zaak.nummer }}`."""

_LOOSE: Final = re.compile(r"\{\{|\}\}")

ATTENDERING: Final[Mapping[str, str]] = {
    "gemeente.naam": "de naam van de gemeente",
    "link": "het adres waar de ontvanger het nieuws leest, na inloggen",
    "uiterste_datum": "tot wanneer iets gedaan kan worden",
}
"""What may stand in a text that goes over a channel which others can read: no content."""

BERICHT: Final[Mapping[str, str]] = {
    **ATTENDERING,
    "zaak.nummer": "het zaaknummer",
    "zaak.omschrijving": "de omschrijving van de zaak",
    "zaak.type": "het soort zaak",
    "zaak.status": "de status van de zaak",
    "zaak.status_naam": "de naam van de status, in een paar woorden",
    "zaak.status_uitleg": "de uitleg bij de status",
    "zaak.status_datum": "sinds wanneer de zaak die status heeft",
    "zaak.resultaat": "het resultaat van de zaak",
    "zaak.startdatum": "wanneer de zaak begon",
    "zaak.uiterste_datum": "wanneer de zaak uiterlijk klaar is",
    "besluit.type": "het soort besluit",
    "besluit.datum": "de datum van het besluit",
    "besluit.reactiedatum": "tot wanneer bezwaar gemaakt kan worden",
    "document.titel": "de titel van het document",
    "taak.titel": "wat er gedaan moet worden",
    "taak.toelichting": "de toelichting bij de taak",
    "verzoek.type": "het soort verzoek",
    "verzoek.datum": "wanneer het verzoek binnenkwam",
    "bericht.onderwerp": "het onderwerp van het bericht",
}
"""What may stand in a message that only its recipient reads."""

ALLEEN_BINNEN: Final[Mapping[str, str]] = {
    name: what for name, what in BERICHT.items() if name not in ATTENDERING
}
"""What of a nudge may stand in its text for the portal alone."""


def of(inhoud: str) -> Mapping[str, str]:
    """Return the variables that a kind of template may use, with what each stands for."""
    return ATTENDERING if inhoud == Inhoud.ATTENDERING else BERICHT


def strange(text: str, inhoud: str) -> Iterator[str]:
    """Yield what stands between braces in a text and is no variable of that kind of template."""
    known = of(inhoud)
    for name in PLACE.findall(text):
        if name not in known:
            yield name or "(leeg)"
    if _LOOSE.search(PLACE.sub("", text)):
        yield "een losse accolade"


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the values into a text; one that is not known is left out."""
    return PLACE.sub(lambda match: values.get(match[1], ""), text)
