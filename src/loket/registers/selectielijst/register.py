"""The register of reference lists: the Selectielijst of municipalities, and what goes with it.

Its shape is that of VNG's Referentielijsten and Selectielijst API 0.6.0. The records are facts that
the house brings along, under the keys with which they were published; anybody may read them.
"""

from __future__ import annotations

from typing import Final

from loket.grammar.register import ZGW, register

READ_ONLY: Final = ("list", "retrieve")

COPY_OF: Final = (
    "https://selectielijst.openzaak.nl/api/v1",
    "https://referentielijsten-api.vng.cloud/api/v1",
    "https://referentielijsten-api.test.vng.cloud/api/v1",
)
"""Where the same records stand under the same keys; types that were made elsewhere point there."""

_WRITE: Final = ("selectielijst.bijwerken",)
"""For the house itself, which brings the lists along: no client is offered a write."""

SELECTIELIJST = register(
    "selectielijst",
    "Referentielijsten en Selectielijst",
    "vrl",
    "1.0.0",
    ZGW,
    description=(
        "De Selectielijst gemeenten en intergemeentelijke organen, en de referentielijsten waar "
        "zaken en zaaktypen naar verwijzen. Voor iedereen te lezen."
    ),
    scopes={
        "list": ("selectielijst.lezen",),
        "retrieve": ("selectielijst.lezen",),
        "create": _WRITE,
        "update": _WRITE,
        "partial_update": _WRITE,
        "destroy": _WRITE,
    },
    open=True,
)
