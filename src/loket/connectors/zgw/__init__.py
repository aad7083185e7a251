"""An installation of somebody else, read over its APIs: Open Zaak, Open Klant, Loket, another."""

from __future__ import annotations

from loket.connectors.zgw.addresses import Addresses
from loket.connectors.zgw.reading import Listed, Source
from loket.connectors.zgw.values import (
    APIS,
    INTERACTIES,
    Access,
    Broken,
    Denied,
    Gone,
    NotZgw,
    Patience,
    SourceProblem,
    TokenAccess,
    Unreachable,
    roots_under,
)

__all__ = [
    "APIS",
    "INTERACTIES",
    "Access",
    "Addresses",
    "Broken",
    "Denied",
    "Gone",
    "Listed",
    "NotZgw",
    "Patience",
    "Source",
    "SourceProblem",
    "TokenAccess",
    "Unreachable",
    "roots_under",
]
