"""Which fields stand together on a form, under which heading, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loket.grammar.record import written

if TYPE_CHECKING:
    from loket.grammar.resource import Resource
    from loket.grammar.words import Word

GROUPS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "zaaktypen": {
        "Naam": (
            "catalogus", "identificatie", "omschrijving", "omschrijving_generiek", "trefwoorden",
        ),
        "Waar het over gaat": (
            "doel", "aanleiding", "toelichting", "indicatie_intern_of_extern",
            "handeling_initiator", "onderwerp", "handeling_behandelaar",
            "producten_of_diensten", "referentieproces",
        ),
        "Wie ervoor staat en wie het mag zien": (
            "verantwoordelijke", "vertrouwelijkheidaanduiding", "verantwoordingsrelatie",
        ),
        "Termijnen": (
            "doorlooptijd", "servicenorm", "opschorting_en_aanhouding_mogelijk",
            "verlenging_mogelijk", "verlengingstermijn",
        ),
        "Publicatie": ("publicatie_indicatie", "publicatietekst"),
        "Archief": ("selectielijst_procestype",),
        "Besluiten en andere zaaktypen": (
            "besluittypen", "deelzaaktypen", "gerelateerde_zaaktypen",
        ),
        "Geldigheid": ("begin_geldigheid", "einde_geldigheid", "versiedatum"),
        "Herkomst": ("broncatalogus", "bronzaaktype"),
    },
    "besluittypen": {
        "Naam": ("catalogus", "omschrijving", "omschrijving_generiek", "besluitcategorie"),
        "Waar het over gaat": ("toelichting", "informatieobjecttypen"),
        "Termijnen en publicatie": (
            "reactietermijn", "publicatie_indicatie", "publicatietekst", "publicatietermijn",
        ),
        "Geldigheid": ("begin_geldigheid", "einde_geldigheid"),
    },
    "informatieobjecttypen": {
        "Naam": ("catalogus", "omschrijving", "informatieobjectcategorie", "trefwoord"),
        "Wie het mag zien": ("vertrouwelijkheidaanduiding",),
        "Geldigheid": ("begin_geldigheid", "einde_geldigheid"),
        "Algemene omschrijving": ("omschrijving_generiek",),
    },
    "resultaattypen": {
        "De uitkomst": ("omschrijving", "resultaattypeomschrijving", "toelichting"),
        "Archief": (
            "selectielijstklasse", "archiefnominatie", "archiefactietermijn",
            "brondatum_archiefprocedure", "procesobjectaard", "indicatie_specifiek",
            "procestermijn",
        ),
        "Wat erbij hoort": ("besluittypen", "informatieobjecttypen"),
    },
    "statustypen": {
        "De status": ("volgnummer", "omschrijving", "omschrijving_generiek", "toelichting"),
        "Bericht en termijn": ("informeren", "statustekst", "doorlooptijd"),
        "Checklist": ("checklistitem_statustype",),
    },
}  # fmt: skip
HIDDEN: Final = ("zaaktype",)
"""What the page knows already."""

REST: Final = "Gegevens"


def grouped(resource: Resource) -> dict[str, list[Word]]:
    """Return the words of a form under their headings; each stands somewhere."""
    left = {word.name: word for word in written(resource.record) if word.name not in HIDDEN}
    groups: dict[str, list[Word]] = {}
    for heading, names in GROUPS.get(resource.path, {}).items():
        groups[heading] = [left.pop(name) for name in names if name in left]
    if left:
        groups[REST] = list(left.values())
    return groups
