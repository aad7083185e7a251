"""Whether a value fits the specificatie of its eigenschap."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from loket.registers.catalogi.waarden import Formaat

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DATE = "%Y%m%d"
_MOMENT = "%Y%m%d%H%M%S"


def onjuist(waarde: str, specificatie: Mapping[str, Any]) -> str:
    """Return in what a value does not fit, in Dutch; nothing when it does."""
    checks = (_formaat, _lengte, _verzameling)
    return ", ".join(said for check in checks if (said := check(waarde, specificatie)))


def _formaat(waarde: str, specificatie: Mapping[str, Any]) -> str:
    formaat = specificatie.get("formaat", "")
    return "" if _FORMATEN.get(formaat, _any)(waarde) else f"geen {formaat}"


def _lengte(waarde: str, specificatie: Mapping[str, Any]) -> str:
    """Tell of a value that is too long; a number has its length as `5,2`: digits, decimals."""
    lengte = str(specificatie.get("lengte", ""))
    match = re.fullmatch(r"(\d+)(?:[.,](\d+))?", lengte)
    if match is None:
        return ""
    if specificatie.get("formaat") != Formaat.GETAL:
        return f"langer dan {lengte}" if len(waarde) > int(match[1]) else ""
    if not _getal(waarde):
        return ""
    whole, _, decimals = waarde.strip().lstrip("+-").replace(",", ".").partition(".")
    fits = len(whole) <= int(match[1]) and len(decimals) <= int(match[2] or 0)
    return "" if fits else f"langer dan {lengte}"


def _verzameling(waarde: str, specificatie: Mapping[str, Any]) -> str:
    known = specificatie.get("waardenverzameling") or []
    return "" if not known or waarde in known else "niet in de waardenverzameling"


def _any(_: str) -> bool:
    return True


def _getal(waarde: str) -> bool:
    try:
        return Decimal(waarde.strip().replace(",", ".")).is_finite()
    except InvalidOperation:
        return False


def _as(form: str) -> Callable[[str], bool]:
    def read(waarde: str) -> bool:
        try:
            return datetime.strptime(waarde, form).strftime(form) == waarde  # noqa: DTZ007 - a form, no moment
        except ValueError:
            return False

    return read


_FORMATEN: dict[str, Callable[[str], bool]] = {
    Formaat.TEKST: _any,
    Formaat.GETAL: _getal,
    Formaat.DATUM: _as(_DATE),
    Formaat.DATUM_TIJD: _as(_MOMENT),
}
