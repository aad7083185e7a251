"""ZaakInformatieObject: a document that belongs to a zaak (Zaken API 1.7.0).

The document is kept as an address: the Documenten register may be ours or another's. One under
our own address must be served by this house, one elsewhere is taken as it is given.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.waarden import Archiefstatus
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaak_regels import (
    adres_bestaat,
    bij_zaak,
    dagteken,
    is_open_of_geforceerd,
)

HOORT_BIJ = "Hoort bij, omgekeerd: kent"
LEGT_VAST = "Legt vast, omgekeerd: kan vastgelegd zijn als"


class ZaakInformatieObject(Record):
    """De relatie tussen een zaak en een document."""

    informatieobject = field.url("Adres van het INFORMATIEOBJECT.", once=True)
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


@rule("zaak-archiefstatus-invalid", verbs=("create",))
def zaak_is_niet_gearchiveerd(zaakinformatieobject: ZaakInformatieObject) -> bool:
    """Het dossier van de zaak is al gearchiveerd."""
    return bool(zaakinformatieobject.zaak.archiefstatus == Archiefstatus.NOG_TE_ARCHIVEREN)


zaakinformatieobjecten = Resource(
    ZAKEN,
    "zaakinformatieobjecten",
    ZaakInformatieObject,
    parent="zaak",
    paged=False,
    filters=["zaak", "informatieobject"],
    derive=[dagteken],
    rules=[
        is_open_of_geforceerd,
        adres_bestaat("informatieobject"),
        bij_zaak("status"),
        zaak_is_niet_gearchiveerd,
    ],
    unique={"zaakinformatieobject_paar": ("nonFieldErrors", "unique")},
    scopes={
        "create": ("zaken.aanmaken", "zaken.bijwerken", "zaken.geforceerd-bijwerken"),
        "destroy": ("zaken.bijwerken", "zaken.geforceerd-bijwerken", "zaken.verwijderen"),
    },
)
