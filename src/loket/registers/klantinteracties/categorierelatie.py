"""Categorie-relatie: a partij is, or was, in a categorie."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.filters import Along
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.kernel.clock import today
from loket.registers.klantinteracties.categorie import Categorie
from loket.registers.klantinteracties.filters import reference
from loket.registers.klantinteracties.partij import Partij
from loket.registers.klantinteracties.register import KLANTINTERACTIES


class CategorieRelatie(Record):
    """Dat een partij in een categorie valt, of viel."""

    partij = field.ref(Partij, "De PARTIJ.", back="categorie_relaties", optional=True)
    categorie = field.ref(
        Categorie, "De CATEGORIE.", back="categorie_relaties", optional=True, shows=("naam",)
    )
    categorie_naam = field.derived(
        "(SELECT c.naam FROM klantinteracties_categorie c WHERE c.id = {row}.categorie_id)",
        {"type": "string"},
        "De naam van de categorie.",
        nullable=True,
    )
    begin_datum = field.day("De eerste dag.", optional=True, default=today)
    eind_datum = field.day("De laatste dag.", optional=True)


categorie_relaties = Resource(
    KLANTINTERACTIES,
    "categorie-relaties",
    CategorieRelatie,
    parent="partij",
    filters=[
        *reference("partij", "partij"),
        Along("partij__nummer", "partij.nummer"),
        *reference("categorie", "categorie"),
        Along("categorie__naam", "categorie.naam"),
        "begin_datum",
        "eind_datum",
    ],
)
