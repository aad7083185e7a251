"""Mijn taken: what a citizen or company is asked to do, and has done (M40)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.codec import decode
from loket.grammar.filters import Filter
from loket.grammar.urns import related_filter
from loket.kernel.clock import today
from loket.kernel.problems import NotFound
from loket.registers.taken.externetaak import externetaken
from loket.registers.taken.waarden import TaakStatus
from loket.services.mijnservices.klant import demand_klant
from loket.services.mijnservices.vragen import SLEUTEL, ZAAK, gekozen, vraag, zaak_in

if TYPE_CHECKING:
    from loket.grammar.reading import Query, Tree
    from loket.kernel.actor import Actor

MOST: Final = 500
"""How many tasks one overview holds."""

SPOEDIG: Final = timedelta(days=7)
"""How long before its last day a task asks for haste."""

GEZIEN: Final = Filter("gezien", "{row}.status <> 'afgebroken'", lambda raw, _: raw)
"""Leaves away what was withdrawn: nobody sees that."""

_OPEN: Final = Filter("open", "{row}.status = 'open'", lambda raw, _: raw)
_BIJ: Final = related_filter("is_gerelateerd_aan")


@dataclass(frozen=True)
class TaakRegel:
    """Een taak zoals die in een overzicht staat; `zaak` is de sleutel van de zaak erbij.

    `soort` is betaaltaak, formuliertaak of urltaak; `status` open, uitgevoerd, verwerkt of
    niet_uitgevoerd.
    """

    uuid: UUID
    titel: str
    toelichting: str
    soort: str
    status: str
    startdatum: date
    uiterlijk: date
    zaak: UUID | None

    @property
    def open(self) -> bool:
        """Zeg of de taak nog te doen is."""
        return self.status == TaakStatus.OPEN

    def te_laat(self) -> bool:
        """Zeg of de laatste dag voorbij is."""
        return self.open and self.uiterlijk < today()

    def haast(self) -> bool:
        """Zeg of het binnen een week moet."""
        return self.open and not self.te_laat() and self.uiterlijk - today() <= SPOEDIG


@dataclass(frozen=True)
class TaakDetail:
    """Een taak met al wat nodig is om haar te doen; `details` heeft de vorm van zijn soort."""

    regel: TaakRegel
    perspectief: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Overzicht:
    """De taken van één burger of bedrijf: wat te doen is (de meeste haast eerst), en gedaan is."""

    open: tuple[TaakRegel, ...]
    gedaan: tuple[TaakRegel, ...]


@cache
def kies() -> Tree:
    """Return what an overview shows of a task."""
    return gekozen(
        externetaken, "uuid", "titel", "toelichting", "taakSoort", "status", "startdatum",
        "einddatumHandelingsTermijn", "isGerelateerdAan",
    )  # fmt: skip


def openstaand(zaak: UUID | None = None, size: int = MOST) -> Query:
    """Ask for the tasks that are to be done, for one zaak or for all."""
    bij = ((_BIJ, f"{ZAAK}{zaak}"),) if zaak else ()
    return vraag((_OPEN, True), *bij, kies=kies(), op=("einddatum_handelings_termijn",), size=size)


def overzicht(actor: Actor) -> Overzicht:
    """Return the tasks of who asks, in one statement; what was withdrawn nobody sees."""
    demand_klant(actor)
    asked = vraag((GEZIEN, True), kies=kies(), op=("einddatum_handelings_termijn",), size=MOST)
    found = [regel(each) for each in decode(externetaken.list(actor, asked).results)]
    gedaan = [each for each in found if not each.open]
    return Overzicht(tuple(each for each in found if each.open), tuple(reversed(gedaan)))


def detail(actor: Actor, uuid: UUID) -> TaakDetail:
    """Return one task of who asks, in one statement; NotFound when it is not his."""
    demand_klant(actor)
    asked = vraag((SLEUTEL, uuid), (GEZIEN, True), size=1)
    found = decode(externetaken.list(actor, asked).results)
    if not found:
        raise NotFound
    shown = found[0]
    return TaakDetail(regel(shown), shown["handelingsPerspectief"], shown["details"])


def regel(shown: dict[str, Any]) -> TaakRegel:
    """Return a task as an overview shows it."""
    return TaakRegel(
        uuid=UUID(shown["uuid"]),
        titel=shown["titel"],
        toelichting=shown["toelichting"],
        soort=shown["taakSoort"],
        status=shown["status"],
        startdatum=date.fromisoformat(shown["startdatum"]),
        uiterlijk=date.fromisoformat(shown["einddatumHandelingsTermijn"]),
        zaak=zaak_in(shown["isGerelateerdAan"]),
    )
