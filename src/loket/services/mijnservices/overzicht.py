"""Mijn overzicht: what asks attention now, of everything that is one's own, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from loket.grammar.codec import decode
from loket.grammar.gathering import gather_beside
from loket.registers.berichten.bericht import berichten
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.taken.externetaak import externetaken
from loket.registers.zaken.zaak import zaken
from loket.services.mijnservices import berichten as mijnberichten
from loket.services.mijnservices import contactmomenten, taken
from loket.services.mijnservices import zaken as mijnzaken
from loket.services.mijnservices.klant import demand_klant
from loket.services.mijnservices.organisaties import EIGEN_RSIN

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from loket.grammar.reading import Page
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.berichten import BerichtRegel
    from loket.services.mijnservices.contactmomenten import ContactRegel
    from loket.services.mijnservices.taken import TaakRegel
    from loket.services.mijnservices.zaken import ZaakRegel

T = TypeVar("T")

SIZE: Final = 5
"""How many of each are shown; the rest stands one click further."""


@dataclass(frozen=True)
class Blok(Generic[T]):
    """De eerste van een lijst; `aantal` telt de hele lijst."""

    aantal: int
    regels: tuple[T, ...]

    @property
    def meer(self) -> bool:
        """Zeg of er meer zijn dan hier staan."""
        return self.aantal > len(self.regels)


@dataclass(frozen=True)
class MijnOverzicht:
    """Wat nu aandacht vraagt: te doen (met de meeste haast voorop), ongelezen, lopend en gezegd."""

    taken: Blok[TaakRegel]
    berichten: Blok[BerichtRegel]
    zaken: Blok[ZaakRegel]
    contactmomenten: Blok[ContactRegel]

    @property
    def leeg(self) -> bool:
        """Zeg of er van niets iets is."""
        blokken = (self.taken, self.berichten, self.zaken, self.contactmomenten)
        return not any(blok.aantal for blok in blokken)


def overzicht(actor: Actor) -> MijnOverzicht:
    """Return what asks the attention of who asks.

    One statement, and a second one when another organisation handles some of the zaken.
    """
    demand_klant(actor)
    found, (rsin,) = gather_beside(
        actor,
        {
            "taken": (externetaken, taken.openstaand(size=SIZE)),
            "berichten": (berichten, mijnberichten.ongelezen(SIZE)),
            "zaken": (zaken, mijnzaken.lopend(SIZE)),
            "contacten": (klantcontacten, contactmomenten.nieuwste(SIZE)),
        },
        EIGEN_RSIN,
    )
    lopend = found["zaken"]
    return MijnOverzicht(
        taken=_blok(found["taken"], taken.regel),
        berichten=_blok(found["berichten"], mijnberichten.regel),
        zaken=Blok(lopend.count, tuple(mijnzaken.met_organisatie(decode(lopend.results), rsin))),
        contactmomenten=_blok(found["contacten"], contactmomenten.regel),
    )


def _blok(page: Page, regel: Callable[[dict[str, Any]], T]) -> Blok[T]:
    return Blok(page.count, tuple(map(regel, decode(page.results))))
