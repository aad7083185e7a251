"""ZaakBesluit: the mirror of a besluit on a zaak (Zaken API 1.7.0); kept by the Besluiten API."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.ledger.events import BASE
from loket.registers.zaken.archivering import herbereken_na
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaak_regels import adres_bestaat

HIER = (
    f"{{row}}.besluit LIKE '{BASE}besluiten/api/%%' AND {{other}}.id = "
    "substring({row}.besluit, '/([0-9a-fA-F-]{36})$')::uuid"
)


class ZaakBesluit(Record):
    """Een besluit dat uitkomst van een zaak is."""

    zaak = field.ref(Zaak, "De ZAAK.", back="zaakbesluiten", hidden=True, unindexed=True)
    besluit = field.url("Adres van het BESLUIT.")
    besluit_zelf = field.via(
        "besluiten.Besluit", HIER, "Het besluit, van deze gemeente.", first="id", expands="besluit"
    )

    class Meta:
        verbose_name_plural = "zaakbesluiten"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["zaak", "besluit"], name="zaakbesluit_paar"),
        ]

    def __str__(self) -> str:
        return f"{self.zaak}: {self.besluit}"


zaakbesluiten = Resource(
    ZAKEN,
    "zaken/{zaak}/besluiten",
    ZaakBesluit,
    parent="zaak",
    paged=False,
    verbs=("list", "retrieve", "create", "destroy"),
    rules=[adres_bestaat("besluit")],
    reactions=[herbereken_na],
    farewells=[herbereken_na],
    unique={"zaakbesluit_paar": ("nonFieldErrors", "unique")},
    scopes={"create": ("zaken.bijwerken",), "destroy": ("zaken.bijwerken",)},
)
