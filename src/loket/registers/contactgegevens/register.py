"""The register of who is in no basisregistratie: Contactgegevens 1.1.1."""

from __future__ import annotations

from loket.grammar.register import INTERACTIES, register

_LEZEN = ("contactgegevens.lezen",)
_BIJWERKEN = ("contactgegevens.bijwerken",)

CONTACTGEGEVENS = register(
    "contactgegevens",
    "Contactgegevens",
    "contactgegevens",
    "1.1.1",
    INTERACTIES,
    description="Personen en organisaties die niet in de BRP of het handelsregister staan.",
    scopes={
        "list": _LEZEN,
        "retrieve": _LEZEN,
        "create": _BIJWERKEN,
        "update": _BIJWERKEN,
        "partial_update": _BIJWERKEN,
        "destroy": _BIJWERKEN,
    },
)
