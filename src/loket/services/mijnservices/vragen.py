"""How the lists of one citizen or company are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar
from uuid import UUID

from loket.grammar.codec import decode
from loket.grammar.filters import Filter
from loket.grammar.reading import Query
from loket.grammar.selecting import select
from loket.kernel.problems import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from loket.grammar.reading import Page, Tree
    from loket.grammar.resource import Resource

T = TypeVar("T")

SIZE: Final = 50
"""How many berichten, contacten and the like one page holds."""

SLEUTEL: Final = Filter("uuid", "{row}.id = {value}", lambda raw, _: raw)


@dataclass(frozen=True)
class Bladzijde(Generic[T]):
    """Een bladzijde van een lijst; `aantal` telt de hele lijst."""

    nummer: int
    aantal: int
    regels: tuple[T, ...]

    @property
    def volgende(self) -> bool:
        """Zeg of er nog een bladzijde komt."""
        return self.nummer * SIZE < self.aantal


def vraag(
    *filters: tuple[Filter, Any],
    kies: Tree = (),
    op: tuple[str, ...] = (),
    bladzijde: int = 1,
    size: int = SIZE,
) -> Query:
    """Return a query for a list of one's own, with what to select of each record."""
    return Query("", filters=filters, expand=kies, ordering=op, page=bladzijde, size=size)


def gekozen(resource: Resource, *fields: Any) -> Tree:
    """Return what to select of a record; a relation is a dict with what to select below it."""
    return select(resource, list(fields))


def bladzijde_van(
    nummer: int, page: Page, lees: Callable[[list[dict[str, Any]]], Iterable[T]]
) -> Bladzijde[T]:
    """Return a page as it was read; NotFound when there is none of that number."""
    found = decode(page.results)
    if nummer > 1 and not found:
        raise NotFound("Ongeldige pagina.")
    return Bladzijde(nummer, page.count, tuple(lees(found)))


def een(page: Page) -> Any:
    """Return the one record of a list, or None."""
    found = decode(page.results)
    return found[0] if found else None


def sleutel(urn: str) -> UUID | None:
    """Return the key at the end of a URN of this house, or None."""
    try:
        return UUID(urn.rpartition(":")[2])
    except ValueError:
        return None


ZAAK: Final = "urn:nld:loket:zaken:zaak:"


def zaak_in(gerelateerd: Any) -> UUID | None:
    """Return the key of the first zaak of this house among what something belongs to."""
    urns = (each["urn"] for each in gerelateerd or ())
    return next((sleutel(urn) for urn in urns if urn.lower().startswith(ZAAK)), None)
