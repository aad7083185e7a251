"""Resultaattype: an outcome of zaken, with what archiving follows from it (Catalogi API 1.3.3)."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models

from loket.grammar import field
from loket.grammar.resource import Resource
from loket.registers.catalogi.archivering import (
    brondatum_is_volledig,
    past_bij_de_selectielijst,
    take_from_selectielijst,
)
from loket.registers.catalogi.namen import known_names
from loket.registers.catalogi.onderdeel import (
    ZAAKTYPE_STATUS,
    GeldigOnderdeel,
    begint_met_het_zaaktype,
    catalogus_van_zaaktype,
    zaaktype_identified,
    zaaktype_is_concept,
    zaaktype_valid_on,
)
from loket.registers.catalogi.register import CATALOGI
from loket.registers.catalogi.selectielijst import fetched_first
from loket.registers.catalogi.versie import DEFAULTS, names
from loket.registers.catalogi.waarden import Afleidingswijze, Archiefnominatie, Objecttype
from loket.registers.catalogi.zaaktype import ZaakType

BRONDATUM: Final[dict[str, Any]] = {
    "afleidingswijze": field.choice(Afleidingswijze, "Waaruit de brondatum volgt."),
    "datumkenmerk": field.text("Het gegeven waarin de datum staat.", 80, optional=True),
    "einddatum_bekend": field.flag(
        "Of de einddatum tijdens de zaak bekend moet worden.", optional=True
    ),
    "objecttype": field.choice(Objecttype, "Het soort procesobject.", optional=True),
    "registratie": field.text("De registratie waarin het procesobject staat.", 80, optional=True),
    "procestermijn": field.duration(
        "Hoe lang het dossier na de zaak in gebruik blijft.", optional=True
    ),
}


class ResultaatType(GeldigOnderdeel):
    """Een uitkomst die zaken van een zaaktype kunnen hebben."""

    zaaktype = field.ref(ZaakType, "Het ZAAKTYPE waarbij de uitkomst hoort.", back="resultaattypen")
    omschrijving = field.text("Omschrijving van de aard van de uitkomst.", 30)
    resultaattypeomschrijving = field.url("De generieke omschrijving in de referentielijst.")
    omschrijving_generiek = field.prose(
        "De tekst van de generieke omschrijving.", computed=True, optional=True
    )
    selectielijstklasse = field.url("Het RESULTAAT in de Selectielijst.")
    toelichting = field.prose("Toelichting op het belang van de uitkomst.", optional=True)
    archiefnominatie = field.choice(
        Archiefnominatie,
        "Of dossiers met deze uitkomst bewaard worden of vernietigd.",
        optional=True,
    )
    archiefactietermijn = field.duration(
        "De termijn tot het dossier wordt overgebracht of vernietigd.", optional=True
    )
    brondatum_archiefprocedure = field.group(
        "Hoe de dag wordt bepaald waarop de archiefactietermijn begint.",
        optional=True,
        **BRONDATUM,
    )
    procesobjectaard = field.text(
        "Waarop het resultaat, voor de archivering, betrekking heeft.",
        200,
        optional=True,
        nullable=True,
    )
    catalogus = catalogus_van_zaaktype(deprecated=True)
    indicatie_specifiek = field.flag(
        "Of het resultaat bij een bepaalde procesobjectaard hoort.", optional=True, nullable=True
    )
    procestermijn = field.duration(
        "Hoe lang het dossier na de zaak in gebruik blijft.", optional=True
    )
    besluittypen = field.named(
        "catalogi.BesluitType",
        "De geldende BESLUITTYPEN die uit deze uitkomst volgen; geschreven als omschrijving.",
        shared="zaaktype.catalogus",
        length=80,
        optional=True,
    )
    besluittype_omschrijving = names(
        "n", "unnest({row}.besluittypen) n", "De omschrijvingen van die BESLUITTYPEN."
    )
    informatieobjecttypen = field.named(
        "catalogi.InformatieObjectType",
        "De geldende INFORMATIEOBJECTTYPEN die in het dossier moeten zitten; "
        "geschreven als omschrijving.",
        shared="zaaktype.catalogus",
        length=80,
        optional=True,
    )
    informatieobjecttype_omschrijving = names(
        "n",
        "unnest({row}.informatieobjecttypen) n",
        "De omschrijvingen van die INFORMATIEOBJECTTYPEN.",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["zaaktype", "omschrijving"], name="resultaattype_omschrijving"
            )
        ]


resultaattypen = Resource(
    CATALOGI,
    "resultaattypen",
    ResultaatType,
    public=True,
    parent="zaaktype",
    filters=[
        "zaaktype", zaaktype_identified(), zaaktype_identified("zaaktype_identificatie"),
        ZAAKTYPE_STATUS, zaaktype_valid_on(), zaaktype_valid_on("datum_geldigheid"),
    ],
    default_filters=DEFAULTS,
    read_query=["datumGeldigheid", "datum_geldigheid"],
    around=[fetched_first("resultaattypeomschrijving", "selectielijstklasse")],
    derive=[take_from_selectielijst],
    rules=[zaaktype_is_concept],
    checks=[
        begint_met_het_zaaktype,
        brondatum_is_volledig,
        past_bij_de_selectielijst,
        known_names("besluittypen", "informatieobjecttypen"),
    ],
    counted=False,
    with_uuid=False,
)  # fmt: skip
