"""The persons of a file: how little has to be written down to be one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from loket.kernel.problems import InvalidValue
from loket.kernel.values import bsn

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Naam:
    """A name in its parts."""

    voornamen: str
    geslachtsnaam: str
    voorvoegsel: str = ""

    @property
    def achternaam(self) -> str:
        """The last name, with what stands before it."""
        return f"{self.voorvoegsel} {self.geslachtsnaam}".strip()

    @property
    def voorletters(self) -> str:
        """The first letters of the first names."""
        return "".join(f"{name[0]}." for name in self.voornamen.split())


@dataclass(frozen=True)
class Verwant:
    """A partner or a child; dates are `2016-05-09`, `2016-05`, `2016` or empty when unknown."""

    naam: Naam
    geboren: str = ""
    verbintenis: str = ""


@dataclass(frozen=True)
class Mens:
    """Somebody who does not exist.

    `adres` is `{straat, huisnummer, postcode, woonplaats}`, `buitenland` `{regel1, regel2, regel3,
    code, land}`; whoever has neither left for where nobody knows.
    """

    bsn: str
    naam: Naam
    geslacht: str
    geboren: str = ""
    geboorteplaats: str = ""
    geboorteland: tuple[str, str] = ("6030", "Nederland")
    adres: dict[str, Any] = field(default_factory=dict[str, Any])
    buitenland: dict[str, str] = field(default_factory=dict[str, str])
    sinds: str = ""
    geheim: bool = False
    onderzoek: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Per group of the API, which of its fields are looked into."""
    woont_er_niet: bool = False
    overleden: str = ""
    partner: Verwant | None = None
    kinderen: tuple[Verwant, ...] = ()


def load(path: Path) -> dict[str, Mens]:
    """Read the persons of a file, by their BSN; ValueError with what is wrong with it."""
    told = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(told, list):
        raise ValueError(f"{path}: expected a list of persons.")  # noqa: TRY004 - told to the user
    found = [_mens(each, f"{path}, person {place}") for place, each in enumerate(told, 1)]
    return {each.bsn: each for each in found}


def _mens(told: Any, place: str) -> Mens:
    if not isinstance(told, dict) or not told.keys() <= {each.name for each in fields(Mens)}:
        raise ValueError(f"{place}: there are other fields than a person has.")
    try:
        return Mens(
            **told
            | {
                "bsn": bsn(told["bsn"]),
                "naam": Naam(**told["naam"]),
                "geboorteland": tuple(told.get("geboorteland", Mens.geboorteland)),
                "partner": _verwant(told["partner"]) if "partner" in told else None,
                "kinderen": tuple(map(_verwant, told.get("kinderen", ()))),
            }
        )
    except (InvalidValue, KeyError, TypeError) as error:
        raise ValueError(f"{place}: {error}") from error


def _verwant(told: dict[str, Any]) -> Verwant:
    return Verwant(**told | {"naam": Naam(**told["naam"])})
