"""ZaakVerzoek: the verzoek that a zaak answers (Zaken API 1.7.0)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaak_regels import adres_bestaat, is_open_of_geforceerd


class ZaakVerzoek(Record):
    """De relatie tussen een zaak en een verzoek."""

    zaak = field.ref(Zaak, "De ZAAK.", back="zaakverzoeken", unindexed=True)
    verzoek = field.url("Adres van het VERZOEK.")

    class Meta:
        verbose_name_plural = "zaakverzoeken"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["zaak", "verzoek"], name="zaakverzoek_paar"),
        ]
        indexes: ClassVar = [models.Index(fields=["verzoek"], name="zaakverzoek_adres")]

    def __str__(self) -> str:
        return f"{self.zaak}: {self.verzoek}"


zaakverzoeken = Resource(
    ZAKEN,
    "zaakverzoeken",
    ZaakVerzoek,
    parent="zaak",
    paged=False,
    verbs=("list", "retrieve", "create", "destroy"),
    filters=["zaak", "verzoek"],
    rules=[is_open_of_geforceerd, adres_bestaat("verzoek")],
    unique={"zaakverzoek_paar": ("nonFieldErrors", "unique")},
    scopes={"create": ("zaken.bijwerken",), "destroy": ("zaken.bijwerken",)},
)
