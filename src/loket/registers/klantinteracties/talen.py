"""The languages that people are written to in: ISO 639-2 here, ISO 639-1 in other registers."""

from __future__ import annotations

from typing import Final

_LONG: Final = {"nl": "nld", "en": "eng", "fy": "fry", "de": "deu", "fr": "fra"}
_SHORT: Final = {long: short for short, long in _LONG.items()}
_UNKNOWN: Final = "und"
_TWO: Final = 2


def in_three(taal: str) -> str:
    """Return the code of three letters for one of two; `und` for a language that is not known."""
    return _LONG.get(taal, _UNKNOWN)


def in_two(taal: str, otherwise: str) -> str:
    """Return the code of two letters for one of either length, or `otherwise`."""
    return _SHORT.get(taal, taal if len(taal) == _TWO else otherwise)
