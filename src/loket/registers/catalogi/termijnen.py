"""Lengths of time as people say them: 8 weken, 1 jaar en 6 maanden."""

from __future__ import annotations

import re
from typing import Final

_UNITS: Final = {
    "Y": ("jaar", "jaar"),
    "M": ("maand", "maanden"),
    "W": ("week", "weken"),
    "D": ("dag", "dagen"),
}
_PIECE: Final = re.compile(r"(\d+)([YMWD])")


def in_words(text: str | None) -> str:
    """Say an ISO 8601 duration in words; as it is where it holds hours or is negative."""
    if not text:
        return ""
    if "T" in text or text.startswith("-"):
        return text
    pieces = [
        f"{int(number)} {_UNITS[unit][int(number) != 1]}" for number, unit in _PIECE.findall(text)
    ]
    return " en ".join(pieces)


def parts(text: str | None) -> dict[str, int] | None:
    """Return years, months, weeks and days of a duration; None where it holds anything else."""
    if not text or "T" in text or text.startswith("-"):
        return None if text else {}
    return {unit: int(number) for number, unit in _PIECE.findall(text)}
