"""Organisatie: one that the handelsregister does not know (Contactgegevens 1.1.1)."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.contactgegevens.adres import adres
from loket.registers.contactgegevens.register import CONTACTGEGEVENS


class Organisatie(Record):
    """Een organisatie die niet in het handelsregister staat."""

    handelsnaam = field.text("De naam.", 255)
    oprichtingsdatum = field.day("De datum van oprichting.", optional=True)
    opheffingsdatum = field.day("De datum van opheffing.", optional=True)
    adres = adres("Het adres.")

    class Meta:
        verbose_name_plural = "organisaties"

    def __str__(self) -> str:
        return str(self.handelsnaam)


organisaties = Resource(CONTACTGEGEVENS, "organisatie", Organisatie)
