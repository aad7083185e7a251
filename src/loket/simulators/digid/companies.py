"""For which companies one can log in: the invented ones of a file, and their vestigingen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bedrijf:
    """An employee who acts for a company, or for one vestiging of it."""

    kvk: str
    naam: str
    vestiging: str = ""
    waar: str = ""

    @property
    def sub(self) -> str:
        """By what the provider knows the employee."""
        return f"medewerker-{self.kvk}"

    @property
    def keuze(self) -> str:
        """The value of the choice on the page."""
        return f"{self.kvk}/{self.vestiging}"

    def claims(self, _bsn_claim: str) -> dict[str, str]:
        """Return what the token tells."""
        told = {"sub": self.sub, "kvk": self.kvk}
        return told | ({"vestiging": self.vestiging} if self.vestiging else {})


def load(path: Path) -> dict[str, Bedrijf]:
    """Read the companies of a file, and raise ValueError with what is wrong with it.

    Each is there as a whole, which leaves the vestiging open, and once for each vestiging.
    """
    found: dict[str, Bedrijf] = {}
    try:
        for row in json.loads(path.read_text(encoding="utf-8")):
            kvk, naam = str(row["kvk"]), str(row["naam"])
            made = [Bedrijf(kvk, naam)]
            made += [
                Bedrijf(kvk, naam, str(each["nummer"]), str(each["naam"]))
                for each in row.get("vestigingen", [])
            ]
            found |= {each.keuze: each for each in made}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: {error}") from error
    return found
