"""The filters of klantcontacten: on themselves, and on what they lead to."""

from __future__ import annotations

from loket.grammar.filters import Along, Filter
from loket.registers.klantinteracties.filters import identified, numbers, reference
from loket.registers.klantinteracties.ondernemingsnummer import van_onderneming

KLANTCONTACT_FILTERS: list[str | Along | Filter] = [
    Along("nummer", "referentienummer"),
    "referentienummer",
    "kanaal",
    "onderwerp",
    "inhoud",
    "reactie",
    "indicatie_contact_gelukt",
    "vertrouwelijk",
    "plaatsgevonden_op",
    *reference("hadBetrokkene", "had_betrokkenen"),
    *reference("hadBetrokkene__wasPartij", "had_betrokkenen.was_partij"),
    Along("hadBetrokkene__wasPartij", "had_betrokkenen.was_partij."),
    *numbers(
        "hadBetrokkene__wasPartij__partijIdentificator",
        "had_betrokkenen.was_partij.partij_identificatoren",
    ),
    Along(
        "hadBetrokkene__digitaaladres__adres__icontains",
        "had_betrokkenen.digitale_adressen.adres",
        "icontains",
    ),
    *reference("onderwerpobject", "ging_over_onderwerpobjecten"),
    *identified(
        "onderwerpobject__onderwerpobjectidentificator",
        "ging_over_onderwerpobjecten.onderwerpobjectidentificator",
    ),
    *reference("wasOnderwerpobject", "was_onderwerpobjecten"),
    *identified(
        "wasOnderwerpobject__onderwerpobjectidentificator",
        "was_onderwerpobjecten.onderwerpobjectidentificator",
    ),
    Along("leiddeTotInterneTaken", "leidde_tot_interne_taken."),
    *reference("gesprek", "gesprek"),
    van_onderneming(
        "{row}.id = ANY(ARRAY(SELECT ob.had_klantcontact_id FROM klantinteracties_betrokkene ob "
        "WHERE ob.was_partij_id = ANY(ARRAY({gevonden}))))"
    ),
]
