"""Informatieobjecttype: a kind of document (Catalogi API 1.3.3)."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models

from loket.grammar import field
from loket.grammar.filters import Filter, key_at
from loket.grammar.resource import Resource
from loket.grammar.words import camel
from loket.registers.catalogi.catalogus import Catalogus
from loket.registers.catalogi.register import CATALOGI, WRITE_ONLY
from loket.registers.catalogi.versie import (
    DEFAULTS,
    STATUS,
    VALID_ON,
    VERSION_RULES,
    Versie,
    first_begin,
    last_end,
    names,
    new_is_concept,
    valid,
    versions_apart,
)
from loket.registers.catalogi.waarden import Vertrouwelijkheidaanduiding

_NAME = "informatieobjecttype_omschrijving_generiek"
GENERIEK: Final[dict[str, Any]] = {
    _NAME: field.text("De algemeen gehanteerde omschrijving.", 80),
    f"definitie_{_NAME}": field.text("De nauwkeurige beschrijving.", 255),
    f"herkomst_{_NAME}": field.text("De verzameling waaruit de omschrijving komt.", 12),
    f"hierarchie_{_NAME}": field.text("De plaats in de rangorde.", 80),
    f"opmerking_{_NAME}": field.text("Een opmerking.", 255, optional=True, nullable=True),
}
USED_BY = (
    "{type}.catalogus_id = {row}.catalogus_id AND EXISTS "
    "(SELECT FROM catalogi_zaaktypeinformatieobjecttype g WHERE g.zaaktype_id = {type}.id "
    "AND g.informatieobjecttype = {row}.omschrijving)"
)


class InformatieObjectType(Versie):
    """De aard van documenten die bij zaken of besluiten horen."""

    catalogus = field.ref(
        Catalogus, "De CATALOGUS waartoe het type behoort.", back="informatieobjecttypen"
    )
    omschrijving = field.text("Omschrijving van de aard van de documenten.", 80)
    vertrouwelijkheidaanduiding = field.level(
        Vertrouwelijkheidaanduiding, "Hoe openbaar de documenten zijn."
    )
    begin_object = first_begin("catalogi_informatieobjecttype", "omschrijving")
    einde_object = last_end("catalogi_informatieobjecttype", "omschrijving")
    zaaktypen = field.via(
        "catalogi.ZaakType",
        f"{USED_BY.replace('{type}', '{other}')} AND {valid('{other}')}",
        "De geldende ZAAKTYPEN die dit type gebruiken.",
    )
    zaaktype_identificaties = names(
        "z.identificatie",
        f"catalogi_zaaktype z WHERE {USED_BY.replace('{type}', 'z')} AND {valid('z')}",
        "De identificaties van die ZAAKTYPEN.",
    )
    besluittypen = field.named_back(
        "catalogi.BesluitType", "informatieobjecttypen", "De geldende BESLUITTYPEN met dit type."
    )
    besluittype_omschrijving = names(
        "b.omschrijving",
        "catalogi_besluittype b WHERE b.catalogus_id = {row}.catalogus_id "
        f"AND {{row}}.omschrijving = ANY(b.informatieobjecttypen) AND {valid('b')}",
        "De omschrijvingen van die BESLUITTYPEN.",
    )
    informatieobjectcategorie = field.text("Typering van de aard van de documenten.", 80)
    trefwoord = field.many(
        field.text("Een trefwoord.", 30), "Woorden waarop gezocht kan worden.", optional=True
    )
    omschrijving_generiek = field.group(
        "De algemeen gehanteerde omschrijving van het type.",
        blank_form=dict.fromkeys(map(camel, GENERIEK), ""),
        optional=True,
        **GENERIEK,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["catalogus", "omschrijving", "begin_geldigheid"],
                name="informatieobjecttype_versie",
            ),
            versions_apart("informatieobjecttype", "omschrijving"),
        ]


ZAAKTYPE = Filter(
    "zaaktype",
    "EXISTS (SELECT FROM catalogi_zaaktype z "
    f"WHERE z.id = {{value}} AND {USED_BY.replace('{type}', 'z')})",
    key_at("catalogi.ZaakType"),
    {"type": "string", "format": "uri"},
    "Het ZAAKTYPE dat dit type gebruikt.",
)

informatieobjecttypen = Resource(
    CATALOGI,
    "informatieobjecttypen",
    InformatieObjectType,
    public=True,
    filters=[
        "catalogus", "omschrijving", "omschrijving__icontains", ZAAKTYPE, STATUS, VALID_ON,
    ],
    default_filters=DEFAULTS,
    read_query=["datumGeldigheid"],
    derive=[new_is_concept],
    rules=VERSION_RULES,
    unique={
        "informatieobjecttype_versie": ("beginGeldigheid", "overlap"),
        "informatieobjecttype_overlap": ("beginGeldigheid", "overlap"),
    },
    scopes=WRITE_ONLY,
    kenmerken=["catalogus"],
    counted=False,
    with_uuid=False,
)  # fmt: skip
