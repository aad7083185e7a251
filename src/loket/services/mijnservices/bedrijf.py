"""From the KvK-nummer that a log-in proved to the actor for a company."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from loket.kernel.actor import Actor
from loket.ledger.database import one

if TYPE_CHECKING:
    from loket.connectors.identiteit import Identiteit

_NAAM: Final = """
SELECT p.partij_identificatie->>'naam' FROM klantinteracties_partijidentificator i
JOIN klantinteracties_partij p ON p.id = i.identificeerde_partij_id
WHERE i.partij_identificator->>'codeSoortObjectId' = 'kvk_nummer'
    AND i.partij_identificator->>'objectId' = %s ORDER BY i.id LIMIT 1
"""


def from_login(who: Identiteit) -> Actor:
    """Return the actor of a company; its name is the provider's, or the one known here."""
    naam = who.naam
    if not naam:
        row = one(_NAAM, (who.kvk,))
        naam = row[0] if row else ""
    return Actor.bedrijf(who.kvk, who.vestiging, naam, who.loa, who.acting)


def at(actor: Actor, vestiging: str) -> Actor:
    """Return the same company acting for one vestiging, or for all of it with an empty one."""
    made = Actor.bedrijf(
        actor.kvk, vestiging, actor.label, actor.loa or "", actor.user, actor.user_label
    )
    return replace(actor, id=made.id, vestiging=vestiging)
