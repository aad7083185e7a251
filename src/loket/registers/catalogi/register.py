"""The register of types: Catalogi API 1.3.3 (VNG)."""

from __future__ import annotations

from typing import Final

from loket.grammar.register import ZGW, register

_READ = ("catalogi.lezen", "zaken.lezen", "documenten.lezen")
_WRITE = ("catalogi.schrijven", "catalogi.geforceerd-schrijven")

WRITE_ONLY: Final = {"create": ("catalogi.schrijven",)}
"""A catalogus or a version of a type is not made by force; only its parts are."""

CATALOGI = register(
    "catalogi",
    "Catalogi",
    "ztc",
    "1.3.3",
    ZGW,
    kanaal="zaaktypen",
    description="Zaaktypen, met alles wat van zaken van dat type vastligt.",
    scopes={
        "list": _READ,
        "retrieve": _READ,
        "create": _WRITE,
        "update": _WRITE,
        "partial_update": _WRITE,
        "destroy": ("catalogi.schrijven", "catalogi.geforceerd-verwijderen"),
    },
)
