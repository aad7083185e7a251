"""Persoon: somebody whom the BRP does not know (Contactgegevens 1.1.1)."""

from __future__ import annotations

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.contactgegevens.adres import adres
from loket.registers.contactgegevens.register import CONTACTGEGEVENS


class Geslacht(models.TextChoices):
    """Het geslacht van een persoon."""

    M = "m", "Man"
    V = "v", "Vrouw"
    O = "o", "Overig"  # noqa: E741 - the published code


class Persoon(Record):
    """Een persoon die niet in de BRP staat."""

    geboortedatum = field.day("De geboortedatum.")
    overlijdensdatum = field.day("De datum van overlijden.", optional=True)
    geslachtsnaam = field.text("De achternaam.", 200)
    geslacht = field.choice(Geslacht, "Het geslacht.", optional=True)
    voorvoegsel = field.text("Het voorvoegsel van de achternaam.", 10, optional=True)
    voornamen = field.text("De voornamen.", 200, optional=True)
    adres = adres("Het adres.")

    class Meta:
        verbose_name_plural = "personen"

    def __str__(self) -> str:
        return str(self.geslachtsnaam)


personen = Resource(CONTACTGEGEVENS, "persoon", Persoon)
