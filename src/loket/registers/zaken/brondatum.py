"""The day from which the archiefactietermijn of a zaak counts, by afleidingswijze (zrc-021)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import isodate

from loket.grammar import codec
from loket.grammar.reading import common, representation_sql
from loket.kernel.actor import Actor
from loket.kernel.clock import today
from loket.ledger.database import one
from loket.ledger.events import BASE
from loket.registers.zaken.verwijzingen import HOUSE, named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from loket.registers.zaken.zaak import Zaak


def brondatum(zaak: Zaak, einddatum: date, how: Mapping[str, Any]) -> date | None:
    """Return the day from which a term counts; None when it cannot be told (yet)."""
    derive = _AFLEIDINGSWIJZEN.get(how.get("afleidingswijze", ""))
    return derive(zaak, einddatum, how) if derive else None


def after(day: date | None, term: str | None) -> date | None:
    """Return the day a term later; None when there is no such day."""
    if day is None or not term:
        return None
    try:
        found: date = day + isodate.parse_duration(term)
    except (ValueError, OverflowError):
        return None
    return found


def _afgehandeld(_: Zaak, einddatum: date, __: Mapping[str, Any]) -> date | None:
    return einddatum


def _termijn(_: Zaak, einddatum: date, how: Mapping[str, Any]) -> date | None:
    return after(einddatum, how.get("procestermijn"))


def _hoofdzaak(zaak: Zaak, _: date, __: Mapping[str, Any]) -> date | None:
    hoofdzaak = zaak.hoofdzaak
    found: date | None = hoofdzaak.einddatum if hoofdzaak else None
    return found


def _eigenschap(zaak: Zaak, _: date, how: Mapping[str, Any]) -> date | None:
    given = zaak.eigenschappen.filter(eigenschap__naam=how.get("datumkenmerk", ""))
    return _latest(day(each.waarde) for each in given)


def _zaakobject(zaak: Zaak, _: date, how: Mapping[str, Any]) -> date | None:
    """Return the latest of an attribute of the zaakobjecten of one kind."""
    name = how.get("datumkenmerk", "")
    given = zaak.zaakobjecten.filter(object_type=how.get("objecttype", ""))
    return _latest(day(value) for each in given for value in _attributes(_shown(each), name))


def _gerelateerde_zaak(zaak: Zaak, _: date, __: Mapping[str, Any]) -> date | None:
    """Return the latest end of the related zaken; none while one of them still runs."""
    others = {each["url"] for each in (*zaak.relevante_andere_zaken, *zaak.gerelateerde_zaken)}
    found = [_shown_at(url) for url in others]
    ends = [day(str(each.get("einddatum") or "")) for each in found]
    return None if None in ends else max((end for end in ends if end), default=None)


def _besluit(name: str) -> Callable[[Zaak, date, Mapping[str, Any]], date | None]:
    """Return the derivation from a date of the besluiten, of which each must have one."""

    def derived(zaak: Zaak, _: date, __: Mapping[str, Any]) -> date | None:
        shown = [_shown_at(each.besluit) for each in zaak.zaakbesluiten.all()]
        days = [day(str(each.get(name) or "")) for each in shown]
        return None if None in days else max((each for each in days if each), default=None)

    return derived


_AFLEIDINGSWIJZEN: dict[str, Callable[[Zaak, date, Mapping[str, Any]], date | None]] = {
    "afgehandeld": _afgehandeld,
    "termijn": _termijn,
    "hoofdzaak": _hoofdzaak,
    "eigenschap": _eigenschap,
    "zaakobject": _zaakobject,
    "gerelateerde_zaak": _gerelateerde_zaak,
    "ingangsdatum_besluit": _besluit("ingangsdatum"),
    "vervaldatum_besluit": _besluit("vervaldatum"),
}
"""Where the start of the term comes from; ander_datumkenmerk is set by hand."""


def _shown(zaakobject: Any) -> Any:
    """Return what is known of an object: its identification, else what its address leads to."""
    return zaakobject.object_identificatie or _shown_at(zaakobject.object)


def _shown_at(address: str) -> Mapping[str, Any]:
    """Return the representation of what an address names, in this house or a trusted one."""
    found = named(address)
    if found is None:
        return {}
    if not address.startswith(BASE):
        return found if isinstance(found, dict) else {}
    resource, key = found
    house = common(Actor.system("archivering"), HOUSE, today(), "")
    row = one(f"SELECT ({representation_sql(resource)})", {**house, "key": key})
    shown: Mapping[str, Any] = codec.decode(row[0]) if row and row[0] else {}
    return shown


def _attributes(value: Any, name: str) -> Iterable[str]:
    """Yield the texts under a name, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == name and isinstance(inner, str):
                yield inner
            else:
                yield from _attributes(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _attributes(inner, name)


def _latest(days: Iterable[date | None]) -> date | None:
    return max((each for each in days if each is not None), default=None)


def day(text: str) -> date | None:
    """Read a date as eigenschappen hold it: 2026-05-31 or 20260531, a time may follow."""
    match = re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)|(\d{4})(\d{2})(\d{2})\d{6}$", text.strip())
    if match is None:
        return None
    try:
        return date(*(int(piece) for piece in match.groups() if piece))
    except ValueError:
        return None
