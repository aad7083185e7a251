"""The register of what citizens and companies are asked to do: Taken 0.1.0, as clients use it."""

from __future__ import annotations

from loket.grammar.register import VTB, register

_LEZEN = ("taken.lezen",)
_BIJWERKEN = ("taken.bijwerken",)

TAKEN = register(
    "taken",
    "Taken",
    "taken",
    "0.1.0",
    VTB,
    major="1",
    kanaal="taken",
    description="Wat burgers en bedrijven gevraagd wordt te doen: betalen, iets invullen.",
    scopes={
        "list": _LEZEN,
        "retrieve": _LEZEN,
        "create": _BIJWERKEN,
        "update": _BIJWERKEN,
        "partial_update": _BIJWERKEN,
        "destroy": _BIJWERKEN,
    },
)
