"""The register of what citizens and companies ask: Verzoeken 0.1.0, as clients use it."""

from __future__ import annotations

from loket.grammar.register import VTB, register

_LEZEN = ("verzoeken.lezen",)
_BIJWERKEN = ("verzoeken.bijwerken",)
TYPEN = ("verzoektypen.bijwerken",)
"""The scopes of who says which verzoeken there are, and what they must hold."""

VERZOEKEN = register(
    "verzoeken",
    "Verzoeken",
    "verzoeken",
    "0.1.0",
    VTB,
    major="1",
    kanaal="verzoeken",
    description="Wat burgers en bedrijven de gemeente vragen, en waaruit zo'n verzoek bestaat.",
    scopes={
        "list": _LEZEN,
        "retrieve": _LEZEN,
        "create": _BIJWERKEN,
        "update": _BIJWERKEN,
        "partial_update": _BIJWERKEN,
        "destroy": _BIJWERKEN,
    },
)

OF_TYPES = dict.fromkeys(("create", "update", "partial_update", "destroy"), TYPEN)
