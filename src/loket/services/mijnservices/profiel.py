"""Mijn gegevens: how the municipality knows a citizen, and how it may reach him (K14, M51)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.codec import decode
from loket.grammar.filters import Filter
from loket.registers.klantinteracties.partij import partijen
from loket.registers.klantinteracties.verifieren import kan_een_code_krijgen
from loket.services.mijnservices.vragen import vraag

if TYPE_CHECKING:
    from loket.kernel.actor import Actor

VERVANGT: Final = "vervangt-"
"""How the reference of an address begins that is to take the place of another, by its key."""

_ZELF: Final = Filter(
    "zelf",
    "{row}.id = (SELECT i.identificeerde_partij_id FROM klantinteracties_partijidentificator i "
    "WHERE i.partij_identificator->>'codeSoortObjectId' = ({value}::text[])[1] "
    "AND i.partij_identificator->>'objectId' = ({value}::text[])[2] ORDER BY i.id LIMIT 1)",
    lambda raw, _: raw,
)


@dataclass(frozen=True)
class Adres:
    """Een e-mailadres of telefoonnummer; `werkt` als de burger dat met een code bewees.

    `vervangt` is het adres waar dit voor in de plaats komt, zodra het werkt.
    """

    uuid: UUID
    soort: str
    adres: str
    omschrijving: str
    standaard: bool
    werkt: bool
    vervangt: UUID | None = None

    @property
    def te_controleren(self) -> bool:
        """Zeg of er een code heen kan, die nog niet terugkwam."""
        return not self.werkt and kan_een_code_krijgen(self.soort, self.adres)


@dataclass(frozen=True)
class Profiel:
    """Wat de gemeente van een burger weet om met hem te kunnen praten.

    `taal` is de ISO-code, leeg als die niet bekend is; `post` zijn de regels van het postadres.
    """

    naam: str
    taal: str
    adressen: tuple[Adres, ...]
    post: tuple[str, ...]

    def van(self, soort: str) -> tuple[Adres, ...]:
        """Return the addresses of a kind, the preferred one first."""
        found = (each for each in self.adressen if each.soort == soort)
        return tuple(sorted(found, key=lambda each: (not each.standaard, each.adres)))


def profiel(actor: Actor) -> Profiel | None:
    """Return the profile of who asks, in one statement; None when he is no partij here."""
    asked = vraag(*zelf(actor), kies=(("digitaleAdressen", ()),), size=1)
    found = decode(partijen.list(actor, asked).results)
    return _profiel(found[0]) if found else None


def zelf(actor: Actor) -> tuple[tuple[Filter, list[str]], ...]:
    """Return the filter by which a company finds itself among its vestigingen, or one of these."""
    if not actor.kvk:
        return ()
    number = ["vestigingsnummer", actor.vestiging] if actor.vestiging else ["kvk_nummer", actor.kvk]
    return ((_ZELF, number),)


def _profiel(partij: dict[str, Any]) -> Profiel:
    adressen = partij["_expand"]["digitaleAdressen"]
    form = partij["partijIdentificatie"] or {}
    return Profiel(
        naam=form.get("volledigeNaam") or form.get("naam") or "",
        taal=partij["voorkeurstaal"],
        adressen=tuple(map(_adres, adressen)),
        post=_post(partij["correspondentieadres"]) or _post(partij["bezoekadres"]),
    )


def _adres(shown: dict[str, Any]) -> Adres:
    referentie: str = shown["referentie"]
    return Adres(
        uuid=UUID(shown["uuid"]),
        soort=shown["soortDigitaalAdres"],
        adres=shown["adres"],
        omschrijving=shown["omschrijving"],
        standaard=shown["isStandaardAdres"],
        werkt=shown["verificatieDatum"] is not None,
        vervangt=_te_vervangen(referentie),
    )


def _te_vervangen(referentie: str) -> UUID | None:
    """Return the key of the address that one with this reference is to take the place of."""
    if not referentie.startswith(VERVANGT):
        return None
    try:
        return UUID(referentie.removeprefix(VERVANGT))
    except ValueError:
        return None


def _post(form: dict[str, Any] | None) -> tuple[str, ...]:
    held = form or {}
    street = ("straatnaam", "huisnummer", "huisnummertoevoeging")
    lines = [
        " ".join(str(held[name]) for name in names if held.get(name))
        for names in (street, ("postcode", "stad"))
    ]
    lines += [str(held.get(f"adresregel{nr}") or "") for nr in (1, 2, 3)]
    return tuple(line for line in lines if line)
