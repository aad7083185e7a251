"""Roltype: the part that somebody can play in zaken of a zaaktype (Catalogi API 1.3.3)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.resource import Resource
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
from loket.registers.catalogi.versie import DEFAULTS
from loket.registers.catalogi.waarden import OmschrijvingGeneriek
from loket.registers.catalogi.zaaktype import ZaakType


class RolType(GeldigOnderdeel):
    """De rol die een betrokkene kan hebben bij zaken van een zaaktype."""

    zaaktype = field.ref(ZaakType, "Het ZAAKTYPE waarbij de rol hoort.", back="roltypen")
    omschrijving = field.text("Omschrijving van de aard van de rol.", 100)
    omschrijving_generiek = field.choice(
        OmschrijvingGeneriek, "Algemeen gehanteerde omschrijving van de rol."
    )
    catalogus = catalogus_van_zaaktype(deprecated=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["zaaktype", "omschrijving"], name="roltype_omschrijving"
            )
        ]


roltypen = Resource(
    CATALOGI,
    "roltypen",
    RolType,
    public=True,
    parent="zaaktype",
    filters=[
        "zaaktype", "omschrijving", "omschrijving_generiek", zaaktype_identified(),
        ZAAKTYPE_STATUS, zaaktype_valid_on(),
    ],
    default_filters=DEFAULTS,
    rules=[zaaktype_is_concept],
    checks=[begint_met_het_zaaktype],
    counted=False,
    with_uuid=False,
)  # fmt: skip
