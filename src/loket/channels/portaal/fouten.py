"""What is wrong with what somebody filled in, in words that help him mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from loket.services.mijnservices.reageren import LANGSTE_ONDERWERP, LANGSTE_TEKST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.kernel.problems import Conflict, Invalid

LANGST = {"onderwerp": LANGSTE_ONDERWERP, "tekst": LANGSTE_TEKST}
REDENEN = {
    ("onderwerp", "blank"): _("Vul in waar uw vraag over gaat."),
    ("onderwerp", "max_length"): _("Maak het onderwerp korter: hooguit %(most)s tekens."),
    ("tekst", "blank"): _("Vul uw tekst in."),
    ("tekst", "max_length"): _("Maak uw tekst korter: hooguit %(most)s tekens."),
}
IN_ELK_VELD = {
    "invalid": _("Er staan tekens in die wij niet kunnen bewaren. Typ de tekst opnieuw."),
    "bsn": _(
        "Er lijkt een burgerservicenummer (BSN) in te staan. Haal dat weg: wij weten al wie u bent."
    ),
}
HIER_NIET = (
    _("Op dit bericht kunt u niet (meer) reageren."),
    _("Dit schreef u zelf. Stuur ons een nieuwe vraag als het anders is."),
    _("U vroeg al om verbetering. Wij bekijken uw verzoek nog."),
    _("U stuurde ons vandaag al veel berichten. Bel ons als het niet kan wachten."),
)
"""What the services say when something cannot be done now; named here to be translated."""

ANDERS = _("Dit lukt nu niet. Probeer het later opnieuw of bel ons.")


@dataclass(frozen=True)
class Fout:
    """One thing that is wrong; `veld` is empty when no field can mend it."""

    veld: str
    tekst: str


def van(problem: Invalid | Conflict) -> list[Fout]:
    """Return what is wrong, by field; what is no field of the page only once."""
    faults = getattr(problem, "faults", None)
    if faults is None:
        return [Fout("", translated(problem.detail))]
    return list(dict.fromkeys(_fouten(faults)))


def _fouten(faults: tuple[object, ...]) -> Iterator[Fout]:
    for fault in faults:
        name, code = str(getattr(fault, "name", "")), str(getattr(fault, "code", ""))
        reason = REDENEN.get((name, code)) or (IN_ELK_VELD.get(code) if name in LANGST else None)
        if reason is None:
            yield Fout("", str(ANDERS))
        else:
            yield Fout(name, str(reason) % {"most": LANGST[name]})
