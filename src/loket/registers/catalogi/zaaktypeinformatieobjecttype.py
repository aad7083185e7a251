"""Zaaktype-informatieobjecttype: the documents that belong in zaken of a zaaktype."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.resource import Resource
from loket.registers.catalogi.onderdeel import (
    ZAAKTYPE_STATUS,
    Onderdeel,
    catalogus_van_zaaktype,
    statustype_hoort_bij_zaaktype,
    zaaktype_is_concept,
)
from loket.registers.catalogi.register import CATALOGI
from loket.registers.catalogi.statustype import StatusType
from loket.registers.catalogi.versie import DEFAULTS, known_names, named_filter
from loket.registers.catalogi.waarden import Richting
from loket.registers.catalogi.zaaktype import ZaakType


class ZaakTypeInformatieObjectType(Onderdeel):
    """Een soort document dat bij zaken van een zaaktype hoort."""

    zaaktype = field.ref(ZaakType, "Het ZAAKTYPE.", back="zaaktypeinformatieobjecttypen")
    catalogus = catalogus_van_zaaktype()
    informatieobjecttype = field.named_one(
        "catalogi.InformatieObjectType",
        "De omschrijving van het INFORMATIEOBJECTTYPE; bij schrijven ook de URL ervan.",
        shared="zaaktype.catalogus",
    )
    volgnummer = field.integer("Volgnummer binnen het ZAAKTYPE.", 1, 999)
    richting = field.choice(Richting, "Of het document binnenkomt, uitgaat of binnen blijft.")
    statustype = field.ref(
        StatusType,
        "De status waarbij het document aanwezig moet zijn.",
        cascade=None,
        optional=True,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["zaaktype", "volgnummer"], name="zaaktypeinformatieobjecttype_volgnummer"
            )
        ]


INFORMATIEOBJECTTYPE = named_filter(
    "informatieobjecttype",
    "catalogi.InformatieObjectType",
    "({row}.informatieobjecttype = {value} OR EXISTS (SELECT FROM catalogi_informatieobjecttype i "
    "JOIN catalogi_zaaktype z ON z.catalogus_id = i.catalogus_id WHERE z.id = {row}.zaaktype_id "
    "AND i.omschrijving = {row}.informatieobjecttype AND i.id::text = {value}))",
    "De omschrijving of de URL van het INFORMATIEOBJECTTYPE.",
)

zaaktypeinformatieobjecttypen = Resource(
    CATALOGI,
    "zaaktype-informatieobjecttypen",
    ZaakTypeInformatieObjectType,
    public=True,
    parent="zaaktype",
    filters=["zaaktype", INFORMATIEOBJECTTYPE, "richting", ZAAKTYPE_STATUS],
    default_filters=DEFAULTS,
    rules=[zaaktype_is_concept, statustype_hoort_bij_zaaktype],
    checks=[known_names("informatieobjecttype")],
    counted=False,
    with_uuid=False,
)
