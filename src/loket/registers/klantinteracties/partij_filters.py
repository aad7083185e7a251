"""The filters of partijen."""

from __future__ import annotations

from loket.grammar.filters import Along, Filter
from loket.registers.klantinteracties.filters import numbers, reference
from loket.registers.klantinteracties.ondernemingsnummer import van_onderneming

_ADRES = ("adresregel1", "adresregel2", "adresregel3", "land", "nummeraanduidingId")

PARTIJ_FILTERS: list[str | Along | Filter] = [
    "nummer",
    "soort_partij",
    "indicatie_actief",
    "indicatie_geheimhouding",
    *numbers("partijIdentificator", "partij_identificatoren"),
    *numbers("subIdentificatorVan", "partij_identificatoren.sub_identificator_van"),
    *reference("vertegenwoordigdePartij", "vertegenwoordigden"),
    van_onderneming("{row}.id = ANY(ARRAY({gevonden}))"),
    Along("categorierelatie__categorie__naam", "categorie_relaties.categorie.naam"),
    *(
        Along(f"{soort}{part[0].upper()}{part[1:]}", f"{soort}->{part}")
        for soort in ("bezoekadres", "correspondentieadres")
        for part in _ADRES
    ),
]
