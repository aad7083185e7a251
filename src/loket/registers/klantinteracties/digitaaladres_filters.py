"""The filters of digitaleadressen."""

from __future__ import annotations

from loket.grammar.filters import Along
from loket.registers.klantinteracties.filters import numbers, reference

ADRES_FILTERS: list[str | Along] = [
    "adres",
    "adres__icontains",
    "soort_digitaal_adres",
    "is_standaard_adres",
    "omschrijving",
    "referentie",
    Along("isGeverifieerd", "verificatie_datum", "isset"),
    *(f"verificatie_datum{op}" for op in ("", "__gt", "__gte", "__lt", "__lte")),
    *reference("verstrektDoorBetrokkene", "verstrekt_door_betrokkene"),
    Along("verstrektDoorBetrokkene__rol", "verstrekt_door_betrokkene.rol"),
    *reference("verstrektDoorPartij", "verstrekt_door_partij"),
    Along("verstrektDoorPartij__soortPartij", "verstrekt_door_partij.soort_partij"),
    *numbers(
        "verstrektDoorPartij__partijIdentificator",
        "verstrekt_door_partij.partij_identificatoren",
    ),
]
