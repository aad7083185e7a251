"""The names of other organisations that handle a zaak; our own is not named (M35, M36)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loket.ledger.database import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

EIGEN_RSIN: Final = "SELECT rsin FROM beheer_instellingen LIMIT 1"
_KNOWN: Final = """
SELECT i.partij_identificator->>'objectId', coalesce(p.partij_identificatie->>'naam', '')
FROM klantinteracties_partijidentificator i
JOIN klantinteracties_partij p ON p.id = i.identificeerde_partij_id
WHERE i.partij_identificator->>'codeSoortObjectId' = 'rsin'
    AND i.partij_identificator->>'objectId' = ANY(%s)
"""


def namen(rsins: Iterable[str], own: str | None) -> dict[str, str]:
    """Return the names of the organisations that are another than `own`, by their RSIN.

    One that is not known here by a name is called by its number. A municipality that did not say
    what its own RSIN is, is taken to handle everything itself.
    """
    others = sorted(set(rsins) - {own, ""}) if own else []
    if not others:
        return {}
    known = {rsin: naam for rsin, naam in rows(_KNOWN, (others,)) if naam}
    return {rsin: known.get(rsin) or f"organisatie {rsin}" for rsin in others}
