"""Mijn gegevens, changed by oneself: the addresses at which one is reached (K14, M51).

An address counts when a code that was sent to it came back. What takes the place of another stands
beside it until then; after that the other has the new address, so that what refers to it stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from loket.kernel.clock import now, today
from loket.kernel.problems import Fault, Invalid, NotFound
from loket.ledger.database import one, rows, whole
from loket.registers.klantinteracties import verifieren
from loket.registers.klantinteracties.digitaaladres import digitaleadressen
from loket.registers.klantinteracties.waarden import SoortDigitaalAdres
from loket.services.mijnservices import partij
from loket.services.mijnservices.klant import demand_klant, demand_zelf, namens
from loket.services.mijnservices.profiel import VERVANGT, Adres
from loket.services.output.verificatie import kan_sms

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

MOST: Final = 5
"""How many addresses of a kind somebody has."""

PER_DAG: Final = 10
"""How many new addresses somebody names in a day: each leads to messages to who may be another."""

_ADRESSEN: Final = """
SELECT a.id, a.soort_digitaal_adres, a.adres, a.omschrijving, a.is_standaard_adres,
    a.verificatie_datum IS NOT NULL,
    substring(a.referentie FROM '^vervangt-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$')::uuid
FROM klantinteracties_digitaaladres a WHERE a.verstrekt_door_partij_id = %s ORDER BY a.id
"""
_VANDAAG: Final = """
SELECT count(*) FROM ledger_event WHERE main_key = %s AND resource = 'digitaleadressen'
    AND actie = 'create' AND moment > %s
"""
_WEG: Final = """
SELECT EXISTS (SELECT FROM ledger_event WHERE main_key = %s AND resource = 'digitaleadressen'
    AND key = %s AND actie = 'destroy')
"""
_CODE: Final = """
SELECT v.geldig_tot, v.pogingen, v.bevestigd_op,
    (SELECT count(*) FROM klantinteracties_adresverificatie w
        WHERE w.digitaal_adres_id = %(adres)s AND w.verzonden_op > %(uur)s)
FROM klantinteracties_adresverificatie v WHERE v.digitaal_adres_id = %(adres)s
ORDER BY v.verzonden_op DESC LIMIT 1
"""
_EERDERE_CODES: Final = """
SELECT id FROM klantinteracties_adresverificatie
WHERE digitaal_adres_id = %s AND bevestigd_op IS NULL ORDER BY verzonden_op DESC LIMIT 5 OFFSET 1
"""
_CODE_VORM: Final = re.compile("[0-9]{6}")


class Reden(StrEnum):
    """Why something can't be done now."""

    TE_VEEL_ADRESSEN = "te-veel-adressen"
    TE_VEEL_VANDAAG = "te-veel-vandaag"
    TE_VEEL_CODES = "te-veel-codes"
    TE_VAAK_FOUT = "te-vaak-fout"
    OUDE_CODE = "oude-code"
    VERLOPEN = "verlopen"
    NIET_GECONTROLEERD = "niet-gecontroleerd"
    GEEN_CODE_MOGELIJK = "geen-code-mogelijk"


class Geweigerd(Exception):
    """It can't be done now; `reden` says why."""

    def __init__(self, reden: Reden) -> None:
        super().__init__(reden.value)
        self.reden = reden


class VraagEerst(Exception):
    """What is used now would make way for what can't be checked; nothing was changed."""


@dataclass(frozen=True)
class Code:
    """How far the verification of an address is; `geldig_tot` is empty when no code holds."""

    adres: Adres
    geldig_tot: datetime | None
    pogingen_over: int
    nieuwe_kan: bool


def adressen(actor: Actor) -> tuple[Adres, ...]:
    """Return the addresses of who asks."""
    demand_klant(actor)
    key = partij.eigen(actor)
    return tuple(Adres(*row) for row in rows(_ADRESSEN, (key,))) if key else ()


def adres(actor: Actor, uuid: UUID) -> Adres:
    """Return one address of who asks; NotFound when it is not his."""
    found = next((each for each in adressen(actor) if each.uuid == uuid), None)
    if found is None:
        raise NotFound
    return found


