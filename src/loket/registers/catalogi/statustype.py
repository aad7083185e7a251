"""Statustype: a milestone that zaken of a zaaktype can reach (Catalogi API 1.3.3)."""

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
    zaaktype_identified,
    zaaktype_is_concept,
    zaaktype_valid_on,
)
from loket.registers.catalogi.register import CATALOGI
from loket.registers.catalogi.versie import DEFAULTS
from loket.registers.catalogi.zaaktype import ZaakType

CHECKLIST_ITEM = field.group(
    "Een vraag die voor het bereiken van de status beantwoord moet zijn.",
    itemnaam=field.text("De naam van het aandachtspunt.", 30),
    toelichting=field.text("Overwegingen bij het controleren.", 1000, optional=True, nullable=True),
    vraagstelling=field.text("De vraag waarop gecontroleerd wordt.", 255),
    verplicht=field.flag("Of controle verplicht is voor de status bereikt wordt.", optional=True),
)


class StatusType(GeldigOnderdeel):
    """Een mijlpaal die zaken van een zaaktype kunnen bereiken."""

    omschrijving = field.text("Korte omschrijving van de status, voor de initiator.", 80)
    omschrijving_generiek = field.text(
        "Algemeen gehanteerde omschrijving van de status.", 80, optional=True
    )
    statustekst = field.text(
        "De tekst waarmee de initiator hoort dat de status bereikt is.", 1000, optional=True
    )
    zaaktype = field.ref(ZaakType, "Het ZAAKTYPE waarbij de status hoort.", back="statustypen")
    catalogus = catalogus_van_zaaktype()
    volgnummer = field.integer("Het volgnummer van de status binnen een zaak.", 1, 9999)
    is_eindstatus = field.derived(
        "({row}.volgnummer = (SELECT max(s.volgnummer) FROM catalogi_statustype s "
        "WHERE s.zaaktype_id = {row}.zaaktype_id))",
        {"type": "boolean"},
        "Of dit de eindstatus is: die met het hoogste volgnummer.",
    )
    informeren = field.flag(
        "Of de initiator bericht krijgt als de status bereikt is.", optional=True
    )
    doorlooptijd = field.duration("De norm voor het bereiken van de status.", optional=True)
    toelichting = field.text("Toelichting.", 1000, optional=True, nullable=True)
    checklistitem_statustype = field.many(
        CHECKLIST_ITEM, "Wat gecontroleerd moet zijn.", optional=True
    )
    eigenschappen = field.back("De EIGENSCHAPPEN die voor deze status een waarde moeten hebben.")
    zaakobjecttypen = field.back("De ZAAKOBJECTTYPEN die bij deze status aanwezig moeten zijn.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["zaaktype", "volgnummer"], name="statustype_volgnummer")
        ]


@rule("non-concept-zaaktype", verbs=("create",))
def komt_na_de_andere(statustype: Any) -> bool:
    """Bij een gepubliceerd zaaktype komt een nieuw statustype na de andere."""
    zaaktype = statustype.zaaktype
    later = StatusType.objects.filter(zaaktype=zaaktype, volgnummer__gt=statustype.volgnummer)
    return zaaktype.concept or not later.exists()


statustypen = Resource(
    CATALOGI,
    "statustypen",
    StatusType,
    public=True,
    parent="zaaktype",
    filters=["zaaktype", zaaktype_identified(), ZAAKTYPE_STATUS, zaaktype_valid_on()],
    default_filters=DEFAULTS,
    rules=[zaaktype_is_concept, komt_na_de_andere],
    checks=[begint_met_het_zaaktype],
    counted=False,
    with_uuid=False,
)
