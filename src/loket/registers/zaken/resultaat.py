"""Resultaat: what came of a zaak (Zaken API 1.7.0)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.zaken.afsluiten import archiveer_opnieuw
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaak_regels import bij_zaaktype, is_open_of_geforceerd


class Resultaat(Record):
    """De uitkomst van de behandeling van een zaak."""

    zaak = field.ref(Zaak, "De ZAAK.", back="resultaten", once=True, unindexed=True)
    resultaattype = field.ref(
        "catalogi.ResultaatType", "Het RESULTAATTYPE.", cascade=False, once=True
    )
    toelichting = field.text("Wat het resultaat inhoudt.", 1000, optional=True)

    class Meta:
        verbose_name_plural = "resultaten"
        constraints: ClassVar = [models.UniqueConstraint(fields=["zaak"], name="resultaat_zaak")]

    def __str__(self) -> str:
        return f"{self.zaak}: {self.resultaattype}"


resultaten = Resource(
    ZAKEN,
    "resultaten",
    Resultaat,
    parent="zaak",
    filters=["zaak", "resultaattype"],
    rules=[is_open_of_geforceerd, bij_zaaktype("resultaattype")],
    reactions=[archiveer_opnieuw],
    unique={"resultaat_zaak": ("zaak", "unique")},
)
