"""What a file that somebody sends is called here: a name that leads nowhere and hides nothing."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from loket.services.mijnservices.bestandsoorten import Bestandsoort

MOST: Final = 120
"""How long a name gets, its ending included."""

_ZONDER_NAAM: Final = "bestand"
_VERBODEN: Final = re.compile(r'[<>:"|?*]')


def veilig(naam: str, soort: Bestandsoort) -> str:
    """Return a name of one line, without a path, that ends as what the file is."""
    last = re.split(r"[/\\]", naam)[-1]
    shown = _plain(_VERBODEN.sub("-", last)).strip(". ")
    stem, dot, ending = shown.rpartition(".")
    if not dot or f".{ending.lower()}" not in soort.uitgangen:
        stem, ending = shown, soort.uitgangen[0][1:]
    stem = stem[: MOST - len(ending) - 1].strip(". ")
    return f"{stem or _ZONDER_NAAM}.{ending}"


def titel(gegeven: str, bestandsnaam: str) -> str:
    """Return the title that was given, or else the name of the file without its ending."""
    return _plain(gegeven)[:200] or bestandsnaam.rpartition(".")[0]


def _plain(text: str) -> str:
    """Take away what can't be seen: control characters, and what turns the direction of text."""
    composed = unicodedata.normalize("NFC", text)
    spaced = " ".join("".join(" " if each.isspace() else each for each in composed).split())
    return "".join(each for each in spaced if unicodedata.category(each)[0] != "C")
