"""The ways to log in that the current municipality set, for whoever lets people in."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Final

from loket.grammar.codec import decode
from loket.ledger.database import rows

_SQL: Final = """
SELECT naam, soort, protocol, titel, niveau, niveaus::text, issuer, client_id, geheim, scope,
    claim_niveau, claim_naam, claim_bsn, claim_kvk, claim_vestiging, claim_handelende, metadata,
    entity_id, dienst_index, certificaat
FROM beheer_inlogmiddel WHERE actief ORDER BY volgorde, naam
"""


@dataclass(frozen=True)
class Ingesteld:
    """A way to log in, as it was set; what was left open is empty."""

    naam: str
    soort: str
    protocol: str
    titel: str = ""
    niveau: str = ""
    niveaus: tuple[str, ...] = ()
    issuer: str = ""
    client_id: str = ""
    geheim: str = field(default="", repr=False)
    scope: str = ""
    claim_niveau: str = ""
    claim_naam: str = ""
    claim_bsn: str = ""
    claim_kvk: str = ""
    claim_vestiging: str = ""
    claim_handelende: str = ""
    metadata: str = field(default="", repr=False)
    entity_id: str = ""
    dienst_index: str = ""
    certificaat: str = ""


_NAMES: Final = tuple(each.name for each in fields(Ingesteld))


def ingesteld() -> list[Ingesteld]:
    """Return the ways to log in that are in use, in one statement; none if nobody set any."""
    found = []
    for row in rows(_SQL):
        told = dict(zip(_NAMES, row, strict=True))
        told["niveaus"] = tuple(decode(told["niveaus"].encode()))
        found.append(Ingesteld(**told))
    return found
