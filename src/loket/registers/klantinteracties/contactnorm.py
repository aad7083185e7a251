"""Contactnorm: how soon the municipality promises to come back on a subject (peers C1, 13)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.contactinstellingen import INSTELLEN
from loket.registers.klantinteracties.register import KLANTINTERACTIES


class Contactnorm(Record):
    """Binnen hoeveel werkdagen een interne taak afgehandeld moet zijn."""

    onderwerp = field.text(
        "Het onderwerp van het klantcontact; leeg: elk onderwerp.", 200, optional=True
    )
    kanaal = field.text("Het kanaal van het klantcontact; leeg: elk kanaal.", 50, optional=True)
    termijn = field.integer("De norm, in werkdagen na het contact.", most=366)

    class Meta:
        verbose_name_plural = "contactnormen"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["onderwerp", "kanaal"], name="contactnorm_eenmaal"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.onderwerp or "elk onderwerp", self.kanaal)))


contactnormen = Resource(
    KLANTINTERACTIES,
    "contactnormen",
    Contactnorm,
    owned="false",
    filters=["onderwerp", "kanaal"],
    unique={"contactnorm_eenmaal": ("nonFieldErrors", "unique")},
    scopes=dict.fromkeys(("create", "update", "partial_update", "destroy"), INSTELLEN),
)
