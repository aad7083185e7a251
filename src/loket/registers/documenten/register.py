"""The register of documents: Documenten API 1.7.1 (VNG), with what Open Zaak added."""

from __future__ import annotations

from loket.grammar.register import ZGW, register

LEZEN = "documenten.lezen"
AANMAKEN = "documenten.aanmaken"
BIJWERKEN = "documenten.bijwerken"
GEFORCEERD_BIJWERKEN = "documenten.geforceerd-bijwerken"
LOCK = "documenten.lock"
GEFORCEERD_UNLOCK = "documenten.geforceerd-unlock"
VERWIJDEREN = "documenten.verwijderen"

_WRITE = (BIJWERKEN, GEFORCEERD_BIJWERKEN)

DOCUMENTEN = register(
    "documenten",
    "Documenten",
    "drc",
    "1.7.1",
    ZGW,
    kanaal="documenten",
    description="Documenten van de gemeente: hun gegevens, versies en bestanden.",
    scopes={
        "list": (LEZEN,),
        "retrieve": (LEZEN,),
        "create": (AANMAKEN,),
        "update": _WRITE,
        "partial_update": _WRITE,
        "destroy": (VERWIJDEREN,),
    },
)
