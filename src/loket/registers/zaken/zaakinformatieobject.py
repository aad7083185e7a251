"""ZaakInformatieObject: a document that belongs to a zaak (Zaken API 1.7.0).

The documents register keeps the relation as well, as ObjectInformatieObject; this one leads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.removing import drop
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.grammar.writing import HOUSE, follow
from loket.registers.documenten.enkelvoudiginformatieobject import DOCUMENT, TOONBAAR
from loket.registers.documenten.objectinformatieobject import (
    ObjectInformatieObject,
    objectinformatieobjecten,
)
from loket.registers.documenten.waarden import ObjectType
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.waarden import Archiefstatus
from loket.registers.zaken.zaak import Zaak, zaken
from loket.registers.zaken.zaak_regels import (
    bij_zaak,
    dagteken,
    is_open_of_geforceerd,
)

if TYPE_CHECKING:
    from loket.grammar.writing import Change

HOORT_BIJ = "Hoort bij, omgekeerd: kent"
LEGT_VAST = "Legt vast, omgekeerd: kan vastgelegd zijn als"


class ZaakInformatieObject(Record):
    """De relatie tussen een zaak en een document."""

    informatieobject = field.ref(
        "documenten.EnkelvoudigInformatieObject",
        "Het INFORMATIEOBJECT.",
        back="zaakinformatieobjecten",
        cascade=False,
        once=True,
    )
    zaak = field.ref(Zaak, "De ZAAK.", back="zaakinformatieobjecten", once=True)
    aard_relatie_weergave = field.derived(
        f"'{HOORT_BIJ}'",
        {"type": "string", "enum": [HOORT_BIJ, LEGT_VAST]},
        "De aard van de relatie.",
    )
    titel = field.text("Hoe het document in deze zaak heet.", 200, optional=True)
    beschrijving = field.prose("Wat het document in deze zaak inhoudt.", optional=True)
    registratiedatum = field.moment("Moment van registratie.", computed=True)
    vernietigingsdatum = field.moment("Moment van vernietiging.", optional=True)
    status = field.ref(
        "zaken.Status",
        "De STATUS waarvoor het document van belang is.",
        back="zaakinformatieobjecten",
        optional=True,
        cascade=None,
    )

    class Meta:
        verbose_name_plural = "zaakinformatieobjecten"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["informatieobject", "zaak"], name="zaakinformatieobject_paar"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zaak}: {self.titel or self.informatieobject}"


@rule("missing-zaaktype-informatieobjecttype-relation", verbs=("create",))
def type_hoort_bij_zaaktype(zaakinformatieobject: ZaakInformatieObject) -> bool:
    """Het informatieobjecttype hoort niet bij het zaaktype van de zaak."""
    kind = zaakinformatieobject.informatieobject.informatieobjecttype
    zaaktype = zaakinformatieobject.zaak.zaaktype
    if kind.catalogus_id != zaaktype.catalogus_id:
        return False
    known = zaaktype.zaaktypeinformatieobjecttypen
    return bool(known.filter(informatieobjecttype=kind.omschrijving).exists())


@rule("zaak-archiefstatus-invalid", verbs=("create",))
def zaak_is_niet_gearchiveerd(zaakinformatieobject: ZaakInformatieObject) -> bool:
    """Het dossier van de zaak is al gearchiveerd."""
    return bool(zaakinformatieobject.zaak.archiefstatus == Archiefstatus.NOG_TE_ARCHIVEREN)


def spiegel(relatie: ZaakInformatieObject, change: Change) -> None:
    """Let the documents register know to which zaak a document belongs (zrc-005)."""
    if change.verb == "create":
        document = relatie.informatieobject
        follow(
            objectinformatieobjecten,
            change,
            informatieobject=document,
            object=zaken.address(relatie.zaak, HOUSE),
            object_type=ObjectType.ZAAK,
            regime=document.regime,
        )


def wis_spiegel(relatie: ZaakInformatieObject, change: Change) -> None:
    """Let the documents register forget that a document belongs to a zaak."""
    mirrors = ObjectInformatieObject.objects.filter(
        informatieobject_id=relatie.informatieobject_id, object=zaken.address(relatie.zaak, HOUSE)
    )
    for mirror in mirrors:
        drop(objectinformatieobjecten, mirror, change)


zaakinformatieobjecten = Resource(
    ZAKEN,
    "zaakinformatieobjecten",
    ZaakInformatieObject,
    parent="zaak",
    opens={DOCUMENT: TOONBAAR},
    paged=False,
    filters=["zaak", "informatieobject"],
    derive=[dagteken],
    rules=[
        is_open_of_geforceerd,
        type_hoort_bij_zaaktype,
        bij_zaak("status"),
        zaak_is_niet_gearchiveerd,
    ],
    reactions=[spiegel],
    farewells=[wis_spiegel],
    unique={"zaakinformatieobject_paar": ("nonFieldErrors", "unique")},
    scopes={
        "create": ("zaken.aanmaken", "zaken.bijwerken", "zaken.geforceerd-bijwerken"),
        "destroy": ("zaken.bijwerken", "zaken.geforceerd-bijwerken", "zaken.verwijderen"),
    },
)
