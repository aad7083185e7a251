"""Mijn zaken: the running and finished zaken of one citizen or company, and one zaak in full."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.codec import decode
from loket.grammar.filters import Filter
from loket.grammar.gathering import gather_beside
from loket.kernel.clock import AMSTERDAM
from loket.kernel.problems import NotFound
from loket.registers.berichten.bericht import berichten
from loket.registers.besluiten.besluit import besluiten
from loket.registers.catalogi.waarden import InternExtern
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.taken.externetaak import externetaken
from loket.registers.zaken.status import statussen as zaakstatussen
from loket.registers.zaken.zaak import zaken
from loket.services.mijnservices import berichten as mijnberichten
from loket.services.mijnservices import besluiten as mijnbesluiten
from loket.services.mijnservices import contactmomenten, documenten, opvolging, taken
from loket.services.mijnservices.klant import demand_klant
from loket.services.mijnservices.organisaties import EIGEN_RSIN, namen
from loket.services.mijnservices.vragen import (
    SLEUTEL,
    Bladzijde,
    bladzijde_van,
    een,
    gekozen,
    vraag,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loket.grammar.reading import Query, Tree
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.berichten import BerichtRegel
    from loket.services.mijnservices.besluiten import BesluitRegel
    from loket.services.mijnservices.contactmomenten import ContactRegel
    from loket.services.mijnservices.documenten import DocumentRegel
    from loket.services.mijnservices.opvolging import Opvolging
    from loket.services.mijnservices.taken import TaakRegel


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
class Stopverzoek:
    """Het verzoek van de burger om te stoppen; `open` tot de gemeente dat heeft afgehandeld."""

    contact: UUID
    dag: date
    open: bool


@dataclass(frozen=True)
class ZaakDetail:
    """Een zaak met al wat de burger ervan mag zien; van elke lijst staat het nieuwste voorop.

    `stappen` zijn de statussen die nog kunnen komen, in de volgorde van het zaaktype; `extern` zegt
    dat zaken van dit type beginnen met een vraag van buiten. `stoppen` is leeg als de burger na een
    verzoek om te stoppen zei dat hij toch doorgaat.
    """

    regel: ZaakRegel
    zaaktype: str
    toelichting: str
    startdatum: date
    uiterlijke_einddatum_afdoening: date | None
    statussen: tuple[StatusRegel, ...]
    resultaat_toelichting: str = ""
    stappen: tuple[str, ...] = ()
    documenten: tuple[DocumentRegel, ...] = ()
    besluiten: tuple[BesluitRegel, ...] = ()
    taken: tuple[TaakRegel, ...] = ()
    berichten: tuple[BerichtRegel, ...] = ()
    contactmomenten: tuple[ContactRegel, ...] = ()
    extern: bool = True
    stoppen: Stopverzoek | None = None

    @property
    def intrekken_kan(self) -> bool:
        """Zeg of de burger kan vragen om te stoppen: hij vroeg erom, en het loopt nog."""
        return self.extern and self.regel.afgerond is None and not self.doorgaan_kan

    @property
    def doorgaan_kan(self) -> bool:
        """Zeg of de burger kan terugkomen op zijn verzoek om te stoppen."""
        return self.regel.afgerond is None and self.stoppen is not None and self.stoppen.open

    def te_laat(self, vandaag: date) -> bool:
        """Zeg of de zaak nog loopt terwijl zij al afgedaan had moeten zijn."""
        uiterlijk = self.uiterlijke_einddatum_afdoening
        return self.regel.afgerond is None and uiterlijk is not None and uiterlijk < vandaag


@dataclass(frozen=True)
class Overzicht:
    """De zaken van één burger of bedrijf."""

    lopend: tuple[ZaakRegel, ...]
    afgerond: tuple[ZaakRegel, ...]


MOST: Final = 500
"""How many zaken one overview holds; nobody has more."""

_BELOW: Final = 50
"""How many documents, tasks and the like are shown with a zaak."""

INTREKKING: Final = "Heeft gevraagd om de aanvraag in te trekken"
"""Waaraan een contactmoment te herkennen is waarin iemand vroeg om te stoppen."""

DOORGAAN: Final = "Heeft gezegd toch door te gaan met de aanvraag"
"""Waaraan een contactmoment te herkennen is waarin iemand op dat verzoek terugkwam."""

_LOPEND: Final = Filter("lopend", "({row}.einddatum IS NULL) = {value}", lambda raw, _: raw)
_STATUS: Final = {"status": ["datumStatusGezet", {"statustype": ["omschrijving"]}]}
_STAPPEN: Final = {"statustypen": ["omschrijving", "volgnummer"]}
_REGEL: Final = (
    "uuid", "identificatie", "omschrijving", "registratiedatum", "einddatum",
    "verantwoordelijkeOrganisatie",
)  # fmt: skip


@cache
def kies() -> Tree:
    """Return what an overview shows of a zaak."""
    return gekozen(
        zaken, *_REGEL, _STATUS, {"resultaat": ["uuid", {"resultaattype": ["omschrijving"]}]},
        {"zaaktype": ["omschrijving"]},
    )  # fmt: skip


@cache
def _alles() -> Tree:
    statussen = gekozen(
        zaakstatussen, "datumStatusGezet", "statustoelichting",
        {"statustype": ["omschrijving", "statustekst", "volgnummer"]},
    )  # fmt: skip
    return (*_zichtbaar(), ("statussen", statussen))


def _zichtbaar() -> Tree:
    return gekozen(
        zaken, *_REGEL, "toelichting", "startdatum", "uiterlijkeEinddatumAfdoening", _STATUS,
        {"resultaat": ["toelichting", {"resultaattype": ["omschrijving"]}]},
        {"zaaktype": ["omschrijving", "indicatieInternOfExtern", _STAPPEN]},
        {"zaakinformatieobjecten": ["titel", {"informatieobject": list(documenten.VELDEN)}]},
    )  # fmt: skip


def lopend(size: int) -> Query:
    """Ask for the newest zaken that run."""
    return vraag((_LOPEND, True), kies=kies(), op=("-registratiedatum",), size=size)


def overzicht(actor: Actor) -> Overzicht:
    """Return the zaken of who asks, the newest first.

    One statement, and a second one when another organisation handles some of them.
    """
    demand_klant(actor)
    asked = vraag(kies=kies(), op=("-registratiedatum",), size=MOST)
    found, (rsin,) = gather_beside(actor, {"zaken": (zaken, asked)}, EIGEN_RSIN)
    regels = met_organisatie(decode(found["zaken"].results), rsin)
    return Overzicht(
        tuple(regel for regel in regels if regel.afgerond is None),
        tuple(regel for regel in regels if regel.afgerond is not None),
    )


def bladzijde(
    actor: Actor, nummer: int = 1, *, afgerond: bool | None = None
) -> Bladzijde[ZaakRegel]:
    """Return a page of the zaken of who asks, those that run or those that ended, newest first.

    Statements as for the overview; NotFound beyond the last page.
    """
    demand_klant(actor)
    alleen = () if afgerond is None else ((_LOPEND, not afgerond),)
    asked = vraag(*alleen, kies=kies(), op=("-registratiedatum",), bladzijde=nummer)
    found, (rsin,) = gather_beside(actor, {"zaken": (zaken, asked)}, EIGEN_RSIN)
    return bladzijde_van(nummer, found["zaken"], lambda shown: met_organisatie(shown, rsin))


def detail(actor: Actor, uuid: UUID) -> ZaakDetail:
    """Return one zaak of who asks with all that belongs to it; NotFound when it is not his.

    One statement, and a second one when another organisation handles it.
    """
    demand_klant(actor)
    found, (rsin, todo) = gather_beside(
        actor,
        {
            "zaak": (zaken, vraag((SLEUTEL, uuid), kies=_alles(), size=1)),
            "besluiten": (besluiten, mijnbesluiten.van_zaak(uuid, _BELOW)),
            "taken": (externetaken, taken.openstaand(uuid, _BELOW)),
            "berichten": (berichten, mijnberichten.van_zaak(uuid, _BELOW)),
            "contacten": (klantcontacten, contactmomenten.van_zaak(uuid, _BELOW)),
        },
        EIGEN_RSIN,
        opvolging.van("contacten"),
    )
    zaak = een(found["zaak"])
    if zaak is None:
        raise NotFound
    contacten = tuple(map(contactmomenten.regel, decode(found["contacten"].results)))
    return replace(
        _detail(zaak, rsin),
        besluiten=tuple(map(mijnbesluiten.regel, decode(found["besluiten"].results))),
        taken=tuple(map(taken.regel, decode(found["taken"].results))),
        berichten=tuple(map(mijnberichten.regel, decode(found["berichten"].results))),
        contactmomenten=contacten,
        stoppen=_stopverzoek(contacten, opvolging.gelezen(todo)),
    )


def _stopverzoek(
    contacten: Iterable[ContactRegel], volgt: Mapping[UUID, Opvolging]
) -> Stopverzoek | None:
    """Return the request to stop, unless the last word about it is that he goes on."""
    said = (each for each in contacten if each.onderwerp in (INTREKKING, DOORGAAN))
    last = max(said, key=lambda each: each.moment, default=None)
    if last is None or last.onderwerp == DOORGAAN:
        return None
    still = volgt.get(last.uuid)
    return Stopverzoek(
        last.uuid, last.moment.astimezone(AMSTERDAM).date(), bool(still and still.open)
    )


def met_organisatie(shown: Iterable[dict[str, Any]], rsin: str | None) -> list[ZaakRegel]:
    """Return zaken as an overview shows them, with the names of organisations other than ours."""
    found = list(shown)
    elders = namen({zaak["verantwoordelijkeOrganisatie"] for zaak in found}, rsin)
    return [_regel(zaak, elders) for zaak in found]


def _detail(zaak: dict[str, Any], rsin: str | None) -> ZaakDetail:
    expanded = zaak["_expand"]
    uiterlijk = zaak["uiterlijkeEinddatumAfdoening"]
    (regel,) = met_organisatie([zaak], rsin)
    resultaat = expanded["resultaat"]
    return ZaakDetail(
        regel,
        expanded["zaaktype"]["omschrijving"],
        zaak["toelichting"],
        date.fromisoformat(zaak["startdatum"]),
        date.fromisoformat(uiterlijk) if uiterlijk else None,
        tuple(map(_status, sorted(expanded["statussen"], key=_moment, reverse=True))),
        resultaat["toelichting"] if resultaat else "",
        tuple(_nog_te_komen(expanded)),
        tuple(_documenten(expanded["zaakinformatieobjecten"])),
        extern=expanded["zaaktype"]["indicatieInternOfExtern"] != InternExtern.INTERN,
    )


def _documenten(relaties: list[dict[str, Any]]) -> list[DocumentRegel]:
    """Return the documents that may be seen, the newest first."""
    found = [
        documenten.regel(relatie["_expand"]["informatieobject"], relatie["titel"])
        for relatie in relaties
        if relatie["_expand"]["informatieobject"]
    ]
    return sorted(found, key=lambda each: (each.datum, each.titel), reverse=True)


def _nog_te_komen(expanded: dict[str, Any]) -> list[str]:
    """Return the statuses that may still come, in the order of the zaaktype."""
    reached = max(
        (each["_expand"]["statustype"]["volgnummer"] for each in expanded["statussen"]), default=0
    )
    kinds = expanded["zaaktype"]["_expand"]["statustypen"]
    later = sorted((each["volgnummer"], each["omschrijving"]) for each in kinds)
    return [omschrijving for volgnummer, omschrijving in later if volgnummer > reached]


def _regel(zaak: dict[str, Any], elders: dict[str, str]) -> ZaakRegel:
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
        organisatienaam=elders.get(zaak["verantwoordelijkeOrganisatie"]),
    )


def _inside(expanded: dict[str, Any], kind: str, name: str) -> str | None:
    return expanded["_expand"][kind][name] if expanded else None


def _moment(status: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(status["datumStatusGezet"])


def _status(status: dict[str, Any]) -> StatusRegel:
    kind = status["_expand"]["statustype"]
    text = kind["statustekst"] or status["statustoelichting"]
    return StatusRegel(kind["omschrijving"], text, _moment(status))
