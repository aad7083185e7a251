"""The register of decisions: Besluiten API 1.1.0 (VNG), with the command that Open Zaak added."""

from __future__ import annotations

from loket.grammar.register import ZGW, register

BESLUITEN = register(
    "besluiten",
    "Besluiten",
    "brc",
    "1.1.0",
    ZGW,
    kanaal="besluiten",
    description="Besluiten van de gemeente, met de documenten waarin zij zijn vastgelegd.",
    scopes={
        "list": ("besluiten.lezen",),
        "retrieve": ("besluiten.lezen",),
        "create": ("besluiten.aanmaken",),
        "update": ("besluiten.bijwerken",),
        "partial_update": ("besluiten.bijwerken",),
        "destroy": ("besluiten.verwijderen",),
    },
)
