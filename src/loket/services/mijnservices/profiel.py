"""Mijn gegevens: how the municipality knows a citizen, and how it may reach him (K14, M51)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loket.grammar.codec import decode
from loket.grammar.reading import Query
from loket.registers.klantinteracties.partij import partijen

if TYPE_CHECKING:
    from loket.kernel.actor import Actor


@dataclass(frozen=True)
class Adres:
    """Een e-mailadres of telefoonnummer; `werkt` als de burger dat met een code bewees."""

    soort: str
    adres: str
    omschrijving: str
    standaard: bool
    werkt: bool


@dataclass(frozen=True)
class Profiel:
    """Wat de gemeente van een burger weet om met hem te kunnen praten.

    `taal` is de ISO-code, leeg als die niet bekend is; `post` zijn de regels van het postadres.
    """

    naam: str
    taal: str
    adressen: tuple[Adres, ...]
    post: tuple[str, ...]

    def van(self, soort: str) -> tuple[Adres, ...]:
        """Return the addresses of a kind, the preferred one first."""
        found = (each for each in self.adressen if each.soort == soort)
        return tuple(sorted(found, key=lambda each: (not each.standaard, each.adres)))


def profiel(actor: Actor) -> Profiel | None:
    """Return the profile of a citizen, in one statement; None when he is no partij here."""
    query = Query("", expand=(("digitaleAdressen", ()),), size=1)
    found = decode(partijen.list(actor, query).results)
    return _profiel(found[0]) if found else None


def _profiel(partij: dict[str, Any]) -> Profiel:
    adressen = partij["_expand"]["digitaleAdressen"]
    form = partij["partijIdentificatie"] or {}
    return Profiel(
        naam=form.get("volledigeNaam") or form.get("naam") or "",
        taal=partij["voorkeurstaal"],
        adressen=tuple(map(_adres, adressen)),
        post=_post(partij["correspondentieadres"]) or _post(partij["bezoekadres"]),
    )


def _adres(shown: dict[str, Any]) -> Adres:
    return Adres(
        soort=shown["soortDigitaalAdres"],
        adres=shown["adres"],
        omschrijving=shown["omschrijving"],
        standaard=shown["isStandaardAdres"],
        werkt=shown["verificatieDatum"] is not None,
    )


def _post(form: dict[str, Any] | None) -> tuple[str, ...]:
    held = form or {}
    street = ("straatnaam", "huisnummer", "huisnummertoevoeging")
    lines = [
        " ".join(str(held[name]) for name in names if held.get(name))
        for names in (street, ("postcode", "stad"))
    ]
    lines += [str(held.get(f"adresregel{nr}") or "") for nr in (1, 2, 3)]
    return tuple(line for line in lines if line)
