"""Who asks, as his URN names him: as somebody with a rol in the zaak."""

from __future__ import annotations

import re
from typing import Any, Final

from loket.grammar.urns import HIDDEN, OF_PERSON
from loket.kernel.problems import Forbidden

Json = dict[str, Any]

_COMPANY: Final = re.compile(
    r"urn:nld:hr:kvknummer:(?P<kvk>[0-9]{8})(?::vestigingsnummer:(?P<vestiging>[0-9]{12}))?"
)


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