def was_eigen(actor: Actor, uuid: UUID) -> bool:
    """Tell whether an address that is not there any more was one of who asks."""
    demand_klant(actor)
    key = partij.eigen(actor)
    return bool(key and one(_WEG, (key, uuid))[0])


def nieuw(
    actor: Actor, soort: str, given: str, call: Call, vervangt: UUID | None = None,
    *, vraag_eerst: bool = False,
) -> Adres:  # fmt: skip
    """Add an address, and send a code to it when that can be; Invalid, Geweigerd, NotFound.

    One that can take no code, a telephone at home, is taken as it is; VraagEerst when that is
    wanted and another would make way for it.
    """
    demand_zelf(actor)
    with whole():
        key = partij.word_bekend(actor, call)
        partij.alleen(actor)
        old = adres(actor, vervangt) if vervangt else None
        _laat_eerdere_poging(actor, vervangt, call)
        others = [each for each in adressen(actor) if each.soort == soort]
        _weiger(key, given, others, old)
        body = {
            "soortDigitaalAdres": soort,
            "adres": given.strip(),
            "verstrektDoorPartij": {"uuid": str(key)},
            "referentie": f"{VERVANGT}{vervangt}" if vervangt else "",
        }
        made = digitaleadressen.create(namens(actor), body, call).record
        found = adres(actor, made.pk)
        if kan_code(found):
            verifieren.verifieer(namens(actor), replace(call, key=made.pk))
            return found
        if old is not None and vraag_eerst:
            raise VraagEerst
        return _laat_gelden(actor, found, call, werkt=False)


def kan_code(found: Adres) -> bool:
    """Tell whether a code can be sent to an address, by what this municipality has to send with."""
    return found.te_controleren and (found.soort == SoortDigitaalAdres.EMAIL or kan_sms())


def code(actor: Actor, uuid: UUID) -> Code:
    """Return how far the verification of an address is; NotFound when it is not his."""
    found = adres(actor, uuid)
    asked = {"adres": uuid, "uur": now() - timedelta(hours=1)}
    tot, pogingen, bevestigd, codes = one(_CODE, asked) or (None, 0, None, 0)
    over = max(0, verifieren.MOST_TRIES - pogingen)
    holds = tot is not None and bevestigd is None and tot >= now() and over > 0
    return Code(found, tot if holds else None, over, codes < verifieren.MOST_CODES)


def stuur_code(actor: Actor, uuid: UUID, call: Call) -> None:
    """Send a new code to an address; Geweigerd, NotFound."""
    demand_zelf(actor)
    with whole():
        partij.alleen(actor)
        state = code(actor, uuid)
        if not kan_code(state.adres):
            raise Geweigerd(Reden.GEEN_CODE_MOGELIJK)
        if not state.nieuwe_kan:
            raise Geweigerd(Reden.TE_VEEL_CODES)
        verifieren.verifieer(namens(actor), replace(call, key=uuid))


def bevestig(actor: Actor, uuid: UUID, given: str, call: Call) -> Adres:
    """Take a code; the address counts when it is right. Invalid, Geweigerd, NotFound.

    What is no code at all is not counted as a try.
    """
    demand_zelf(actor)
    with whole():
        partij.alleen(actor)
        state = code(actor, uuid)
        if state.adres.werkt:
            return state.adres
        if state.geldig_tot is None:
            raise Geweigerd(Reden.VERLOPEN if state.pogingen_over else Reden.TE_VAAK_FOUT)
        typed = "".join(given.split())
        if _CODE_VORM.fullmatch(typed) is None:
            raise Invalid([Fault("code", "pattern", "Een code heeft 6 cijfers.")])
        try:
            verifieren.bevestig(namens(actor), replace(call, key=uuid, body={"code": typed}))
        except Invalid as problem:  # that it was tried is kept, so nothing may be undone here
            wrong: Exception = Geweigerd(Reden.OUDE_CODE) if _is_eerdere(uuid, typed) else problem
        else:
            return _laat_gelden(actor, adres(actor, uuid), call, werkt=True)
    raise wrong


