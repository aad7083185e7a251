"""Mijn berichten: what the municipality wrote to who asks, read and unread (M44, M45)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.codec import decode
from loket.grammar.filters import Filter
from loket.grammar.gathering import gather
from loket.grammar.resource import Call
from loket.grammar.urns import related_filter
from loket.kernel.clock import now
from loket.kernel.problems import NotFound
from loket.registers.berichten.bericht import berichten
from loket.registers.berichten.waarden import HandelingsPerspectief
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.zaken.zaak import zaken
from loket.services.mijnservices import contactmomenten, zaakkort
from loket.services.mijnservices.documenten import DocumentRegel, kies_document
from loket.services.mijnservices.documenten import regel as document
from loket.services.mijnservices.klant import demand_klant, namens
from loket.services.mijnservices.vragen import (
    SLEUTEL,
    ZAAK,
    Bladzijde,
    bladzijde_van,
    een,
    gekozen,
    vraag,
    zaak_in,
)

if TYPE_CHECKING:
    from loket.grammar.reading import Query, Tree
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.contactmomenten import ContactRegel
    from loket.services.mijnservices.zaakkort import ZaakKort

OM_TE_REAGEREN: Final = (
    HandelingsPerspectief.INFORMATIE_GEVEN,
    HandelingsPerspectief.REACTIE_ONTVANGEN,
    HandelingsPerspectief.UITNODIGING_VOOR_AFSPRAAK,
)
"""What a bericht expects of its recipient when he can reply to it."""

_ONGELEZEN: Final = Filter("ongelezen", "({row}.geopend_op IS NULL) = {value}", lambda raw, _: raw)
_BIJ: Final = related_filter("is_gerelateerd_aan")
_BIJLAGE: Final = Filter(
    "bijlage",
    "{row}.id IN (SELECT substring(b->>'informatieObject' FROM '[0-9a-f-]{36}$')::uuid "
    "FROM berichten_bericht m, jsonb_array_elements(m.bijlagen) b WHERE m.id = {value})",
    lambda raw, _: raw,
)
_ZAAK_ERVAN: Final = Filter(
    "bericht",
    "{row}.id IN (SELECT substring(lower(g->>'urn') FROM "
    "'^urn:nld:loket:zaken:zaak:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$')::uuid "
    "FROM berichten_bericht m, jsonb_array_elements(m.is_gerelateerd_aan) g "
    "WHERE m.id = {value})",
    lambda raw, _: raw,
)


@dataclass(frozen=True)
class BerichtRegel:
    """Een bericht zoals dat in een overzicht staat; `gelezen_op` is leeg tot het geopend is."""

    uuid: UUID
    onderwerp: str
    verzonden_op: datetime
    gelezen_op: datetime | None
    zaak: UUID | None
    bijlagen: int

    @property
    def gelezen(self) -> bool:
        """Zeg of de ontvanger het geopend heeft."""
        return self.gelezen_op is not None


@dataclass(frozen=True)
class BerichtDetail:
    """Een bericht met de tekst (eenvoudige Markdown) en de bijlagen die er nog zijn.

    `reageren_tot` is gevuld als er tot een moment iets gedaan kan worden; `reacties` is wat de
    ontvanger al antwoordde.
    """

    regel: BerichtRegel
    tekst: str
    referentie: str
    perspectief: str
    reageren_tot: datetime | None
    bijlagen: tuple[DocumentRegel, ...]
    zaak: ZaakKort | None = None
    reacties: tuple[ContactRegel, ...] = ()

    @property
    def reageren_past(self) -> bool:
        """Zeg of het bericht om een reactie vraagt."""
        return self.perspectief in OM_TE_REAGEREN

    @property
    def te_laat(self) -> bool:
        """Zeg of het moment voorbij is tot wanneer er iets gedaan kon worden."""
        return self.reageren_tot is not None and self.reageren_tot < now()

    @property
    def reageren_kan(self) -> bool:
        """Zeg of de ontvanger er nu op kan reageren."""
        return self.reageren_past and not self.te_laat


@dataclass(frozen=True)
class Postvak:
    """Een bladzijde van de berichten; `ongelezen` telt alle die nog niet geopend zijn."""

    bladzijde: Bladzijde[BerichtRegel]
    ongelezen: int


@cache
def kies() -> Tree:
    """Return what an overview shows of a bericht."""
    return gekozen(
        berichten, "uuid", "onderwerp", "publicatiedatum", "geopendOp", "isGerelateerdAan",
        "bijlagen",
    )  # fmt: skip


def nieuwste(size: int, bladzijde: int = 1) -> Query:
    """Ask for the newest berichten."""
    return vraag(kies=kies(), bladzijde=bladzijde, size=size)


def ongelezen(size: int) -> Query:
    """Ask for the newest berichten that were not opened."""
    return vraag((_ONGELEZEN, True), kies=kies(), size=size)


def van_zaak(zaak: UUID, size: int) -> Query:
    """Ask for the berichten that belong to a zaak."""
    return vraag((_BIJ, f"{ZAAK}{zaak}"), kies=kies(), size=size)


def overzicht(
    actor: Actor, bladzijde: int = 1, *, gelezen: bool | None = None
) -> Bladzijde[BerichtRegel]:
    """Return a page of the berichten to who asks, the newest first; one statement.

    `gelezen` chooses those that were opened, or were not. NotFound beyond the last page.
    """
    demand_klant(actor)
    alleen = () if gelezen is None else ((_ONGELEZEN, not gelezen),)
    page = berichten.list(actor, vraag(*alleen, kies=kies(), bladzijde=bladzijde))
    return Bladzijde(bladzijde, page.count, tuple(map(regel, decode(page.results))))


def postvak(actor: Actor, bladzijde: int = 1, *, ongelezen_alleen: bool = False) -> Postvak:
    """Return a page of the berichten, and how many are unread; one statement.

    NotFound beyond the last page.
    """
    demand_klant(actor)
    alleen = ((_ONGELEZEN, True),) if ongelezen_alleen else ()
    found = gather(
        actor,
        {
            "lijst": (berichten, vraag(*alleen, kies=kies(), bladzijde=bladzijde)),
            "ongelezen": (berichten, ongelezen(1)),
        },
    )
    page = bladzijde_van(bladzijde, found["lijst"], lambda each: map(regel, each))
    return Postvak(page, found["ongelezen"].count)


def detail(actor: Actor, uuid: UUID) -> BerichtDetail:
    """Return one bericht to who asks, in one statement; NotFound when it is not his."""
    demand_klant(actor)
    found = gather(
        actor,
        {
            "bericht": (berichten, vraag((SLEUTEL, uuid), size=1)),
            "bijlagen": (
                enkelvoudiginformatieobjecten,
                vraag((_BIJLAGE, uuid), kies=kies_document(), op=("titel",)),
            ),
            "zaak": (zaken, vraag((_ZAAK_ERVAN, uuid), kies=zaakkort.kies(), size=1)),
            "reacties": (klantcontacten, contactmomenten.over_bericht(uuid)),
        },
    )
    shown = een(found["bericht"])
    if shown is None:
        raise NotFound
    zaak = een(found["zaak"])
    named = {each["informatieObject"]: each["omschrijving"] for each in shown["bijlagen"]}
    return BerichtDetail(
        regel=regel(shown),
        tekst=shown["berichtTekst"],
        referentie=shown["referentie"],
        perspectief=shown["handelingsPerspectief"],
        reageren_tot=_moment(shown["einddatumHandelingsTermijn"]),
        bijlagen=tuple(
            document(each, _naam(named, each["uuid"])) for each in decode(found["bijlagen"].results)
        ),
        zaak=zaakkort.regel(zaak) if zaak else None,
        reacties=tuple(map(contactmomenten.regel, decode(found["reacties"].results))),
    )


def lees(actor: Actor, uuid: UUID) -> BerichtDetail:
    """Return a bericht and note, the first time, that its recipient opened it."""
    found = detail(actor, uuid)
    if found.regel.gelezen:
        return found
    moment = now()
    berichten.patch(namens(actor), uuid, {"geopendOp": moment.isoformat()}, Call(""))
    return replace(found, regel=replace(found.regel, gelezen_op=moment))


def leg_terug(actor: Actor, uuid: UUID) -> None:
    """Let a bericht be unread again, for who wants to come back to it; NotFound."""
    if detail(actor, uuid).regel.gelezen:
        berichten.patch(namens(actor), uuid, {"geopendOp": None}, Call(""))


def regel(shown: dict[str, Any]) -> BerichtRegel:
    """Return a bericht as an overview shows it."""
    return BerichtRegel(
        uuid=UUID(shown["uuid"]),
        onderwerp=shown["onderwerp"],
        verzonden_op=datetime.fromisoformat(shown["publicatiedatum"]),
        gelezen_op=_moment(shown["geopendOp"]),
        zaak=zaak_in(shown["isGerelateerdAan"]),
        bijlagen=len(shown["bijlagen"] or ()),
    )


def _naam(named: dict[str, str], key: str) -> str:
    return next((text for urn, text in named.items() if urn.endswith(key)), "")


def _moment(raw: str | None) -> datetime | None:
    return datetime.fromisoformat(raw) if raw else None
