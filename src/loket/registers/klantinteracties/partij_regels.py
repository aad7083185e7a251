"""How a partij is named, and what it may prefer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.rule import rule
from loket.registers.klantinteracties.groepen import volledige_naam
from loket.registers.klantinteracties.waarden import SoortPartij

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.grammar.change import Change
    from loket.registers.klantinteracties.partij import Partij


def noem_voluit(partij: Partij, change: Change) -> None:
    """Put the name as one text beside its parts."""
    del change
    form = partij.partij_identificatie
    if form is not None and partij.soort_partij != SoortPartij.ORGANISATIE:
        named = volledige_naam(form.get("contactnaam"))
        partij.partij_identificatie = {**form, "volledigeNaam": named}


@rule("invalid", on="partijIdentificatie.werkteVoorPartij")
def werkte_voor_organisatie(partij: Partij) -> bool:
    """Een contactpersoon werkt voor een partij van de soort organisatie."""
    above = partij.werkte_voor_partij
    return above is None or above.soort_partij == SoortPartij.ORGANISATIE


@rule("invalid", on="voorkeursDigitaalAdres")
def voorkeursadres_is_eigen(partij: Partij, change: Change) -> bool:
    """Het voorkeursadres staat niet bij de digitale adressen van de partij."""
    return _is_eigen(partij.voorkeurs_digitaal_adres, "digitaleAdressen", partij, change)


@rule("invalid", on="voorkeursRekeningnummer")
def voorkeursrekening_is_eigen(partij: Partij, change: Change) -> bool:
    """Het voorkeursrekeningnummer staat niet bij de rekeningnummers van de partij."""
    return _is_eigen(partij.voorkeurs_rekeningnummer, "rekeningnummers", partij, change)


@rule("partij-opgegaan")
def is_niet_opgegaan(partij: Partij, change: Change) -> bool:
    """Deze partij is samengevoegd met een andere; wijzig die, of maak de samenvoeging ongedaan."""
    del partij
    before: Any = change.before
    return before is None or before.opgegaan_in_id is None


def volg_samenvoeging(name: str) -> Callable[[Any, Change], None]:
    """Make the derivation by which a reference to a partij that was merged is to what it is now."""

    def volg(record: Any, change: Change) -> None:
        partij = getattr(record, name)
        if partij is None or partij.opgegaan_in_id is None or name not in change.given:
            return
        while partij.opgegaan_in is not None:
            partij = partij.opgegaan_in
        setattr(record, name, partij)
        change.warn(f"De partij is samengevoegd met partij {partij.nummer}; die staat er nu.")

    return volg


def _is_eigen(preferred: Any, listed: str, partij: Partij, change: Change) -> bool:
    """Tell whether what is preferred is linked already, or is by this very body."""
    if preferred is None:
        return True
    sent = change.sent.get(listed)
    if sent is not None:
        return str(preferred.pk) in {str(each.get("uuid")) for each in sent}
    owner = getattr(preferred, "verstrekt_door_partij_id", None) or getattr(
        preferred, "partij_id", None
    )
    return bool(owner == partij.pk)


REGELS = (
    werkte_voor_organisatie,
    voorkeursadres_is_eigen,
    voorkeursrekening_is_eigen,
    is_niet_opgegaan,
)
