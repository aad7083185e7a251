"""The register of what is destroyed, by whose decision: our own API."""

from __future__ import annotations

from loket.grammar.register import INTERACTIES, register

LEZEN = ("archief.lezen", "archief.opstellen", "archief.vaststellen")
OPSTELLEN = ("archief.opstellen",)
VASTSTELLEN = ("archief.vaststellen",)

ARCHIEF = register(
    "archief",
    "Archief",
    "archief",
    "1.0.0",
    INTERACTIES,
    kanaal="archief",
    description="Vernietigingslijsten, door twee personen gemaakt en vastgesteld, en wat ervan "
    "is uitgevoerd.",
    scopes={
        "list": LEZEN,
        "retrieve": LEZEN,
        "create": OPSTELLEN,
        "update": OPSTELLEN,
        "partial_update": OPSTELLEN,
        "destroy": OPSTELLEN,
    },
)
