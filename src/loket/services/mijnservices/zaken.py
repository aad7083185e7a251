"""Mijn zaken: the running and finished zaken of one citizen, and one zaak in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from uuid import UUID

    from loket.kernel.actor import Actor


@dataclass(frozen=True)
class ZaakRegel:
    """Een zaak zoals die in een overzicht staat.

    `organisatienaam` is alleen gevuld als een andere organisatie de zaak behandelt dan de
    organisatie waarbij de burger kijkt.
    """

    uuid: UUID
    zaaknummer: str
    omschrijving: str
    registratiedatum: date
    status: str | None
    afgerond: date | None
    resultaat: str | None
    organisatienaam: str | None

    @property
    def titel(self) -> str:
        """Waaraan de burger de zaak herkent: de omschrijving, of anders het zaaknummer."""
        return self.omschrijving or self.zaaknummer


@dataclass(frozen=True)
class StatusRegel:
    """Een status die de zaak kreeg, met het moment waarop."""

    omschrijving: str
    toelichting: str
    moment: datetime


@dataclass(frozen=True)
class ZaakDetail:
    """Een zaak met al wat de burger ervan mag zien; de statussen met de nieuwste voorop."""

    regel: ZaakRegel
    zaaktype: str
    toelichting: str
    startdatum: date
    uiterlijke_einddatum_afdoening: date | None
    statussen: tuple[StatusRegel, ...]

    def te_laat(self, vandaag: date) -> bool:
        """Zeg of de zaak nog loopt terwijl zij al afgedaan had moeten zijn."""
        uiterlijk = self.uiterlijke_einddatum_afdoening
        return self.regel.afgerond is None and uiterlijk is not None and uiterlijk < vandaag


@dataclass(frozen=True)
class Overzicht:
    """De zaken van één burger."""

    lopend: tuple[ZaakRegel, ...]
    afgerond: tuple[ZaakRegel, ...]


overzicht: Callable[[Actor], Overzicht]
detail: Callable[[Actor, UUID], ZaakDetail]
