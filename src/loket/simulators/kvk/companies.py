"""The companies of a file: how little has to be written down to be one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from loket.kernel.problems import InvalidValue
from loket.kernel.values import digits

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Plek:
    """An address; `land` where it is not here, and then `straat` and `plaats` are whole lines."""

    straat: str
    plaats: str
    huisnummer: int = 0
    huisletter: str = ""
    postcode: str = ""
    postbus: int = 0
    land: str = "Nederland"
    afgeschermd: bool = False


@dataclass(frozen=True)
class Zaak:
    """A vestiging of a company; the first of them is the main one."""

    nummer: str
    naam: str
    plek: Plek
    post: Plek | None = None
    namen: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bedrijf:
    """A company that does not exist."""

    kvk: str
    naam: str
    rechtsvorm: str
    begonnen: str
    """`JJJJMMDD`."""
    rsin: str = ""
    statutair: str = ""
    beeindigd: str = ""
    activiteiten: tuple[tuple[str, str], ...] = ()
    vestigingen: tuple[Zaak, ...] = ()
    adres: Plek | None = None
    """Where the owner is, if there are no vestigingen."""
    personen: int = field(default=1)


def load(path: Path) -> dict[str, Bedrijf]:
    """Read the companies of a file, by their number; ValueError with what is wrong with it."""
    told = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(told, list):
        raise ValueError(f"{path}: expected a list of companies.")  # noqa: TRY004 - for the user
    found = [_bedrijf(each, f"{path}, company {place}") for place, each in enumerate(told, 1)]
    return {each.kvk: each for each in found}


def _bedrijf(told: Any, place: str) -> Bedrijf:
    if not isinstance(told, dict) or not told.keys() <= {each.name for each in fields(Bedrijf)}:
        raise ValueError(f"{place}: there are other fields than a company has.")
    try:
        return Bedrijf(
            **told
            | {
                "kvk": digits(told["kvk"], 8, "KVK-nummer"),
                "activiteiten": tuple(map(tuple, told.get("activiteiten", ()))),
                "vestigingen": tuple(map(_zaak, told.get("vestigingen", ()))),
                "adres": Plek(**told["adres"]) if "adres" in told else None,
            }
        )
    except (InvalidValue, KeyError, TypeError) as error:
        raise ValueError(f"{place}: {error}") from error


def _zaak(told: dict[str, Any]) -> Zaak:
    post = Plek(**told["post"]) if "post" in told else None
    return Zaak(
        **told
        | {
            "nummer": digits(told["nummer"], 12, "Vestigingsnummer"),
            "plek": Plek(**told["plek"]),
            "post": post,
            "namen": tuple(told.get("namen", ())),
            "websites": tuple(told.get("websites", ())),
        }
    )
