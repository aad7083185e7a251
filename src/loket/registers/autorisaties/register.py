"""The register of applications: Autorisaties API 1.1.0 (VNG)."""

from __future__ import annotations

from loket.grammar.register import ZGW, register

AUTORISATIES = register(
    "autorisaties",
    "Autorisaties",
    "ac",
    "1.1.0",
    ZGW,
    kanaal="autorisaties",
    description="Applicaties en wat zij mogen in de registers van de gemeente.",
    scopes={
        "list": ("autorisaties.lezen",),
        "retrieve": ("autorisaties.lezen",),
        "create": ("autorisaties.bijwerken",),
        "update": ("autorisaties.bijwerken",),
        "partial_update": ("autorisaties.bijwerken",),
        "destroy": ("autorisaties.bijwerken",),
    },
)
