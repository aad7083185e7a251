"""What a functioneel beheerder chooses from: the tenant's Selectielijst, by address and label.

The one place through which pages and import reach the Selectielijst, so that a tenant's own source
can take the place of the published facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.change import HOUSE
from loket.grammar.outside import outside
from loket.registers.catalogi.termijnen import in_words
from loket.registers.selectielijst import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT: Final = f"{HOUSE}/selectielijst/api/v1"
FIELDS: Final = ("selectielijstProcestype", "resultaattypeomschrijving", "selectielijstklasse")
"""The fields of types that refer to the Selectielijst, by their name on the wire."""

_ADDRESS: Final = re.compile(
    r"(?:https?|loket)://\S+/(procestypen|resultaten|resultaattypeomschrijvingen)/"
    r"([0-9a-f]{8}-[0-9a-f-]{27})/?"
)


@dataclass(frozen=True)
class Keuze:
    """One choice: its address, how it reads, and the heading under which it stands."""

    url: str
    label: str
    group: str = ""


@lru_cache(maxsize=1)
def procestypen() -> tuple[Keuze, ...]:
    """Return the procestypen, the newest edition first."""
    newest_first = sorted(facts.procestypen(), key=lambda each: (-each.jaar, each.nummer))
    return tuple(
        Keuze(f"{ROOT}/procestypen/{each.uuid}", f"{each.nummer} {each.naam}", f"{each.jaar}")
        for each in newest_first
    )


def resultaten(procestype: str = "") -> tuple[Keuze, ...]:
    """Return the resultaten in use, of one procestype where its address is known here."""
    known = {each.url for each in procestypen()}
    return _resultaten(procestype if procestype in known else "")


@lru_cache(maxsize=64)
def _resultaten(procestype: str) -> tuple[Keuze, ...]:
    return tuple(
        Keuze(
            f"{ROOT}/resultaten/{each.uuid}",
            f"{each.volledig_nummer} {each.naam}: {_retention(each)}",
            f"{each.procestype.nummer} {each.procestype.naam} ({each.procestype.jaar})",
        )
        for each in facts.resultaten()
        if not each.vervallen and procestype in ("", f"{ROOT}/procestypen/{each.procestype.uuid}")
    )


def _retention(resultaat: facts.Resultaat) -> str:
    termijn = in_words(resultaat.bewaartermijn)
    return f"{resultaat.waardering.replace('_', ' ')}{f' na {termijn}' if termijn else ''}"


@lru_cache(maxsize=1)
def resultaattypeomschrijvingen() -> tuple[Keuze, ...]:
    """Return the generic names of results."""
    return tuple(
        Keuze(f"{ROOT}/resultaattypeomschrijvingen/{each.uuid}", each.omschrijving)
        for each in facts.resultaattypeomschrijvingen()
    )


@lru_cache(maxsize=1)
def _labels() -> dict[str, str]:
    every = (*procestypen(), *resultaten(), *resultaattypeomschrijvingen())
    return {each.url: each.label for each in every}


def label_at(url: str) -> str:
    """Return how what stands at an address reads, or nothing when it is not in the list."""
    return _labels().get(own(url), "")


def look_up_first(bodies: Iterable[Mapping[str, Any]]) -> None:
    """Look up what bodies refer to in another list, before a transaction in which it is needed."""
    world = outside()
    found = {
        body.get(wire) for body in bodies for wire in FIELDS if isinstance(body.get(wire), str)
    }
    for url in sorted(str(each) for each in found):
        if own(url) == url and not url.startswith(HOUSE) and world.trusts(url):
            world.get(url)


def own(url: str) -> str:
    """Return the address in the tenant's list of what another list has under the same UUID."""
    found = _ADDRESS.fullmatch(url)
    here = f"{ROOT}/{found[1]}/{found[2]}" if found else ""
    return here if here in _labels() else url
