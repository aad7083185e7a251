"""The two operations of MijnTaken 0.1.0. Both only read, also the one that is a POST."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.change import demand_fresh
from loket.grammar.resource import Command
from loket.kernel.problems import Forbidden
from loket.services.mijnservices.mijntaken import lezen, vormen
from loket.services.mijnservices.mijntaken.register import LEZEN, MIJNTAKEN
from loket.services.mijnservices.mijntaken.vraag import gevraagd

if TYPE_CHECKING:
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor


def zoek(actor: Actor, call: Call) -> Any:
    """Return the tasks of a citizen or company; Forbidden to look for a BSN without a purpose."""
    vraag = gevraagd(call.body)
    if vraag.klant.bsn and actor.purpose is None:
        raise Forbidden("Zoeken op BSN kan alleen met een doelbinding (header X-Doelbinding).")
    if not vraag.taken:
        demand_fresh(actor)
        return {}
    return lezen.zoek(actor, call, vraag)


Command(
    MIJNTAKEN,
    "context/zoek",
    zoek,
    LEZEN,
    "Zoek de taken van een burger of bedrijf.",
    request=vormen.VRAAG,
    response=vormen.CONTEXT,
    purposeful=True,
)
Command(
    MIJNTAKEN,
    "taken/{uuid}",
    lezen.taak,
    LEZEN,
    "Haal één taak op, met wat er nodig is om haar te doen.",
    method="GET",
    response=vormen.TAAK,
    fresh=True,
)
