"""The register of output: which event leads to which message, and what became of each."""

from __future__ import annotations

from loket.grammar.register import INTERACTIES, register

LEZEN = ("output.lezen", "output.beheren")
BEHEREN = ("output.beheren",)

OUTPUT = register(
    "output",
    "Output",
    "output",
    "1.0.0",
    INTERACTIES,
    kanaal="output",
    description="Welke gebeurtenis tot welk bericht leidt, langs welk kanaal, en wat er van elk "
    "bericht is geworden.",
    scopes={
        "list": LEZEN,
        "retrieve": LEZEN,
        "create": BEHEREN,
        "update": BEHEREN,
        "partial_update": BEHEREN,
        "destroy": BEHEREN,
    },
)
