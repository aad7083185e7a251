"""Samenvoegregel: what a privacy officer lets count as a sign that two partijen are one (K19)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import Bewijs, SoortPartij

REGELEN = ("klantinteracties.regelen",)


class Samenvoegregel(Record):
    """Welk bewijs genoeg is om partijen van een soort samen te voegen; zonder regel mag niets."""

    soort_partij = field.choice(SoortPartij, "Voor welke soort partijen.")
    bewijs = field.choice(Bewijs, "Welk bewijs.")
    ook_een_zonder_bsn = field.flag(
        "Of een persoon met een BSN samen mag met een zonder.", optional=True, default=False
    )
    besluit = field.text("Wie dit besloot, wanneer en waarom.", 1000)

    class Meta:
        verbose_name_plural = "samenvoegregels"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["soort_partij", "bewijs"], name="samenvoegregel_eenmaal"
            ),
        ]


samenvoegregels = Resource(
    KLANTINTERACTIES,
    "samenvoegregels",
    Samenvoegregel,
    owned="false",
    filters=["soort_partij", "bewijs"],
    unique={"samenvoegregel_eenmaal": ("nonFieldErrors", "unique")},
    scopes=dict.fromkeys(("create", "update", "partial_update", "destroy"), REGELEN),
)
