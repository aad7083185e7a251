"""Zaakobjecttype: a kind of thing that zaken can be about (Catalogi API 1.3.3)."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.filters import Filter, key_at
from loket.grammar.resource import Resource
from loket.registers.catalogi.onderdeel import (
    ZAAKTYPE_STATUS,
    GeldigOnderdeel,
    begint_met_het_zaaktype,
    catalogus_van_zaaktype,
    of_zaaktype,
    statustype_hoort_bij_zaaktype,
    zaaktype_identified,
    zaaktype_is_concept,
    zaaktype_valid_on,
)
from loket.registers.catalogi.register import CATALOGI
from loket.registers.catalogi.statustype import StatusType
from loket.registers.catalogi.versie import DAY, DEFAULTS, take_day
from loket.registers.catalogi.zaaktype import ZaakType


class ZaakObjectType(GeldigOnderdeel):
    """Een soort object waarop zaken van een zaaktype betrekking kunnen hebben."""

    ander_objecttype = field.flag("Of het een object is dat RSGB en RGBZ niet kennen.")
    objecttype = field.url("Het OBJECTTYPE.", 200)
    relatie_omschrijving = field.text("Hoe het object bij zaken betrokken is.", 80)
    zaaktype = field.ref(ZaakType, "Het ZAAKTYPE waarbij het hoort.", back="zaakobjecttypen")
    statustype = field.ref(
        StatusType,
        "De status waarbij het object aanwezig moet zijn.",
        back="zaakobjecttypen",
        cascade=None,
        optional=True,
    )
    resultaattypen = field.via(
        "catalogi.ResultaatType",
        "false",
        "De RESULTAATTYPEN; de standaard kent geen manier om ze te koppelen, dus altijd leeg.",
    )
    resultaattype_omschrijving = field.derived(
        "'[]'::json",
        {"type": "array", "items": {"type": "string"}},
        "De omschrijvingen van de RESULTAATTYPEN.",
    )
    statustypen = field.via(
        "catalogi.StatusType",
        "{other}.id = {row}.statustype_id",
        "De STATUSTYPEN waarbij het object aanwezig moet zijn.",
    )
    catalogus = catalogus_van_zaaktype()

    class Meta:
        verbose_name = "zaakobjecttype"


CATALOGUS = Filter(
    "catalogus",
    of_zaaktype("z.catalogus_id = {value}"),
    key_at("catalogi.Catalogus"),
    {"type": "string", "format": "uri"},
    "De CATALOGUS van het ZAAKTYPE.",
)
BEGIN = Filter(
    "datumBeginGeldigheid",
    of_zaaktype("z.begin_geldigheid = {value}::date"),
    take_day,
    DAY,
    "De datum waarop het ZAAKTYPE is ontstaan.",
)
EINDE = Filter(
    "datumEindeGeldigheid",
    of_zaaktype("z.einde_geldigheid = {value}::date"),
    take_day,
    DAY,
    "De laatste datum waarop het ZAAKTYPE geldt.",
)

zaakobjecttypen = Resource(
    CATALOGI,
    "zaakobjecttypen",
    ZaakObjectType,
    public=True,
    parent="zaaktype",
    filters=[
        "ander_objecttype", CATALOGUS, BEGIN, EINDE, zaaktype_valid_on(), "objecttype",
        "relatie_omschrijving", "zaaktype", zaaktype_identified(), ZAAKTYPE_STATUS,
    ],
    default_filters=DEFAULTS,
    rules=[zaaktype_is_concept, statustype_hoort_bij_zaaktype],
    checks=[begint_met_het_zaaktype],
    counted=False,
    with_uuid=False,
)  # fmt: skip
