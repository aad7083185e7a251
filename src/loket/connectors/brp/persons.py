"""Ask the BRP for one person."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from loket.connectors.asking import Onbereikbaar, Question, ask
from loket.connectors.brp import reading
from loket.connectors.brp.values import Deel

if TYPE_CHECKING:
    from collections.abc import Collection

    from loket.connectors.asking import Access
    from loket.connectors.brp.values import Persoon

KEY_HEADER: Final = "x-api-key"
"""The header of the API key, where the provider does not say otherwise."""

FIELDS: Final = {
    Deel.NAAM: ("naam.volledigeNaam", "adressering.aanschrijfwijze.naam"),
    Deel.AANHEF: ("adressering.aanhef",),
    Deel.GEBOORTE: ("geboorte.datum", "geboorte.land", "geboorte.plaats"),
    Deel.ADRES: (
        "adressering.adresregel1",
        "adressering.adresregel2",
        "adressering.adresregel3",
        "adressering.indicatieVastgesteldVerblijftNietOpAdres",
        "adressering.land",
        "verblijfplaats.datumVan",
    ),
    Deel.OVERLIJDEN: ("overlijden.datum",),
    Deel.PARTNER: (
        "partners.geboorte.datum",
        "partners.naam.geslachtsnaam",
        "partners.naam.voornamen",
        "partners.naam.voorvoegsel",
        "partners.soortVerbintenis",
    ),
    Deel.KINDEREN: (
        "kinderen.geboorte.datum",
        "kinderen.naam.geslachtsnaam",
        "kinderen.naam.voornamen",
        "kinderen.naam.voorvoegsel",
    ),
}
"""What is asked for by the names of the API; each of them is bound to a purpose there."""


def persoon(access: Access, bsn: str, delen: Collection[Deel]) -> Persoon | None:
    """Return a person, or None when the BRP knows nobody by that number; BevragenMislukt.

    The number travels in the body alone: addresses end up in logs.
    """
    body = {
        "type": "RaadpleegMetBurgerservicenummer",
        "burgerservicenummer": [bsn],
        "fields": sorted(name for deel in delen for name in FIELDS[deel]),
    }
    answer = ask(access, Question("personen", body=body))
    if answer.code == HTTPStatus.NOT_FOUND:
        # the API answers an empty list: this is the address of something else
        raise Onbereikbaar("There is no BRP at this address.", answer.code)
    try:
        return reading.persoon(answer.told)
    except ValueError:
        raise Onbereikbaar("The answer is not one of the BRP.", answer.code) from None
