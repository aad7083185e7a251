"""Mijn contactmomenten: what a citizen or company and the municipality said (M47-M49)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.codec import decode
from loket.grammar.filters import Filter
from loket.grammar.gathering import gather, gather_beside
from loket.kernel.problems import NotFound
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.zaken.zaak import zaken
from loket.services.mijnservices import opvolging, zaakkort
from loket.services.mijnservices.klant import demand_klant
from loket.services.mijnservices.vragen import (
    SLEUTEL,
    Bladzijde,
    bladzijde_van,
    een,
    gekozen,
    vraag,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loket.grammar.reading import Query, Tree
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.opvolging import Opvolging
    from loket.services.mijnservices.zaakkort import ZaakKort

VERBETERING: Final = "Heeft om verbetering van een gespreksverslag gevraagd"
"""The onderwerp of a contact in which a klant says that what was recorded is not right (K7)."""

_VAN_ZAAK: Final = Filter(
    "zaak",
    "{row}.id IN (SELECT o.klantcontact_id FROM klantinteracties_onderwerpobject o "
    "WHERE o.onderwerpobjectidentificator->>'objectId' = {value}::text)",
    lambda raw, _: raw,
)
_OVER_CONTACT: Final = Filter(
    "contact",
    "{row}.id IN (SELECT o.klantcontact_id FROM klantinteracties_onderwerpobject o "
    "WHERE o.was_klantcontact_id = {value})",
    lambda raw, _: raw,
)
_HIEROVER: Final = Filter(
    "contact",
    "{row}.id IN (SELECT o.was_klantcontact_id FROM klantinteracties_onderwerpobject o "
    "WHERE o.klantcontact_id = {value})",
    lambda raw, _: raw,
)
_OVER_BERICHT: Final = Filter(
    "bericht",
    "{row}.id IN (SELECT o.klantcontact_id FROM klantinteracties_onderwerpobject o "
    "WHERE o.onderwerpobjectidentificator->>'objectId' = {value}::text "
    "AND o.onderwerpobjectidentificator->>'codeObjecttype' = 'bericht') "
    "AND EXISTS (SELECT FROM klantinteracties_betrokkene b "
    "WHERE b.had_klantcontact_id = {row}.id AND b.initiator)",
    lambda raw, _: raw,
)
_ZAAK_ERVAN: Final = Filter(
    "contact",
    "{row}.id::text IN (SELECT o.onderwerpobjectidentificator->>'objectId' "
    "FROM klantinteracties_onderwerpobject o WHERE o.klantcontact_id = {value} "
    "AND lower(o.onderwerpobjectidentificator->>'codeObjecttype') = 'zaak')",
    lambda raw, _: raw,
)


@dataclass(frozen=True)
class ContactRegel:
    """Een contactmoment: langs welk kanaal, wanneer, en wat er toen gezegd of gedaan is.

    `zelf` zegt of de klant het contact zocht; leeg als dat niet vaststaat. `zaken` zijn de zaken
    van deze gemeente waar het over ging.
    """

    uuid: UUID
    kanaal: str
    moment: datetime
    onderwerp: str
    zelf: bool | None
    zaken: tuple[UUID, ...]


@dataclass(frozen=True)
class Lezing:
    """Wat er eerder van een contactmoment was vastgelegd, voor het verbeterd werd."""

    onderwerp: str
    inhoud: str
    reactie: str
    vastgelegd_op: datetime


@dataclass(frozen=True)
class Verbeterverzoek:
    """Wat de klant zegt dat niet klopt; `open` tot de gemeente dat heeft afgehandeld."""

    uuid: UUID
    moment: datetime
    tekst: str
    open: bool


@dataclass(frozen=True)
class ContactDetail:
    """Een contactmoment in het geheel, met wat er eerder stond.

    `verzoeken` zijn de verzoeken van de klant om het te verbeteren, `over` is het contact waar dit
    zelf over gaat. `opvolging` zegt van wat de klant zelf in het portaal schreef of de gemeente nog
    antwoordt; anders is zij leeg.
    """

    regel: ContactRegel
    nummer: str
    inhoud: str
    reactie: str
    gelukt: bool | None
    verbeterd: str
    eerder: tuple[Lezing, ...]
    zaken: tuple[ZaakKort, ...] = ()
    verzoeken: tuple[Verbeterverzoek, ...] = ()
    opvolging: Opvolging | None = None
    over: ContactRegel | None = None

    @property
    def verbetering_kan(self) -> bool:
        """Zeg of de klant om verbetering kan vragen: niet van eigen woorden, en een tegelijk."""
        eigen = self.regel.onderwerp == VERBETERING or (self.opvolging and not self.reactie)
        return not eigen and not any(each.open for each in self.verzoeken)


_REGEL: Final = (
    "uuid", "kanaal", "plaatsgevondenOp", "onderwerp",
    {"hadBetrokkenen": ["initiator"]},
    {"gingOverOnderwerpobjecten": ["onderwerpobjectidentificator"]},
)  # fmt: skip


@cache
def kies() -> Tree:
    """Return what an overview shows of a contactmoment."""
    return gekozen(klantcontacten, *_REGEL)


@cache
def _alles() -> Tree:
    return gekozen(
        klantcontacten, *_REGEL, "referentienummer", "inhoud", "reactie",
        "indicatieContactGelukt", "wijzigingsgrond", "eerdereVersies",
    )  # fmt: skip


@cache
def _verzoek() -> Tree:
    return gekozen(klantcontacten, "uuid", "plaatsgevondenOp", "onderwerp", "inhoud")


def nieuwste(size: int) -> Query:
    """Ask for the newest contactmomenten."""
    return vraag(kies=kies(), size=size)


def van_zaak(zaak: UUID, size: int = 100) -> Query:
    """Ask for the contactmomenten about a zaak."""
    return vraag((_VAN_ZAAK, str(zaak)), kies=kies(), size=size)


def overzicht(
    actor: Actor, bladzijde: int = 1, zaak: UUID | None = None
) -> Bladzijde[ContactRegel]:
    """Return a page of the contacts with who asks, the newest first; one statement.

    With `zaak` only those about that zaak. NotFound beyond the last page.
    """
    demand_klant(actor)
    over = ((_VAN_ZAAK, str(zaak)),) if zaak else ()
    page = klantcontacten.list(actor, vraag(*over, kies=kies(), bladzijde=bladzijde))
    return Bladzijde(bladzijde, page.count, tuple(map(regel, decode(page.results))))


def bij_zaak(
    actor: Actor, zaak: UUID, bladzijde: int = 1
) -> tuple[ZaakKort, Bladzijde[ContactRegel]]:
    """Return a zaak and a page of the contacts about it; one statement.

    NotFound when the zaak is not of who asks, and beyond the last page.
    """
    demand_klant(actor)
    over = vraag((_VAN_ZAAK, str(zaak)), kies=kies(), bladzijde=bladzijde)
    found = gather(
        actor,
        {
            "zaak": (zaken, vraag((SLEUTEL, zaak), kies=zaakkort.kies(), size=1)),
            "contacten": (klantcontacten, over),
        },
    )
    shown = een(found["zaak"])
    if shown is None:
        raise NotFound
    page = bladzijde_van(bladzijde, found["contacten"], lambda each: map(regel, each))
    return zaakkort.regel(shown), page


def over_bericht(bericht: UUID, size: int = 20) -> Query:
    """Ask for the contactmomenten in which a klant replied to a bericht."""
    return vraag((_OVER_BERICHT, str(bericht)), kies=kies(), size=size)


def detail(actor: Actor, uuid: UUID) -> ContactDetail:
    """Return one contact with who asks, in one statement; NotFound when it is not his."""
    demand_klant(actor)
    found, (todo,) = gather_beside(
        actor,
        {
            "contact": (klantcontacten, vraag((SLEUTEL, uuid), kies=_alles(), size=1)),
            "later": (klantcontacten, vraag((_OVER_CONTACT, uuid), kies=_verzoek(), size=20)),
            "over": (klantcontacten, vraag((_HIEROVER, uuid), kies=kies(), size=1)),
            "zaken": (zaken, vraag((_ZAAK_ERVAN, uuid), kies=zaakkort.kies(), size=20)),
        },
        opvolging.van("contact", "later"),
    )
    shown = een(found["contact"])
    if shown is None:
        raise NotFound
    volgt = opvolging.gelezen(todo)
    later = (each for each in decode(found["later"].results) if each["onderwerp"] == VERBETERING)
    kort, over = regel(shown), een(found["over"])
    return ContactDetail(
        regel=kort,
        nummer=shown["referentienummer"],
        inhoud=shown["inhoud"],
        reactie=shown["reactie"],
        gelukt=shown["indicatieContactGelukt"],
        verbeterd=shown["wijzigingsgrond"],
        eerder=tuple(map(_lezing, shown["eerdereVersies"])),
        zaken=tuple(map(zaakkort.regel, decode(found["zaken"].results))),
        verzoeken=tuple(_verbeterverzoek(each, volgt) for each in later),
        opvolging=volgt.get(uuid) if kort.zelf and kort.kanaal in opvolging.KANALEN else None,
        over=regel(over) if over else None,
    )


def regel(shown: dict[str, Any]) -> ContactRegel:
    """Return a contactmoment as an overview shows it."""
    expanded = shown["_expand"]
    sought = [each["initiator"] for each in expanded["hadBetrokkenen"]]
    return ContactRegel(
        uuid=UUID(shown["uuid"]),
        kanaal=shown["kanaal"],
        moment=datetime.fromisoformat(shown["plaatsgevondenOp"]),
        onderwerp=shown["onderwerp"],
        zelf=any(sought) if sought else None,
        zaken=tuple(_zaken(expanded["gingOverOnderwerpobjecten"])),
    )


def _zaken(objects: list[dict[str, Any]]) -> list[UUID]:
    found = []
    for each in objects:
        held = each["onderwerpobjectidentificator"] or {}
        if str(held.get("codeObjecttype", "")).lower() == "zaak":
            try:
                found.append(UUID(held["objectId"]))
            except ValueError:
                continue
    return found


def _verbeterverzoek(shown: dict[str, Any], volgt: Mapping[UUID, Opvolging]) -> Verbeterverzoek:
    key = UUID(shown["uuid"])
    return Verbeterverzoek(
        uuid=key,
        moment=datetime.fromisoformat(shown["plaatsgevondenOp"]),
        tekst=shown["inhoud"],
        open=key in volgt and volgt[key].open,
    )


def _lezing(shown: dict[str, Any]) -> Lezing:
    return Lezing(
        onderwerp=shown["onderwerp"],
        inhoud=shown["inhoud"],
        reactie=shown["reactie"],
        vastgelegd_op=datetime.fromisoformat(shown["begin"]),
    )
