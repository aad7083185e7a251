"""Besluittype: a kind of decision (Catalogi API 1.3.3)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.resource import Resource
from loket.registers.catalogi.catalogus import Catalogus
from loket.registers.catalogi.namen import known_names
from loket.registers.catalogi.register import CATALOGI, WRITE_ONLY
from loket.registers.catalogi.versie import (
    DEFAULTS,
    STATUS,
    VALID_ON,
    VERSION_RULES,
    Versie,
    first_begin,
    last_end,
    named_filter,
    names,
    new_is_concept,
    valid,
    versions_apart,
)

OF_ZAAKTYPEN = (
    "catalogi_zaaktype z WHERE z.catalogus_id = {row}.catalogus_id "
    "AND {row}.omschrijving = ANY(z.besluittypen)"
)
OF_RESULTAATTYPEN = (
    "catalogi_resultaattype r JOIN catalogi_zaaktype z ON z.id = r.zaaktype_id "
    "WHERE z.catalogus_id = {row}.catalogus_id "
    f"AND {{row}}.omschrijving = ANY(r.besluittypen) AND {valid('z')}"
)


class BesluitType(Versie):
    """De aard van besluiten, die uitkomst van zaken kunnen zijn."""

    catalogus = field.ref(
        Catalogus, "De CATALOGUS waartoe het BESLUITTYPE behoort.", back="besluittypen"
    )
    zaaktypen = field.named_back(
        "catalogi.ZaakType", "besluittypen", "De geldende ZAAKTYPEN met dit BESLUITTYPE."
    )
    zaaktype_identificaties = names(
        "z.identificatie",
        f"{OF_ZAAKTYPEN} AND {valid('z')}",
        "De identificaties van die ZAAKTYPEN.",
    )
    omschrijving = field.text("Omschrijving van de aard van de besluiten.", 80, optional=True)
    omschrijving_generiek = field.text(
        "Algemeen gehanteerde omschrijving van de aard van de besluiten.", 80, optional=True
    )
    besluitcategorie = field.text("Typering van de aard van de besluiten.", 40, optional=True)
    reactietermijn = field.duration(
        "De termijn waarbinnen verweer mogelijk is, vanaf verzending of publicatie.", optional=True
    )
    publicatie_indicatie = field.flag("Of de besluiten gepubliceerd moeten worden.")
    publicatietekst = field.prose("De algemene tekst van de publicatie.", optional=True)
    publicatietermijn = field.duration(
        "Hoe lang de besluiten gepubliceerd moeten blijven.", optional=True
    )
    toelichting = field.prose("Toelichting.", optional=True)
    informatieobjecttypen = field.named(
        "catalogi.InformatieObjectType",
        "De geldende INFORMATIEOBJECTTYPEN waarin besluiten worden vastgelegd; "
        "geschreven als omschrijving.",
        length=80,
    )
    informatieobjecttype_omschrijvingen = names(
        "n",
        "unnest({row}.informatieobjecttypen) n",
        "De omschrijvingen van die INFORMATIEOBJECTTYPEN.",
    )
    begin_object = first_begin("catalogi_besluittype", "omschrijving")
    einde_object = last_end("catalogi_besluittype", "omschrijving")
    resultaattypen = field.via(
        "catalogi.ResultaatType",
        f"EXISTS (SELECT FROM {OF_RESULTAATTYPEN} AND r.id = {{other}}.id)",
        "De RESULTAATTYPEN, van geldende zaaktypen, waaruit besluiten volgen.",
    )
    resultaattypen_omschrijving = names(
        "r.omschrijving",
        OF_RESULTAATTYPEN,
        "De omschrijvingen van die RESULTAATTYPEN.",
    )
    vastgelegd_in = names(
        "n",
        "unnest({row}.informatieobjecttypen) n",
        "De omschrijvingen van de INFORMATIEOBJECTTYPEN waarin besluiten worden vastgelegd.",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["catalogus", "omschrijving", "begin_geldigheid"],
                condition=~models.Q(omschrijving=""),
                name="besluittype_versie",
            ),
            versions_apart("besluittype", "omschrijving"),
        ]


ZAAKTYPEN = named_filter(
    "zaaktypen",
    "catalogi.ZaakType",
    f"EXISTS (SELECT FROM {OF_ZAAKTYPEN} AND {{value}} IN (z.id::text, z.identificatie))",
    "De URL of de identificatie van een ZAAKTYPE met dit BESLUITTYPE.",
)
INFORMATIEOBJECTTYPEN = named_filter(
    "informatieobjecttypen",
    "catalogi.InformatieObjectType",
    "EXISTS (SELECT FROM catalogi_informatieobjecttype i "
    "WHERE i.catalogus_id = {row}.catalogus_id "
    "AND i.omschrijving = ANY({row}.informatieobjecttypen) "
    "AND {value} IN (i.id::text, i.omschrijving))",
    "De URL of de omschrijving van een INFORMATIEOBJECTTYPE waarin besluiten worden vastgelegd.",
)

besluittypen = Resource(
    CATALOGI,
    "besluittypen",
    BesluitType,
    public=True,
    filters=["catalogus", ZAAKTYPEN, INFORMATIEOBJECTTYPEN, "omschrijving", STATUS, VALID_ON],
    default_filters=DEFAULTS,
    read_query=["datumGeldigheid"],
    derive=[new_is_concept],
    rules=VERSION_RULES,
    checks=[known_names("informatieobjecttypen")],
    unique={
        "besluittype_versie": ("beginGeldigheid", "overlap"),
        "besluittype_overlap": ("beginGeldigheid", "overlap"),
    },
    scopes=WRITE_ONLY,
    kenmerken=["catalogus"],
    counted=False,
    with_uuid=False,
)
