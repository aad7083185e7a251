"""When a closed zaak may be destroyed or must be transferred (zrc-021)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import isodate

from loket.registers.catalogi.waarden import Archiefnominatie

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loket.registers.catalogi.resultaattype import ResultaatType
    from loket.registers.zaken.zaak import Zaak


def archivering(zaak: Zaak, einddatum: date, kind: ResultaatType) -> dict[str, Any]:
    """Return what closing fills in of the archiving fields; what is set already stays."""
    found: dict[str, Any] = {}
    nominatie = zaak.archiefnominatie or kind.archiefnominatie or None
    if nominatie and not zaak.archiefnominatie:
        found["archiefnominatie"] = nominatie
    if not kind.archiefactietermijn or zaak.archiefactiedatum is not None:
        return found
    start = _brondatum(zaak, einddatum, kind.brondatum_archiefprocedure or {})
    moment = _after(start, kind.archiefactietermijn)
    if moment is None:
        return found
    found["archiefactiedatum"] = moment
    if nominatie == Archiefnominatie.VERNIETIGEN:
        found["startdatum_bewaartermijn"] = start
    return found


def _brondatum(zaak: Zaak, einddatum: date, how: Mapping[str, Any]) -> date | None:
    derive = _AFLEIDINGSWIJZEN.get(how.get("afleidingswijze", ""))
    return derive(zaak, einddatum, how) if derive else None


def _afgehandeld(_: Zaak, einddatum: date, __: Mapping[str, Any]) -> date | None:
    return einddatum


def _termijn(_: Zaak, einddatum: date, how: Mapping[str, Any]) -> date | None:
    return _after(einddatum, how.get("procestermijn"))


def _hoofdzaak(zaak: Zaak, _: date, __: Mapping[str, Any]) -> date | None:
    hoofdzaak = zaak.hoofdzaak
    found: date | None = hoofdzaak.einddatum if hoofdzaak else None
    return found


def _eigenschap(zaak: Zaak, _: date, how: Mapping[str, Any]) -> date | None:
    given = zaak.eigenschappen.filter(eigenschap__naam=how.get("datumkenmerk", ""))
    days = [day for each in given if (day := _day(each.waarde)) is not None]
    return max(days, default=None)


_AFLEIDINGSWIJZEN: dict[str, Callable[[Zaak, date, Mapping[str, Any]], date | None]] = {
    "afgehandeld": _afgehandeld,
    "termijn": _termijn,
    "hoofdzaak": _hoofdzaak,
    "eigenschap": _eigenschap,
}
"""Where the start of the archiefactietermijn comes from; the others are not derived yet."""


def _day(text: str) -> date | None:
    """Read a date as eigenschappen hold it: 2026-05-31 or 20260531, a time may follow."""
    match = re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)|(\d{4})(\d{2})(\d{2})\d{6}$", text.strip())
    if match is None:
        return None
    try:
        return date(*(int(piece) for piece in match.groups() if piece))
    except ValueError:
        return None


def _after(day: date | None, term: str | None) -> date | None:
    """Return the day a term later; None when there is no such day."""
    if day is None or not term:
        return None
    try:
        found: date = day + isodate.parse_duration(term)
    except (ValueError, OverflowError):
        return None
    return found
