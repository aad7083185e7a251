"""A ZGW installation of somebody else, read over its APIs: Open Zaak, Loket, or another."""

from __future__ import annotations

from loket.connectors.zgw.addresses import Addresses
from loket.connectors.zgw.reading import Listed, Source
from loket.connectors.zgw.values import (
    APIS,
    Access,
    Broken,
    Denied,
    Gone,
    NotZgw,
    Patience,
    SourceProblem,
    Unreachable,
    roots_under,
)

__all__ = [
    "APIS",
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
    "Unreachable",
    "roots_under",
]
