"""Sjabloon: a text for messages to citizens and companies; its versions hold the text itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.output.register import OUTPUT
from loket.registers.output.waarden import Inhoud


class Sjabloon(Record):
    """Een tekst voor berichten aan burgers en bedrijven."""

    naam = field.text("De naam, voor wie hem beheert.", 100)
    omschrijving = field.text("Waar het sjabloon voor is.", 500, optional=True)
    inhoud = field.choice(
        Inhoud, "Of het inhoud heeft; een attendering zegt alleen dat er nieuws is.", once=True
    )
    soort_bericht = field.text(
        "De soort bericht, waarvoor de ontvanger zegt hoe hij bereikt wil worden.", 50
    )
    versies = field.back("De versies.", shows=("versie", "stand"))

    class Meta:
        verbose_name_plural = "sjablonen"
        constraints: ClassVar = [models.UniqueConstraint(fields=["naam"], name="sjabloon_naam")]

    def __str__(self) -> str:
        return str(self.naam)


sjablonen = Resource(
    OUTPUT,
    "sjablonen",
    Sjabloon,
    owned="false",
    default_order="naam",
    filters=["naam", "inhoud", "soort_bericht"],
    expand=[],
    unique={"sjabloon_naam": ("naam", "unique")},
)

audit_commands(sjablonen)
