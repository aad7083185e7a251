"""The words in which the pages speak of what happened and who was told."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from loket.grammar.addresses import resource_named
from loket.grammar.register import registers
from loket.kernel.actor import Kind, Regime
from loket.kernel.problems import InvalidValue
from loket.kernel.values import bsn
from loket.ledger.models import Delivery
from loket.registers.documenten import opruimen
from loket.services.archivering import vernietigen
from loket.services.notificeren import abonnees, diensten
from loket.services.output import plannen, verificatie

if TYPE_CHECKING:
    from loket.grammar.resource import Resource

ACTIES: Final = {
    "create": "aangemaakt",
    "update": "gewijzigd",
    "partial_update": "gewijzigd",
    "destroy": "verwijderd",
}
STATEN: Final = {
    Delivery.State.KLAAR.value: "afgeleverd",
    Delivery.State.WACHT.value: "wacht",
    Delivery.State.VAST.value: "vastgelopen",
}
REGIMES: Final = {
    Regime.AVG.value: "AVG: gewone gegevens",
    Regime.WPG.value: "Wpg: politiegegevens",
}
HUIS: Final = {
    plannen.NAME: "Output: berichten aan inwoners en bedrijven",
    verificatie.NAME: "E-mailadressen nagaan",
    vernietigen.NAME: "Archief: vernietigen wat is vastgesteld",
    opruimen.NAME: "Documenten: bestanden opruimen",
}
"""The services of the house that hear of what happens."""

_WHO: Final = {
    Kind.APPLICATION.value: "applicatie",
    Kind.MEDEWERKER.value: "medewerker",
    Kind.BURGER.value: "een inwoner",
    Kind.BEDRIJF.value: "een bedrijf",
    Kind.SYSTEM.value: "Loket zelf",
}
_NINE: Final = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")


def masked(text: str) -> str:
    """Return a text that somebody wrote without what may be a BSN."""
    return _NINE.sub(lambda match: "*********" if _is_bsn(match[0]) else match[0], text)


def _is_bsn(digits: str) -> bool:
    with suppress(InvalidValue):
        return bool(bsn(digits))
    return False


def actie(name: str) -> str:
    """Return what was done, as a past participle."""
    return ACTIES.get(name, name)


def soort(register: str, resource: str) -> str:
    """Return what one of a resource is called."""
    found = resource_named(register, resource)
    return found.record.__name__.lower() if found else resource


def titel(register: str) -> str:
    """Return what a register is called."""
    return next((each.title for each in registers.values() if each.name == register), register)


def wie(kind: str, label: str, user: str) -> str:
    """Return who did something; of a citizen or company not which one."""
    words = _WHO.get(kind, kind)
    if kind in (Kind.BURGER, Kind.BEDRIJF):
        return words
    named = f"{words} {label}" if label and kind != Kind.SYSTEM else words
    return f"{named}, door {user}" if user and user != label else named


def afnemer(name: str, known: str) -> str:
    """Return who is told; `known` is the address or the name that such a one is known by."""
    family, colon, _ = name.partition(":")
    if not colon:
        return HUIS.get(name, name)
    if family == abonnees.NAME:
        return f"Abonnee op {urlsplit(known).netloc}" if known else "Abonnee die er niet meer is"
    if family == diensten.NAME:
        return f"Notificatiedienst {known}" if known else "Notificatiedienst die er niet meer is"
    return name


def soorten() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return the registers with what they hold, to choose from."""
    made = [
        (
            each.name,
            each.title,
            [(f"{each.name}/{it.name}", it.name) for it in _own(each.resources)],
        )
        for each in registers.values()
        if not each.open and each.resources
    ]
    return sorted(made, key=lambda entry: entry[1])


def _own(resources: list[Resource]) -> list[Resource]:
    return sorted((each for each in resources if each.facet_of is None), key=lambda it: it.name)
