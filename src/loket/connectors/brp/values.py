"""A person, in our words, and which parts of what the BRP knows can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Deel(StrEnum):
    """A part of a person; nothing is asked for that is not needed."""

    NAAM = "naam"
    AANHEF = "aanhef"
    GEBOORTE = "geboorte"
    ADRES = "adres"
    OVERLIJDEN = "overlijden"
    PARTNER = "partner"
    KINDEREN = "kinderen"


class Verblijf(StrEnum):
    """Where somebody lives, as far as the BRP knows."""

    NEDERLAND = "nederland"
    BUITENLAND = "buitenland"
    ONBEKEND = "onbekend"
    """He left, and nobody knows where to."""


@dataclass(frozen=True, slots=True)
class Datum:
    """A date, of which the day, the month or all may be unknown; `tekst` is the BRP's wording."""

    tekst: str
    dag: date | None = None


@dataclass(frozen=True, slots=True)
class Adres:
    """Where somebody lives; the lines are those of an envelope."""

    verblijf: Verblijf
    regels: tuple[str, ...] = ()
    land: str = ""
    """Empty for the Netherlands."""
    sinds: Datum | None = None
    woont_er_niet: bool = False
    """It was established that he does not live there any more."""


@dataclass(frozen=True, slots=True)
class Gerelateerde:
    """A partner or a child."""

    naam: str
    geboren: Datum | None = None
    verbintenis: str = ""
    """Marriage or registered partnership."""


@dataclass(frozen=True, slots=True, repr=False)
class Persoon:
    """A person; what was not asked for, and what the BRP does not know, is empty.

    It does not show itself: nothing of it belongs in a log.
    """

    naam: str = ""
    aanschrijfnaam: str = ""
    aanhef: str = ""
    geboren: Datum | None = None
    geboorteplaats: str = ""
    geboorteland: str = ""
    adres: Adres | None = None
    overleden: Datum | None = None
    geheim: bool = False
    """He asked that his data are not given to others."""
    in_onderzoek: frozenset[Deel] = frozenset()
    """The parts of which the municipality is finding out whether they are right."""
    opgeschort: str = ""
    """Why the BRP does not keep up this person any more, if so."""
    partners: tuple[Gerelateerde, ...] = ()
    kinderen: tuple[Gerelateerde, ...] = ()
