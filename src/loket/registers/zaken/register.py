"""The register of cases: Zaken API 1.7.0 (VNG), with the commands that Open Zaak added."""

from __future__ import annotations

from loket.grammar.register import ZGW, register

_WRITE = ("zaken.bijwerken", "zaken.geforceerd-bijwerken")

ZAKEN = register(
    "zaken",
    "Zaken",
    "zrc",
    "1.7.0",
    ZGW,
    kanaal="zaken",
    description="Zaken van de gemeente, met hun statussen, rollen, resultaat en objecten.",
    scopes={
        "list": ("zaken.lezen",),
        "retrieve": ("zaken.lezen",),
        "create": _WRITE,
        "update": _WRITE,
        "partial_update": _WRITE,
        "destroy": _WRITE,
    },
)
