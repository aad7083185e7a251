"""The filters of partijen."""

from __future__ import annotations

from loket.grammar.filters import Along
from loket.registers.klantinteracties.filters import numbers, reference

_ADRES = ("adresregel1", "adresregel2", "adresregel3", "land", "nummeraanduidingId")

PARTIJ_FILTERS: list[str | Along] = [
    "nummer",
    "soort_partij",
    "indicatie_actief",
    "indicatie_geheimhouding",
    *numbers("partijIdentificator", "partij_identificatoren"),
    *numbers("subIdentificatorVan", "partij_identificatoren.sub_identificator_van"),
    *reference("vertegenwoordigdePartij", "vertegenwoordigden"),
    Along("categorierelatie__categorie__naam", "categorie_relaties.categorie.naam"),
    *(
        Along(f"{soort}{part[0].upper()}{part[1:]}", f"{soort}->{part}")
        for soort in ("bezoekadres", "correspondentieadres")
        for part in _ADRES
    ),
]
