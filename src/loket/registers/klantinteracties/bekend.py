"""Whether somebody is known here as a partij, by his URN, or by the pseudonym of his BSN."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from loket.ledger.database import one

if TYPE_CHECKING:
    from uuid import UUID

_COMPANY: Final = re.compile(r"urn:nld:hr:kvknummer:([^:]+)(?::vestigingsnummer:([^:]+))?")
_BY_NUMBER: Final = """
SELECT identificeerde_partij_id FROM klantinteracties_partijidentificator
WHERE partij_identificator_nummer = %s ORDER BY id LIMIT 1
"""
_BY_COMPANY: Final = """
SELECT identificeerde_partij_id FROM klantinteracties_partijidentificator
WHERE partij_identificator->>'codeSoortObjectId' = %s AND partij_identificator->>'objectId' = %s
ORDER BY id LIMIT 1
"""


def partij_van(urn: str, nummer: UUID | None) -> UUID | None:
    """Return the key of the partij that somebody is, without his BSN; None when he is not known."""
    company = _COMPANY.fullmatch(urn)
    if nummer is not None:
        row = one(_BY_NUMBER, (nummer,))
    elif company is not None:
        kvk, vestiging = company.groups()
        kind = ("vestigingsnummer", vestiging) if vestiging else ("kvk_nummer", kvk)
        row = one(_BY_COMPANY, kind)
    else:
        row = None
    return row[0] if row else None
