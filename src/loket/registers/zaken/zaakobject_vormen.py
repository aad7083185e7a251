"""What a zaak can be about: the forms of objectIdentificatie, by objectType."""

from __future__ import annotations

from typing import Any

from django.db import models

from loket.grammar import field
from loket.registers.zaken.adressen import GEBOUW_ADRES, WOZ_ADRES
from loket.registers.zaken.betrokkenen import (
    BETROKKENEN,
    natuurlijk_persoon,
    niet_natuurlijk_persoon,
)


def _soorten(name: str, values: str) -> type[models.TextChoices]:
    """Make an enumeration of plain words that explain themselves."""
    members = [(value.upper(), (value, value.capitalize())) for value in values.split()]
    enumeration: Any = models.TextChoices
    made: type[models.TextChoices] = enumeration(name, members)
    return made


Inrichtingselement = _soorten(
    "Inrichtingselement",
    "bak bord installatie kast mast paal sensor straatmeubilair waterinrichtingselement "
    "weginrichtingselement",
)
Kunstwerkdeel = _soorten(
    "Kunstwerkdeel",
    "keermuur overkluizing duiker faunavoorziening vispassage bodemval coupure ponton voorde "
    "hoogspanningsmast gemaal perron sluis strekdam steiger stuw",
)
Spoorbaandeel = _soorten("Spoorbaandeel", "breedspoor normaalspoor smalspoor spoorbaan")
Waterdeel = _soorten("Waterdeel", "zee waterloop watervlakte greppel_droge_sloot")


def _identificatie() -> Any:
    return field.text("Identificatie in de basisregistratie.", 100)


def _ruimte() -> dict[str, Any]:
    return {
        "wpl_woonplaats_naam": field.text("Naam van de woonplaats.", 80),
        "gor_openbare_ruimte_naam": field.text("Naam van de openbare ruimte.", 80),
    }


def _deel(doc: str, **soort: Any) -> Any:
    naam = field.text("De naam.", 500, optional=True)
    return field.group(doc, **soort, identificatie=_identificatie(), naam=naam)


def _gebouwd(**options: Any) -> Any:
    return field.group(
        "Een terrein of gebouw.",
        identificatie=_identificatie(),
        adres_aanduiding_grp=GEBOUW_ADRES,
        **options,
    )


def _kadastraal(**options: Any) -> Any:
    return field.group(
        "Een kadastrale onroerende zaak.",
        kadastrale_identificatie=field.text("Identificatie in het Kadaster.", 100),
        kadastrale_aanduiding=field.text("Kadastrale aanduiding.", 1000),
        **options,
    )


def _woz(**options: Any) -> Any:
    return field.group(
        "Een WOZ-object.",
        woz_object_nummer=field.text("Het WOZ-objectnummer.", 100),
        aanduiding_woz_object=WOZ_ADRES,
        **options,
    )


_ADRES = field.group(
    "Een adres.",
    identificatie=field.text("Identificatie in de BAG.", 100, blank=True),
    **_ruimte(),
    huisnummer=field.integer("Huisnummer.", 0, 99999),
    huisletter=field.text("Huisletter.", 1, optional=True),
    huisnummertoevoeging=field.text("Huisnummertoevoeging.", 4, optional=True),
    postcode=field.text("Postcode.", 7, optional=True),
)

_ZAKELIJK_RECHT = field.group(
    "Een recht op een onroerende zaak.",
    identificatie=_identificatie(),
    avg_aard=field.text("Aard van het recht.", 1000),
    heeft_betrekking_op=_kadastraal(optional=True),
    heeft_als_gerechtigde=field.group(
        "Wie het recht heeft.",
        optional=True,
        natuurlijk_persoon=natuurlijk_persoon(optional=True),
        niet_natuurlijk_persoon=niet_natuurlijk_persoon(optional=True),
    ),
)

VORMEN = BETROKKENEN | {
    "adres": _ADRES,
    "buurt": field.group(
        "Een buurt.",
        buurt_code=field.text("Code van de buurt.", 2),
        buurt_naam=field.text("Naam van de buurt.", 40),
        gem_gemeente_code=field.text("Code van de gemeente.", 4),
        wyk_wijk_code=field.text("Code van de wijk.", 2),
    ),
    "gemeente": field.group(
        "Een gemeente.",
        gemeente_naam=field.text("Naam van de gemeente.", 80),
        gemeente_code=field.text("Code van de gemeente.", 4),
    ),
    "gemeentelijke_openbare_ruimte": field.group(
        "Een gemeentelijke openbare ruimte.",
        identificatie=_identificatie(),
        openbare_ruimte_naam=field.text("Naam van de openbare ruimte.", 80),
    ),
    "huishouden": field.group(
        "Een huishouden.",
        nummer=field.text("Nummer van het huishouden.", 12),
        is_gehuisvest_in=_gebouwd(optional=True),
    ),
    "inrichtingselement": _deel(
        "Een inrichtingselement.", type=field.choice(Inrichtingselement, "De soort.")
    ),
    "kadastrale_onroerende_zaak": _kadastraal(),
    "kunstwerkdeel": field.group(
        "Een deel van een kunstwerk.",
        type=field.choice(Kunstwerkdeel, "De soort."),
        identificatie=_identificatie(),
        naam=field.text("De naam.", 80),
    ),
    "maatschappelijke_activiteit": field.group(
        "Een onderneming of andere activiteit.",
        kvk_nummer=field.text("Het KVK-nummer.", 8),
        handelsnaam=field.text("De handelsnaam.", 200),
    ),
    "openbare_ruimte": field.group(
        "Een openbare ruimte.", identificatie=_identificatie(), **_ruimte()
    ),
    "pand": field.group("Een pand.", identificatie=_identificatie()),
    "spoorbaandeel": _deel(
        "Een deel van een spoorbaan.", type=field.choice(Spoorbaandeel, "De soort.")
    ),
    "terreindeel": _deel("Een deel van een terrein.", type=field.text("De soort.", 40)),
    "terrein_gebouwd_object": _gebouwd(),
    "waterdeel": _deel("Een deel van een water.", type_waterdeel=field.choice(Waterdeel, "Soort.")),
    "wegdeel": _deel("Een deel van een weg.", type=field.text("De soort.", 100)),
    "wijk": field.group(
        "Een wijk.",
        wijk_code=field.text("Code van de wijk.", 2),
        wijk_naam=field.text("Naam van de wijk.", 40),
        gem_gemeente_code=field.text("Code van de gemeente.", 4),
    ),
    "woonplaats": field.group(
        "Een woonplaats.",
        identificatie=_identificatie(),
        woonplaats_naam=field.text("Naam van de woonplaats.", 80),
    ),
    "woz_deelobject": field.group(
        "Een deel van een WOZ-object.",
        nummer_woz_deel_object=field.text("Nummer van het deel.", 6),
        is_onderdeel_van=_woz(optional=True),
    ),
    "woz_object": _woz(),
    "woz_waarde": field.group(
        "Een WOZ-waarde.",
        waardepeildatum=field.text("De waardepeildatum.", 9),
        is_voor=_woz(optional=True),
    ),
    "zakelijk_recht": _ZAKELIJK_RECHT,
    "overige": field.group(
        "Iets anders.", overige_data=field.free("De gegevens, in een vorm naar keuze.")
    ),
}
"""The form of objectIdentificatie by objectType; besluit, document and status have none."""
