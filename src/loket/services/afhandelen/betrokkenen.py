"""Who asks, as his URN names him: as somebody with a rol in the zaak, and as a partij."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.urns import HIDDEN, OF_PERSON
from loket.kernel.problems import Forbidden
from loket.ledger.database import one

if TYPE_CHECKING:
    from uuid import UUID

Json = dict[str, Any]

_COMPANY: Final = re.compile(
    r"urn:nld:hr:kvknummer:(?P<kvk>[0-9]{8})(?::vestigingsnummer:(?P<vestiging>[0-9]{12}))?"
)

_PERSON_SQL = """
SELECT identificeerde_partij_id FROM klantinteracties_partijidentificator
WHERE partij_identificator_nummer = %s ORDER BY id LIMIT 1
"""
_COMPANY_SQL = """
SELECT identificeerde_partij_id FROM klantinteracties_partijidentificator
WHERE partij_identificator->>'codeSoortObjectId' = %s AND partij_identificator->>'objectId' = %s
ORDER BY id LIMIT 1
"""


def as_rol(urn: str) -> Json | None:
    """Return the part of a rol that says who somebody is; None for a URN of another kind.

    Forbidden for who may not see the BSN that has to be taken over.
    """
    if urn == HIDDEN:
        raise Forbidden("Een BSN overnemen kan alleen met een doelbinding (header X-Doelbinding).")
    if urn.startswith(OF_PERSON):
        return _rol("natuurlijk_persoon", inpBsn=urn.removeprefix(OF_PERSON))
    company = _COMPANY.fullmatch(urn)
    if company is None:
        return None
    kvk, vestiging = company.group("kvk", "vestiging")
    if vestiging:
        return _rol("vestiging", vestigingsNummer=vestiging, kvkNummer=kvk)
    return _rol("niet_natuurlijk_persoon", kvkNummer=kvk)


def _rol(soort: str, **identificatie: str) -> Json:
    return {"betrokkeneType": soort, "betrokkeneIdentificatie": identificatie}


def partij(urn: str, pseudonym: UUID | None) -> UUID | None:
    """Return the partij that somebody is, found without his BSN; None when he is not known."""
    if pseudonym is not None:
        row = one(_PERSON_SQL, (pseudonym,))
        return row[0] if row else None
    company = _COMPANY.fullmatch(urn)
    if company is None:
        return None
    kvk, vestiging = company.group("kvk", "vestiging")
    kind = ("vestigingsnummer", vestiging) if vestiging else ("kvk_nummer", kvk)
    row = one(_COMPANY_SQL, kind)
    return row[0] if row else None
