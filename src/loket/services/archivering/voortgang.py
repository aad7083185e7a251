"""How far the carrying out of a list is, counted in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loket.ledger.database import one
from loket.registers.archief.waarden import Regelstand
from loket.services.archivering.vernietigen import NAME

if TYPE_CHECKING:
    from uuid import UUID

_SQL = """
SELECT
    count(*) FILTER (WHERE stand = 'voorgesteld'),
    count(*) FILTER (WHERE stand = 'uitgezonderd'),
    count(*) FILTER (WHERE stand = 'te_vernietigen'),
    count(*) FILTER (WHERE stand = 'vernietigd'),
    count(*) FILTER (WHERE stand = 'niet_vernietigd'),
    (SELECT outcome FROM ledger_delivery
        WHERE subscriber = %(naam)s AND main_key = %(lijst)s AND attempts > 0 AND state <> 'klaar'
        ORDER BY position LIMIT 1)
FROM archief_vernietigingsregel WHERE lijst_id = %(lijst)s
"""


@dataclass(frozen=True)
class Voortgang:
    """How many lines of a list stand where; `hapert` is why the next one does not succeed."""

    voorgesteld: int
    uitgezonderd: int
    te_vernietigen: int
    vernietigd: int
    niet_vernietigd: int
    hapert: str | None

    @property
    def totaal(self) -> int:
        """All lines."""
        return sum(self.per_stand.values())

    @property
    def gedaan(self) -> int:
        """How many lines have had their turn."""
        return self.vernietigd + self.niet_vernietigd

    @property
    def per_stand(self) -> dict[Regelstand, int]:
        """How many lines stand where."""
        return {each: getattr(self, each.value) for each in Regelstand}


def voortgang(lijst: UUID) -> Voortgang:
    """Return how far a list is."""
    return Voortgang(*one(_SQL, {"naam": NAME, "lijst": lijst}))
