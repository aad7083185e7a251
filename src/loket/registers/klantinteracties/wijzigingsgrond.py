"""Wijzigingsgrond: for what else than a supplement or correction a klantcontact may change (K8)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.contactinstellingen import INSTELLEN
from loket.registers.klantinteracties.register import KLANTINTERACTIES


class Wijzigingsgrond(Record):
    """Een grond van de gemeente om een klantcontact te veranderen."""

    code = field.text("De code, zoals avg-verzoek.", 40, pattern="[a-z][a-z-]*", once=True)
    omschrijving = field.text("Wat de grond inhoudt, en wie dat besloot.", 500)

    class Meta:
        verbose_name_plural = "wijzigingsgronden"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], name="wijzigingsgrond_code"),
        ]

    def __str__(self) -> str:
        return str(self.code)


wijzigingsgronden = Resource(
    KLANTINTERACTIES,
    "wijzigingsgronden",
    Wijzigingsgrond,
    owned="false",
    filters=["code"],
    unique={"wijzigingsgrond_code": ("code", "unique")},
    scopes=dict.fromkeys(("create", "update", "partial_update", "destroy"), INSTELLEN),
)