def kies(actor: Actor, uuid: UUID, call: Call) -> Adres:
    """Let an address be the one of its kind that is used; Geweigerd, NotFound."""
    demand_zelf(actor)
    with whole():
        found = adres(actor, uuid)
        if not found.werkt and kan_code(found):
            raise Geweigerd(Reden.NIET_GECONTROLEERD)
        if not found.standaard:
            _patch(actor, uuid, call, isStandaardAdres=True)
        return found


def verwijder(actor: Actor, uuid: UUID, call: Call) -> Adres:
    """Remove an address, and what would take its place; NotFound when it is not his."""
    demand_zelf(actor)
    with whole():
        partij.word_bekend(actor, call)
        found = adres(actor, uuid)
        _laat_eerdere_poging(actor, uuid, call)
        digitaleadressen.destroy(namens(actor), uuid, call)
        if found.standaard:
            _kies_een_ander(actor, found.soort, call)
        return found


def _weiger(key: UUID, given: str, others: list[Adres], old: Adres | None) -> None:
    """Refuse what is there already, or is too much."""
    if any(_zelfde(each, given) for each in others):
        raise Invalid([Fault("adres", "unique", "Dit adres staat er al.")])
    if old is None and len(others) >= MOST:
        raise Geweigerd(Reden.TE_VEEL_ADRESSEN)
    if one(_VANDAAG, (key, now() - timedelta(days=1)))[0] >= PER_DAG:
        raise Geweigerd(Reden.TE_VEEL_VANDAAG)


def _zelfde(each: Adres, given: str) -> bool:
    if each.soort == SoortDigitaalAdres.EMAIL:
        return each.adres.casefold() == given.strip().casefold()
    return _cijfers(each.adres) == _cijfers(given)


def _cijfers(nummer: str) -> str:
    """Return the digits of a telephone number that count, whatever its notation."""
    digits = "".join(sign for sign in nummer if sign.isdecimal())
    return digits.removeprefix("00").removeprefix("31").lstrip("0")


def _is_eerdere(uuid: UUID, typed: str) -> bool:
    """Tell whether a code was sent to an address before the one that counts now."""
    return any(verifieren.code_of(key) == typed for (key,) in rows(_EERDERE_CODES, (uuid,)))


def _laat_eerdere_poging(actor: Actor, vervangt: UUID | None, call: Call) -> None:
    """Drop what was to take the place of an address before."""
    for each in adressen(actor) if vervangt else ():
        if each.vervangt == vervangt:
            digitaleadressen.destroy(namens(actor), each.uuid, call)


def _laat_gelden(actor: Actor, found: Adres, call: Call, *, werkt: bool) -> Adres:
    """Let a new address count: in the place of another, or as the first of its kind."""
    own = adressen(actor)
    old = next((each for each in own if each.uuid == found.vervangt), None)
    if old is not None:
        seen = today().isoformat() if werkt else None
        _patch(actor, old.uuid, call, adres=found.adres, verificatieDatum=seen)
        digitaleadressen.destroy(namens(actor), found.uuid, call)
        return adres(actor, old.uuid)
    first = not any(each.standaard for each in own if each.soort == found.soort)
    if first or found.vervangt:
        _patch(actor, found.uuid, call, isStandaardAdres=first or found.standaard, referentie="")
    return adres(actor, found.uuid)


def _kies_een_ander(actor: Actor, soort: str, call: Call) -> None:
    left = [each for each in adressen(actor) if each.soort == soort and each.werkt]
    if left:
        _patch(actor, left[0].uuid, call, isStandaardAdres=True)


def _patch(actor: Actor, uuid: UUID, call: Call, **body: Any) -> None:
    digitaleadressen.patch(namens(actor), uuid, body, call)


__all__ = [
    "MOST",
    "Code",
    "Geweigerd",
    "Reden",
    "VraagEerst",
    "adres",
    "adressen",
    "bevestig",
    "code",
    "kan_code",
    "kan_sms",
    "kies",
    "nieuw",
    "stuur_code",
    "verwijder",
    "was_eigen",
]
