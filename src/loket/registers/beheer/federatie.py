"""The organisations where zaken are asked after as well, for whoever acts on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from loket.ledger.database import one, rows

if TYPE_CHECKING:
    from uuid import UUID

_COLUMNS: Final = "id, naam, soort, api_root, client_id, geheim, website, tijdslimiet"
_ASKED: Final = f"SELECT {_COLUMNS} FROM beheer_federatiebron WHERE actief ORDER BY naam"  # noqa: S608 - fixed texts
_ISSUER: Final = (
    "SELECT sleutels FROM beheer_federatiebron WHERE actief AND uitgever = %s AND uitgever <> '' "
    "ORDER BY id LIMIT 1"
)


@dataclass(frozen=True)
class Bron:
    """An organisation, as it was set."""

    key: UUID
    naam: str
    soort: str
    api_root: str
    client_id: str
    geheim: str = field(repr=False)
    website: str
    tijdslimiet: int


def bronnen() -> list[Bron]:
    """Return the organisations that are asked, in one statement."""
    return [Bron(*row) for row in rows(_ASKED)]


def sleutels_van(uitgever: str) -> str:
    """Return where the keys are of an organisation whose tokens are taken; empty for others."""
    row = one(_ISSUER, (uitgever.rstrip("/"),))
    return str(row[0]) if row else ""
