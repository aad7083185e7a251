"""How a record manager reads what stands on a list."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

from loket.registers.archief.waarden import Stand
from loket.registers.selectielijst import facts

if TYPE_CHECKING:
    from django.core.paginator import Page

SIZE = 50


@lru_cache(maxsize=1)
def _klassen() -> dict[str, str]:
    return {str(each.uuid): f"{each.volledig_nummer} {each.naam}" for each in facts.resultaten()}


def klasse(url: str) -> str:
    """Return the category of the Selectielijst as people know it; its address where we do not."""
    return _klassen().get(url.rstrip("/").rpartition("/")[2], url)


def pagina(regels: Any, asked: str) -> Page[Any]:
    """Return one page of lines, each with its category."""
    found = Paginator(regels, SIZE).get_page(asked)
    for regel in found.object_list:
        regel.klasse = klasse(regel.selectielijstklasse)
    return found


def mijlpalen(lijst: Any) -> list[dict[str, Any]]:
    """Return the steps of a list, with who took them and when."""
    reached = list(Stand).index(Stand(lijst.stand))
    judged = reached >= list(Stand).index(Stand.VASTGESTELD)
    told = {
        Stand.CONCEPT: (lijst.opsteller, lijst.opgesteld_op),
        Stand.TER_BEOORDELING: ("", None),
        Stand.VASTGESTELD: (lijst.beoordelaar, lijst.beoordeeld_op) if judged else ("", None),
        Stand.UITGEVOERD: ("het huis", lijst.uitgevoerd_op) if lijst.uitgevoerd_op else ("", None),
    }
    return [
        {
            "stand": stand.label,
            "wie": told[stand][0],
            "wanneer": told[stand][1],
            "nu": nr == reached,
            "gehaald": nr <= reached,
        }
        for nr, stand in enumerate(Stand)
    ]
