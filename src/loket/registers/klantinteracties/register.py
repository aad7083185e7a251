"""The register of who we speak with and what was said: Klantinteracties 0.9.0, as clients use it.

The published file is that of the only register in production; the standard's information model
(VNG, Klantinteracties 2.0.0) gives the rules.
"""

from __future__ import annotations

from loket.grammar.register import INTERACTIES, register

LEZEN = ("klantinteracties.lezen",)
BIJWERKEN = ("klantinteracties.bijwerken",)

KLANTINTERACTIES = register(
    "klantinteracties",
    "Klantinteracties",
    "klantinteracties",
    "1.0.0",
    INTERACTIES,
    kanaal="klantcontacten",
    description="Partijen, hoe zij te bereiken zijn, en de contacten met hen over alle kanalen.",
    scopes={
        "list": LEZEN,
        "retrieve": LEZEN,
        "create": BIJWERKEN,
        "update": BIJWERKEN,
        "partial_update": BIJWERKEN,
        "destroy": BIJWERKEN,
    },
)
