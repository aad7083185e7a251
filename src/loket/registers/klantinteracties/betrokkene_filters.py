"""The filters of betrokkenen."""

from __future__ import annotations

from loket.grammar.filters import Along
from loket.registers.klantinteracties.filters import numbers, reference
from loket.registers.klantinteracties.groepen import NAAM_DELEN

BETROKKENE_FILTERS: list[str | Along] = [
    *(
        Along(f"contactnaam{part[0].upper()}{part[1:]}", f"contactnaam->{part}")
        for part in NAAM_DELEN
    ),
    "organisatienaam",
    *reference("hadKlantcontact", "had_klantcontact"),
    Along("hadKlantcontact__nummer", "had_klantcontact.referentienummer"),
    Along("hadKlantcontact__referentienummer", "had_klantcontact.referentienummer"),
    *reference("wasPartij", "was_partij"),
    Along("wasPartij__nummer", "was_partij.nummer"),
    *numbers("wasPartij__partijIdentificator", "was_partij.partij_identificatoren"),
    *reference("verstrektedigitaalAdres", "digitale_adressen"),
    Along("verstrektedigitaalAdres__adres", "digitale_adressen.adres"),
]
