"""A zaak as other pages of one's own refer to it: what it is called, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from loket.registers.zaken.zaak import zaken
from loket.services.mijnservices.vragen import gekozen

if TYPE_CHECKING:
    from loket.grammar.reading import Tree


@dataclass(frozen=True)
class ZaakKort:
    """Een zaak zoals een bericht of contactmoment ernaar verwijst."""

    uuid: UUID
    zaaknummer: str
    titel: str


@cache
def kies() -> Tree:
    """Return what a reference to a zaak shows."""
    return gekozen(zaken, "uuid", "identificatie", "omschrijving", {"zaaktype": ["omschrijving"]})


def regel(shown: dict[str, Any]) -> ZaakKort:
    """Return a zaak as a reference to it shows it."""
    soort = shown["_expand"]["zaaktype"]
    titel = shown["omschrijving"] or soort["omschrijving"] or shown["identificatie"]
    return ZaakKort(UUID(shown["uuid"]), shown["identificatie"], titel)
