"""Mijn contactmomenten: what a citizen or company and the municipality said (M47-M49)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.codec import decode
from loket.grammar.filters import Filter
from loket.kernel.problems import NotFound
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.services.mijnservices.klant import demand_klant
from loket.services.mijnservices.vragen import SLEUTEL, Bladzijde, gekozen, vraag

if TYPE_CHECKING:
    from loket.grammar.reading import Query, Tree
    from loket.kernel.actor import Actor

_VAN_ZAAK: Final = Filter(
    "zaak",
    "{row}.id IN (SELECT o.klantcontact_id FROM klantinteracties_onderwerpobject o "
    "WHERE o.onderwerpobjectidentificator->>'objectId' = {value}::text)",
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
class ContactDetail:
    """Een contactmoment in het geheel, met wat er eerder stond."""

    regel: ContactRegel
    nummer: str
    inhoud: str
    reactie: str
    gelukt: bool | None
    verbeterd: str
    eerder: tuple[Lezing, ...]


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


def detail(actor: Actor, uuid: UUID) -> ContactDetail:
    """Return one contact with who asks, in one statement; NotFound when it is not his."""
    demand_klant(actor)
    found = decode(
        klantcontacten.list(actor, vraag((SLEUTEL, uuid), kies=_alles(), size=1)).results
    )
    if not found:
        raise NotFound
    shown = found[0]
    return ContactDetail(
        regel=regel(shown),
        nummer=shown["referentienummer"],
        inhoud=shown["inhoud"],
        reactie=shown["reactie"],
        gelukt=shown["indicatieContactGelukt"],
        verbeterd=shown["wijzigingsgrond"],
        eerder=tuple(map(_lezing, shown["eerdereVersies"])),
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


def _lezing(shown: dict[str, Any]) -> Lezing:
    return Lezing(
        onderwerp=shown["onderwerp"],
        inhoud=shown["inhoud"],
        reactie=shown["reactie"],
        vastgelegd_op=datetime.fromisoformat(shown["begin"]),
    )
