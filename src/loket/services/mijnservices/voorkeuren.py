"""How somebody wants to hear from the municipality: over what, about what, in which language (M52).

The order of the channels, the consent for each kind of message (Awb 2:8) and the language are those
of his partij; whoever sends asks for them there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.codec import decode
from loket.grammar.gathering import gather_beside
from loket.registers.klantinteracties.bereikbaarheid import bereikbaarheden
from loket.registers.klantinteracties.contactvoorkeur import contactvoorkeuren
from loket.registers.klantinteracties.partij import partijen
from loket.registers.klantinteracties.waarden import Contactkanaal
from loket.registers.zaken.zaak import zaken
from loket.services.mijnservices.klant import demand_klant
from loket.services.mijnservices.profiel import zelf
from loket.services.mijnservices.vragen import een, gekozen, sleutel, vraag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loket.grammar.reading import Page, Tree
    from loket.kernel.actor import Actor

MOST: Final = 500
DIGITAAL: Final = (Contactkanaal.PORTAAL, Contactkanaal.EMAIL, Contactkanaal.TELEFOON)
"""The channels that need consent."""

ALLE: Final = (*DIGITAAL, Contactkanaal.BRIEF)

_LIJSTEN: Final = """
SELECT coalesce(json_agg(json_build_array(r.lijst, r.code, r.naam) ORDER BY r.id), '[]')
FROM klantinteracties_referentiewaarde r WHERE r.lijst IN ('taal', 'soort_bericht')
    AND r.begin_geldigheid <= current_date
    AND (r.einde_geldigheid IS NULL OR r.einde_geldigheid >= current_date)
"""


@dataclass(frozen=True)
class Toestemming:
    """Langs welke digitale kanalen een soort bericht mag komen."""

    soort: str
    naam: str
    kanalen: tuple[str, ...]


@dataclass(frozen=True)
class PerZaaktype:
    """Het kanaal voor zaken van één soort, leeg als dat het algemene is.

    `zaaktypen` zijn de versies van het zaaktype waar zaken van zijn.
    """

    naam: str
    zaaktypen: tuple[UUID, ...]
    kanaal: str = ""

    @property
    def sleutel(self) -> UUID:
        """De sleutel waaronder een formulier haar kent."""
        return self.zaaktypen[0]


@dataclass(frozen=True)
class Voorkeuren:
    """Wat iemand wil: de kanalen op volgorde, toestemming per soort bericht, en de taal.

    `talen` zijn de code en de naam van elke taal waaruit te kiezen is.
    """

    taal: str
    talen: tuple[tuple[str, str], ...]
    kanalen: tuple[str, ...]
    per_zaaktype: tuple[PerZaaktype, ...]
    toestemmingen: tuple[Toestemming, ...]


@dataclass(frozen=True)
class Stand:
    """What the registers hold: the preferences, and the records that they stand in."""

    voorkeuren: Voorkeuren
    partij: UUID | None = None
    algemeen: tuple[UUID, ...] = ()
    zaaktypen: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    gegeven: Mapping[tuple[str, str], UUID] = field(default_factory=dict)


def lees(actor: Actor) -> Voorkeuren:
    """Return what who asks prefers, in one statement."""
    return stand(actor).voorkeuren


def stand(actor: Actor) -> Stand:
    """Return the preferences with the records that they stand in, in one statement."""
    demand_klant(actor)
    found, (listed,) = gather_beside(
        actor,
        {
            "partij": (partijen, vraag(*zelf(actor), kies=_kies_partij(), size=1)),
            "voorkeuren": (contactvoorkeuren, vraag(kies=_kies_voorkeur(), size=MOST)),
            "bereik": (bereikbaarheden, vraag(kies=_kies_bereik(), size=MOST)),
            "zaken": (zaken, vraag(kies=_kies_zaak(), size=MOST)),
        },
        _LIJSTEN,
    )
    partij = een(found["partij"])
    key = UUID(partij["uuid"]) if partij else None
    wishes = _van(key, found["voorkeuren"])
    general = [each for each in wishes if not (each["zaaktype"] or each["zaak"])]
    general = [each for each in general if not each["klantcontact"]]
    given = {
        (each["soortBericht"], each["kanaal"]): UUID(each["uuid"])
        for each in _van(key, found["bereik"])
        if each["ingetrokkenOp"] is None
    }
    lists = decode(listed)
    typed = _per_zaaktype(found["zaken"], wishes)
    return Stand(
        Voorkeuren(
            taal=partij["voorkeurstaal"] if partij else "",
            talen=tuple((code, naam) for lijst, code, naam in lists if lijst == "taal"),
            kanalen=tuple(dict.fromkeys(each["kanaal"] for each in general)),
            per_zaaktype=tuple(each for each, _ in typed),
            toestemmingen=tuple(_toestemmingen(lists, given)),
        ),
        partij=key,
        algemeen=tuple(UUID(each["uuid"]) for each in general),
        zaaktypen={each.sleutel: records for each, records in typed},
        gegeven=given,
    )


def _van(key: UUID | None, page: Page) -> list[dict[str, Any]]:
    """Return what is of the partij itself; a company sees that of its vestigingen too."""
    found: list[dict[str, Any]] = decode(page.results)
    return [each for each in found if each["partij"]["uuid"] == str(key)]


def _per_zaaktype(
    page: Page, wishes: list[dict[str, Any]]
) -> list[tuple[PerZaaktype, tuple[UUID, ...]]]:
    """Return the kinds of zaken that there are, each with the records of its preference."""
    names: dict[str, list[UUID]] = {}
    for each in decode(page.results):
        kind = each["_expand"]["zaaktype"]
        keys, key = names.setdefault(kind["omschrijving"], []), _sleutel(kind["url"])
        if key is not None and key not in keys:
            keys.append(key)
    made = []
    for naam, keys in sorted(names.items()):
        own = [each for each in wishes if _sleutel(each["zaaktype"]) in keys]
        kanaal = own[0]["kanaal"] if own else ""
        records = tuple(UUID(each["uuid"]) for each in own)
        made.append((PerZaaktype(naam, tuple(sorted(keys)), kanaal), records))
    return made


def _sleutel(url: str) -> UUID | None:
    """Return the key at the end of the address of a zaaktype, or None."""
    return sleutel(url.replace("/", ":")) if url else None


def _toestemmingen(lists: Iterable[Any], given: Mapping[tuple[str, str], UUID]) -> Any:
    for lijst, code, naam in lists:
        if lijst == "soort_bericht":
            kanalen = tuple(each.value for each in DIGITAAL if (code, each.value) in given)
            yield Toestemming(code, naam, kanalen)


@cache
def _kies_partij() -> Tree:
    return gekozen(partijen, "uuid", "voorkeurstaal")


@cache
def _kies_voorkeur() -> Tree:
    return gekozen(
        contactvoorkeuren, "uuid", "partij", "kanaal", "zaak", "zaaktype", "klantcontact"
    )


@cache
def _kies_bereik() -> Tree:
    return gekozen(bereikbaarheden, "uuid", "partij", "soortBericht", "kanaal", "ingetrokkenOp")


@cache
def _kies_zaak() -> Tree:
    return gekozen(zaken, {"zaaktype": ["url", "omschrijving"]})
