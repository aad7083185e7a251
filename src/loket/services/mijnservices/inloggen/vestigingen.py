"""The vestigingen of a company, as the municipality knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from loket.ledger.database import rows

_SQL: Final = """
SELECT v.partij_identificator->>'objectId', coalesce(max(p.partij_identificatie->>'naam'), '')
FROM klantinteracties_partijidentificator k
JOIN klantinteracties_partijidentificator v ON v.sub_identificator_van_id = k.id
LEFT JOIN klantinteracties_partij p ON p.id = v.identificeerde_partij_id
WHERE k.partij_identificator->>'codeSoortObjectId' = 'kvk_nummer'
    AND k.partij_identificator->>'objectId' = %(kvk)s
    AND v.partij_identificator->>'codeSoortObjectId' = 'vestigingsnummer'
GROUP BY 1 ORDER BY 2, 1
"""


@dataclass(frozen=True)
class Vestiging:
    """A branch: its number, and its name where that is known."""

    nummer: str
    naam: str


def bekend(kvk: str) -> tuple[Vestiging, ...]:
    """Return the vestigingen of a company that the municipality knows of."""
    return tuple(Vestiging(nummer, naam) for nummer, naam in rows(_SQL, {"kvk": kvk}))
