"""Addresses, as forms inside a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar import field

if TYPE_CHECKING:
    from collections.abc import Mapping


def _plaats() -> dict[str, Any]:
    return {
        "wpl_woonplaats_naam": field.text("Naam van de woonplaats.", 80),
        "gor_openbare_ruimte_naam": field.text("Naam van de straat of andere ruimte.", 80),
    }


def _huisnummer() -> dict[str, Any]:
    return {
        "aoa_postcode": field.text("Postcode.", 7, optional=True),
        "aoa_huisnummer": field.integer("Huisnummer.", 0, 99999),
        "aoa_huisletter": field.text("Huisletter.", 1, optional=True),
        "aoa_huisnummertoevoeging": field.text("Huisnummertoevoeging.", 4, optional=True),
    }


def _adres(doc: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Any:
    return field.group(doc, optional=True, **before, **_plaats(), **_huisnummer(), **after)


VERBLIJFSADRES = _adres(
    "Het adres waar de betrokkene verblijft.",
    {"aoa_identificatie": field.text("Identificatie van het adres in de BAG.", 100, blank=True)},
    {
        "inp_locatiebeschrijving": field.text(
            "Beschrijving van een plek zonder adres.", 1000, optional=True
        )
    },
)

GEBOUW_ADRES = _adres(
    "Het adres van een terrein of gebouw.",
    {
        "num_identificatie": field.text("Identificatie van de aanduiding.", 100, optional=True),
        "oao_identificatie": field.text(
            "Identificatie van het adres (verouderd).", 100, optional=True, deprecated=True
        ),
        "aoa_identificatie": field.text("Identificatie in de BAG.", 100, optional=True),
    },
    {"ogo_locatie_aanduiding": field.text("Aanduiding van de plek.", 100, optional=True)},
)

WOZ_ADRES = _adres(
    "De aanduiding van een WOZ-object.",
    {"aoa_identificatie": field.text("Identificatie in de BAG.", 100, blank=True)},
    {"locatie_omschrijving": field.text("Omschrijving van de plek.", 1000, optional=True)},
)

_BUITENLANDSE_REGELS: dict[str, Any] = {
    f"sub_adres_buitenland_{nr}": field.text(
        f"Regel {nr} van het adres.", 35, optional=True, wire=f"subAdresBuitenland_{nr}"
    )
    for nr in (1, 2, 3)
}

VERBLIJF_BUITENLAND = field.group(
    "Het adres van de betrokkene buiten Nederland.",
    optional=True,
    lnd_landcode=field.text("Code van het land.", 4),
    lnd_landnaam=field.text("Naam van het land.", 40),
    **_BUITENLANDSE_REGELS,
)
