"""SubStatus: a step within a status, an addition of Open Zaak to the Zaken API."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.kernel.clock import now
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.status import Status
from loket.registers.zaken.waarden import Doelgroep
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaak_regels import bij_zaak, is_open_of_geforceerd

if TYPE_CHECKING:
    from loket.grammar.writing import Change


class SubStatus(Record):
    """Een stap binnen een status van een zaak."""

    zaak = field.ref(Zaak, "De ZAAK.", back="substatussen", unindexed=True)
    status = field.ref(
        Status, "De STATUS waarbinnen; weggelaten: de laatste.", back="substatussen", optional=True
    )
    omschrijving = field.text("Wat er gebeurt, voor de initiator.", 200)
    tijdstip = field.moment("Moment van de stap; weggelaten: nu.", optional=True, nullable=False)
    doelgroep = field.choice(
        Doelgroep,
        "Voor wie de substatus zichtbaar is.",
        optional=True,
    )

    class Meta:
        verbose_name_plural = "substatussen"
        indexes: ClassVar = [models.Index(fields=["zaak", "tijdstip"], name="substatus_zaak")]

    def __str__(self) -> str:
        return f"{self.zaak}: {self.omschrijving}"


def vul_aan(substatus: SubStatus, _: Change) -> None:
    """Fill in the moment, the status and the audience that the client left to the house."""
    substatus.tijdstip = substatus.tijdstip or now()
    substatus.doelgroep = substatus.doelgroep or Doelgroep.BETROKKENEN
    if substatus.status is None:
        order = ("-datum_status_gezet", "-id")
        substatus.status = substatus.zaak.statussen.order_by(*order).first()


substatussen = Resource(
    ZAKEN,
    "substatussen",
    SubStatus,
    parent="zaak",
    owned="{row}.doelgroep = 'betrokkenen'",
    verbs=("list", "retrieve", "create"),
    filters=[
        "zaak", "status", "doelgroep", "tijdstip__gt", "tijdstip__gte", "tijdstip__lt",
        "tijdstip__lte",
    ],
    derive=[vul_aan],
    rules=[is_open_of_geforceerd, bij_zaak("status")],
    scopes={"create": ("zaken.aanmaken", "zaken.statussen.toevoegen")},
)  # fmt: skip
