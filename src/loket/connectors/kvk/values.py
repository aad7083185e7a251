"""Companies and their vestigingen, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Soort(StrEnum):
    """What a search finds."""

    HOOFDVESTIGING = "hoofdvestiging"
    NEVENVESTIGING = "nevenvestiging"
    RECHTSPERSOON = "rechtspersoon"


@dataclass(frozen=True, slots=True)
class Adres:
    """An address; one that is shielded has no lines for whoever may not see them."""

    soort: str
    """bezoekadres, postadres or correspondentieadres, as KVK calls it."""
    regels: tuple[str, ...]
    afgeschermd: bool = False


@dataclass(frozen=True, slots=True)
class Activiteit:
    """What a company does, by the code of the SBI."""

    code: str
    omschrijving: str
    hoofd: bool = False


@dataclass(frozen=True, slots=True)
class Vestiging:
    """A place where a company works."""

    nummer: str
    kvk_nummer: str = ""
    naam: str = ""
    handelsnamen: tuple[str, ...] = ()
    hoofd: bool = False
    begonnen: date | None = None
    geeindigd: date | None = None
    adressen: tuple[Adres, ...] = ()
    activiteiten: tuple[Activiteit, ...] = ()
    websites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Onderneming:
    """A registration in the Handelsregister; without vestigingen the addresses are the owner's."""

    kvk_nummer: str
    naam: str = ""
    statutaire_naam: str = ""
    handelsnamen: tuple[str, ...] = ()
    rechtsvorm: str = ""
    rsin: str = ""
    begonnen: date | None = None
    geeindigd: date | None = None
    adressen: tuple[Adres, ...] = ()
    activiteiten: tuple[Activiteit, ...] = ()
    hoofdvestiging: Vestiging | None = None


@dataclass(frozen=True, slots=True)
class Naamgeving:
    """All names of a company: its own, and those of each vestiging by its number."""

    kvk_nummer: str
    naam: str
    statutaire_naam: str
    ook_genoemd: str
    vestigingen: tuple[Vestiging, ...]


@dataclass(frozen=True, slots=True)
class Zoekvraag:
    """What is searched by; a postcode counts together with a house number."""

    kvk_nummer: str = ""
    rsin: str = ""
    vestigingsnummer: str = ""
    naam: str = ""
    straatnaam: str = ""
    plaats: str = ""
    postcode: str = ""
    huisnummer: str = ""
    huisletter: str = ""
    soorten: tuple[Soort, ...] = ()
    ook_beeindigd: bool = False
    bladzijde: int = 1
    per_bladzijde: int = 10


@dataclass(frozen=True, slots=True)
class Treffer:
    """One line of what a search finds."""

    kvk_nummer: str
    naam: str
    soort: str
    vestigingsnummer: str = ""
    rsin: str = ""
    regels: tuple[str, ...] = ()
    actief: bool = True


@dataclass(frozen=True, slots=True)
class Zoekresultaat:
    """A page of what was found, and how much there is."""

    totaal: int
    treffers: tuple[Treffer, ...] = ()
