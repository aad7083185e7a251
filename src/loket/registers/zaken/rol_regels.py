"""The rules of a rol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.deed import is_new, made
from loket.grammar.rule import rule
from loket.registers.catalogi.waarden import OmschrijvingGeneriek

if TYPE_CHECKING:
    from loket.registers.zaken.rol import Rol

_ENIGE = (OmschrijvingGeneriek.INITIATOR, OmschrijvingGeneriek.ZAAKCOORDINATOR)


@rule("invalid-betrokkene")
def heeft_betrokkene(rol: Rol) -> bool:
    """Geef betrokkene (een adres) of betrokkeneIdentificatie."""
    return bool(rol.betrokkene or rol.betrokkene_identificatie)


@rule("max-occurences")
def is_enige(rol: Rol) -> bool:
    """Een zaak heeft hoogstens één initiator en één zaakcoördinator."""
    generiek = rol.roltype.omschrijving_generiek
    if generiek not in _ENIGE:
        return True
    if is_new(rol.zaak):
        mates = [each for each in made(type(rol)) if each.zaak is rol.zaak]
        return generiek not in {each.roltype.omschrijving_generiek for each in mates}
    others = rol.zaak.rollen.filter(roltype__omschrijving_generiek=generiek)
    return not others.exclude(pk=rol.pk).exists()
