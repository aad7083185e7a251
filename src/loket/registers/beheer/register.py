"""What the functioneel beheerder sets: who may call, and how the municipality presents itself."""

from __future__ import annotations

from loket.grammar.register import ZGW, register

_LEZEN = ("beheer.lezen",)
_BIJWERKEN = ("beheer.bijwerken",)

BEHEER = register(
    "beheer",
    "Beheer",
    "beheer",
    "1.0.0",
    ZGW,
    description="De clients die de API's aanroepen, en de instellingen van de gemeente.",
    scopes={
        "list": _LEZEN,
        "retrieve": _LEZEN,
        "create": _BIJWERKEN,
        "update": _BIJWERKEN,
        "partial_update": _BIJWERKEN,
        "destroy": _BIJWERKEN,
    },
)
