"""ZaakContactMoment: a contactmoment about a zaak (Zaken API 1.7.0; old, but KISS posts it)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaak_regels import adres_bestaat, is_open_of_geforceerd


class ZaakContactMoment(Record):
    """De relatie tussen een zaak en een contactmoment."""

    zaak = field.ref(Zaak, "De ZAAK.", back="zaakcontactmomenten", unindexed=True)
    contactmoment = field.url("Adres van het CONTACTMOMENT.")

    class Meta:
        verbose_name_plural = "zaakcontactmomenten"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["zaak", "contactmoment"], name="contactmoment_paar"),
        ]
        indexes: ClassVar = [models.Index(fields=["contactmoment"], name="contactmoment_adres")]

    def __str__(self) -> str:
        return f"{self.zaak}: {self.contactmoment}"


zaakcontactmomenten = Resource(
    ZAKEN,
    "zaakcontactmomenten",
    ZaakContactMoment,
    parent="zaak",
    paged=False,
    verbs=("list", "retrieve", "create", "destroy"),
    filters=["zaak", "contactmoment"],
    rules=[is_open_of_geforceerd, adres_bestaat("contactmoment")],
    unique={"contactmoment_paar": ("nonFieldErrors", "unique")},
    scopes={"create": ("zaken.bijwerken",), "destroy": ("zaken.bijwerken",)},
)
