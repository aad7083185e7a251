"""What a digital address looks like, and which one is the default of its kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from loket.grammar import field
from loket.grammar.rule import rule
from loket.grammar.words import Intake
from loket.grammar.writing import adjust
from loket.registers.klantinteracties.groepen import TELEFOONNUMMER
from loket.registers.klantinteracties.waarden import SoortDigitaalAdres

if TYPE_CHECKING:
    from loket.grammar.change import Change
    from loket.registers.klantinteracties.digitaaladres import DigitaalAdres

_EMAIL: Any = field.email("Een e-mailadres.")
_TELEFOON = re.compile(TELEFOONNUMMER)
_TEKENS = re.compile(r"[\s().-]")


def schrijf_gelijk(adres: DigitaalAdres, change: Change) -> None:
    """Write a telephone number without the signs that people put in it."""
    del change
    if adres.soort_digitaal_adres == SoortDigitaalAdres.TELEFOONNUMMER:
        adres.adres = _TEKENS.sub("", adres.adres)


@rule("invalid", on="adres")
def adres_past_bij_soort(adres: DigitaalAdres) -> bool:
    """Dit is geen geldig e-mailadres of telefoonnummer."""
    if adres.soort_digitaal_adres == SoortDigitaalAdres.TELEFOONNUMMER:
        return bool(_TELEFOON.fullmatch(adres.adres))
    if adres.soort_digitaal_adres == SoortDigitaalAdres.EMAIL:
        intake = Intake("")
        _EMAIL.taken(adres.adres, "adres", intake)
        return not intake.faults
    return True


@rule("invalid", on="isStandaardAdres")
def standaard_is_van_partij(adres: DigitaalAdres) -> bool:
    """Alleen een adres van een partij kan het standaardadres zijn."""
    return not adres.is_standaard_adres or adres.verstrekt_door_partij_id is not None


def is_van_iemand(adres: DigitaalAdres, change: Change) -> tuple[()]:
    """Warn of an address that belongs to nobody (VNG: F1995), which older clients make."""
    if adres.verstrekt_door_partij_id is None and adres.verstrekt_door_betrokkene_id is None:
        change.warn("Dit adres is van geen partij en van geen betrokkene.")
    return ()


def wijk_voor_nieuwe_standaard(adres: DigitaalAdres, change: Change) -> None:
    """Let the default of this kind that there was give way; before this one is written."""
    before: Any = change.before
    was = before is not None and before.is_standaard_adres
    same = was and (before.verstrekt_door_partij_id, before.soort_digitaal_adres) == (
        adres.verstrekt_door_partij_id,
        adres.soort_digitaal_adres,
    )
    if not adres.is_standaard_adres or adres.verstrekt_door_partij_id is None or same:
        return
    others = type(adres).objects.filter(
        verstrekt_door_partij_id=adres.verstrekt_door_partij_id,
        soort_digitaal_adres=adres.soort_digitaal_adres,
        is_standaard_adres=True,
    )
    for other in others.exclude(pk=adres.pk):
        adjust(change.resource, other, change, is_standaard_adres=False)
