"""The register of messages to citizens and companies: Berichten 0.1.0, as clients use it."""

from __future__ import annotations

from loket.grammar.register import VTB, register

_LEZEN = ("berichten.lezen",)
_BIJWERKEN = ("berichten.bijwerken",)

BERICHTEN = register(
    "berichten",
    "Berichten",
    "berichten",
    "0.1.0",
    VTB,
    major="1",
    kanaal="berichten",
    description="Berichten van de gemeente aan burgers en bedrijven, en of zij gelezen zijn.",
    scopes={
        "list": _LEZEN,
        "retrieve": _LEZEN,
        "create": _BIJWERKEN,
        "update": _BIJWERKEN,
        "partial_update": _BIJWERKEN,
        "destroy": _BIJWERKEN,
    },
)
