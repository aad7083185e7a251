"""Mijn zaken: the running and finished zaken of one citizen, and one zaak in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from loket.grammar.codec import decode
from loket.grammar.reading import Query
from loket.registers.zaken.zaak import zaken

if TYPE_CHECKING:
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


def overzicht(actor: Actor) -> Overzicht:
    """Return the zaken of a citizen, the newest first; one statement."""
    query = Query("", expand=_EXPAND, ordering=("-registratiedatum",), size=MOST)
    shown = decode(zaken.list(actor, query).results)
    regels = [_regel(zaak) for zaak in shown]
    return Overzicht(
        tuple(regel for regel in regels if regel.afgerond is None),
        tuple(regel for regel in regels if regel.afgerond is not None),
    )


def detail(actor: Actor, uuid: UUID) -> ZaakDetail:
    """Return one zaak of a citizen, in one statement; NotFound when it is not his."""
    zaak = decode(zaken.get(actor, uuid, Query("", expand=_WHOLE)))
    expanded = zaak["_expand"]
    found = sorted(expanded["statussen"], key=_moment, reverse=True)
    uiterlijk = zaak["uiterlijkeEinddatumAfdoening"]
    return ZaakDetail(
        _regel(zaak),
        expanded["zaaktype"]["omschrijving"],
        zaak["toelichting"],
        date.fromisoformat(zaak["startdatum"]),
        date.fromisoformat(uiterlijk) if uiterlijk else None,
        tuple(_status(status) for status in found),
    )


_EXPAND = (
    ("resultaat", (("resultaattype", ()),)),
    ("status", (("statustype", ()),)),
    ("zaaktype", ()),
)
_WHOLE = (*_EXPAND, ("statussen", (("statustype", ()),)))
MOST = 500
"""How many zaken one overview holds; nobody has more."""


def _regel(zaak: dict[str, Any]) -> ZaakRegel:
    expanded = zaak["_expand"]
    einddatum = zaak["einddatum"]
    return ZaakRegel(
        uuid=UUID(zaak["uuid"]),
        zaaknummer=zaak["identificatie"],
        omschrijving=zaak["omschrijving"] or expanded["zaaktype"]["omschrijving"],
        registratiedatum=date.fromisoformat(zaak["registratiedatum"]),
        status=_inside(expanded["status"], "statustype", "omschrijving"),
        afgerond=date.fromisoformat(einddatum) if einddatum else None,
        resultaat=_inside(expanded["resultaat"], "resultaattype", "omschrijving"),
        organisatienaam=None,
    )


def _inside(expanded: dict[str, Any], kind: str, name: str) -> str | None:
    return expanded["_expand"][kind][name] if expanded else None


def _moment(status: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(status["datumStatusGezet"])


def _status(status: dict[str, Any]) -> StatusRegel:
    kind = status["_expand"]["statustype"]
    text = kind["statustekst"] or status["statustoelichting"]
    return StatusRegel(kind["omschrijving"], text, _moment(status))
