"""Categorie: a group that partijen can be put in."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.register import KLANTINTERACTIES


class Categorie(Record):
    """Een groep waar partijen in kunnen vallen."""

    naam = field.text("De naam van de categorie.", 80, optional=True)


categorieen = Resource(KLANTINTERACTIES, "categorieen", Categorie)
