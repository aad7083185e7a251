"""Who can log in: the invented people of a file, and whoever one types."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from loket.kernel.problems import InvalidValue
from loket.kernel.values import bsn, elfproef

if TYPE_CHECKING:
    from pathlib import Path

_TEST_PREFIX = "9999"
_TEST_NUMBERS = 100_000
_FIELDS = {"sub", "naam", "bsn", "email"}


@dataclass(frozen=True, slots=True)
class Persoon:
    """Somebody who does not exist."""

    sub: str
    naam: str
    bsn: str
    email: str = ""

    def claims(self, bsn_claim: str) -> dict[str, str]:
        """Return what the token tells."""
        return {"sub": self.sub, bsn_claim: self.bsn}


def load(path: Path) -> dict[str, Persoon]:
    """Read the people of a file, by their sub; raise ValueError with what is wrong with it."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error
    if not isinstance(rows, list) or not rows:
        raise ValueError(f"{path}: expected a list of people.")
    people = [_read(row, f"{path}, person {place}") for place, row in enumerate(rows, 1)]
    by_sub = {person.sub: person for person in people}
    if len(by_sub) != len(people) or len({person.bsn for person in people}) != len(people):
        raise ValueError(f"{path}: two people share a sub or a bsn.")
    return by_sub


def typed(people: dict[str, Persoon], naam: str, number: str = "") -> Persoon:
    """Return whom a typed name and BSN mean: one of `people`, or somebody new.

    Without a BSN the name decides which one somebody new gets. Raise InvalidValue if the number
    is no BSN.
    """
    wanted = bsn(number) if number else _number_for(naam)
    for known in people.values():
        if known.bsn == wanted or (not number and known.naam.casefold() == naam.casefold()):
            return known
    return Persoon(sub=str(uuid5(NAMESPACE_URL, f"urn:bsn:{wanted}")), naam=naam, bsn=wanted)


def _read(row: object, place: str) -> Persoon:
    if not isinstance(row, dict) or row.keys() != _FIELDS:
        raise ValueError(f"{place}: expected the fields {', '.join(sorted(_FIELDS))}.")
    if not all(isinstance(value, str) and value for value in row.values()):
        raise ValueError(f"{place}: every field is a text and not empty.")
    try:
        bsn(row["bsn"])
    except InvalidValue as error:
        raise ValueError(f"{place}: {error.reason}") from error
    return Persoon(**row)


def _number_for(naam: str) -> str:
    """Return the first valid number, in the range for tests, from where the name points."""
    start = int.from_bytes(sha256(naam.casefold().encode()).digest()[:4])
    numbers = (
        f"{_TEST_PREFIX}{(start + step) % _TEST_NUMBERS:05}" for step in range(_TEST_NUMBERS)
    )
    return next(number for number in numbers if elfproef(number))
