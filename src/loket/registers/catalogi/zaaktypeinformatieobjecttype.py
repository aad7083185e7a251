"""Zaaktype-informatieobjecttype: the documents that belong in zaken of a zaaktype."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.registers.catalogi.informatieobjecttype import InformatieObjectType
from loket.registers.catalogi.namen import known_names
from loket.registers.catalogi.onderdeel import (
    ZAAKTYPE_STATUS,
    Onderdeel,
    catalogus_van_zaaktype,
    corrects,
    published,
    statustype_hoort_bij_zaaktype,
)
from loket.registers.catalogi.register import CATALOGI
from loket.registers.catalogi.statustype import StatusType
from loket.registers.catalogi.versie import DEFAULTS, named_filter
from loket.registers.catalogi.waarden import Richting
from loket.registers.catalogi.zaaktype import ZaakType

if TYPE_CHECKING:
    from loket.grammar.writing import Change


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


@rule("non-concept-relation", verbs=("create", "update", "destroy"))
def een_van_beide_is_concept(gebruik: Any, change: Change) -> bool:
    """Zaaktype en informatieobjecttype zijn gepubliceerd; hun relatie kan niet meer wijzigen."""
    if not published(gebruik, change) or corrects(gebruik, change):
        return True
    ends = [each for each in (gebruik, change.before) if each is not None]
    return not any(_in_use(each) for each in ends)


def _in_use(gebruik: Any) -> bool:
    """Tell whether there is a published version of the informatieobjecttype."""
    return InformatieObjectType.objects.filter(
        catalogus_id=gebruik.zaaktype.catalogus_id,
        omschrijving=gebruik.informatieobjecttype,
        concept=False,
    ).exists()


zaaktypeinformatieobjecttypen = Resource(
    CATALOGI,
    "zaaktype-informatieobjecttypen",
    ZaakTypeInformatieObjectType,
    public=True,
    parent="zaaktype",
    filters=["zaaktype", INFORMATIEOBJECTTYPE, "richting", ZAAKTYPE_STATUS],
    default_filters=DEFAULTS,
    rules=[een_van_beide_is_concept, statustype_hoort_bij_zaaktype],
    checks=[known_names("informatieobjecttype")],
    counted=False,
    with_uuid=False,
)
