"""Eigenschap: a fact that zaken of a zaaktype record (Catalogi API 1.3.3)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.registers.catalogi.onderdeel import (
    ZAAKTYPE_STATUS,
    GeldigOnderdeel,
    begint_met_het_zaaktype,
    catalogus_van_zaaktype,
    statustype_hoort_bij_zaaktype,
    zaaktype_identified,
    zaaktype_is_concept,
    zaaktype_valid_on,
)
from loket.registers.catalogi.register import CATALOGI
from loket.registers.catalogi.statustype import StatusType
from loket.registers.catalogi.versie import DEFAULTS
from loket.registers.catalogi.waarden import Formaat
from loket.registers.catalogi.zaaktype import ZaakType

LENGTHS = {"datum": "8", "datum_tijd": "14"}


class Eigenschap(GeldigOnderdeel):
    """Een gegeven dat van belang is voor zaken van een zaaktype."""

    naam = field.text("De naam van de eigenschap.", 20)
    catalogus = catalogus_van_zaaktype()
    definitie = field.text("De betekenis van de eigenschap.", 255)
    specificatie = field.group(
        "Hoe waarden van de eigenschap eruitzien.",
        groep=field.text(
            "Het object of groepattribuut waar het gegeven bij hoort.", 32, optional=True
        ),
        formaat=field.choice(Formaat, "Het soort waarde."),
        lengte=field.text("Het aantal tekens van een waarde.", 14),
        kardinaliteit=field.text("Hoeveel waarden een zaak kan hebben.", 3),
        waardenverzameling=field.many(
            field.text("Een waarde.", 100), "De waarden die mogelijk zijn.", optional=True
        ),
    )
    toelichting = field.text("Toelichting op het belang van de eigenschap.", 1000, optional=True)
    zaaktype = field.ref(
        ZaakType, "Het ZAAKTYPE waarbij de eigenschap hoort.", back="eigenschappen"
    )
    statustype = field.ref(
        StatusType,
        "De status die pas bereikt kan worden als de eigenschap een waarde heeft.",
        back="eigenschappen",
        cascade=None,
        optional=True,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["zaaktype", "naam"], name="eigenschap_naam")
        ]


@rule("invalid-length", on="specificatie.lengte")
def lengte_past_bij_formaat(eigenschap: Any) -> bool:
    """Een datum heeft lengte 8 (JJJJMMDD), een datum met tijd 14 (JJJJMMDDuummss)."""
    specificatie = eigenschap.specificatie
    lengte: str = specificatie["lengte"]
    return LENGTHS.get(specificatie["formaat"], lengte) == lengte


eigenschappen = Resource(
    CATALOGI,
    "eigenschappen",
    Eigenschap,
    public=True,
    parent="zaaktype",
    filters=["zaaktype", zaaktype_identified(), ZAAKTYPE_STATUS, zaaktype_valid_on()],
    default_filters=DEFAULTS,
    checks=[begint_met_het_zaaktype],
    rules=[zaaktype_is_concept, lengte_past_bij_formaat, statustype_hoort_bij_zaaktype],
    counted=False,
    with_uuid=False,
)
