"""Intrekken: who asked for something asks to stop; an employee decides what that means (J5).

Nothing is closed by itself: what was decided, paid or delivered may have to be undone first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loket.kernel.problems import Conflict
from loket.services.mijnservices import zaken
from loket.services.mijnservices.reageren import LANGSTE_TEKST, gekeurd
from loket.services.mijnservices.vastleggen import Geschreven, Ontvangen, ding, leg_vast
from loket.services.mijnservices.zaken import INTREKKING

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.zaken import ZaakDetail

ZONDER_REDEN: Final = "Heeft geen reden genoemd."


def in_te_trekken(actor: Actor, zaak: UUID) -> ZaakDetail:
    """Return a zaak that one may ask to stop; Conflict when that cannot be, NotFound."""
    found = zaken.detail(actor, zaak)
    if found.regel.afgerond is not None:
        raise Conflict("Deze zaak is al klaar. U kunt de aanvraag niet meer intrekken.")
    if found.ingetrokken_op is not None:
        raise Conflict("U vroeg al om deze aanvraag in te trekken. Wij bekijken uw verzoek nog.")
    if not found.extern:
        raise Conflict("Deze zaak is van de gemeente zelf. U kunt die niet intrekken.")
    return found


def zaak_intrekken(actor: Actor, zaak: UUID, reden: str, call: Call) -> Ontvangen:
    """Ask to stop a zaak, with the reason if one is given; Conflict, Invalid, NotFound."""
    found = in_te_trekken(actor, zaak)
    (tekst,) = gekeurd(tekst=(reden.strip() or ZONDER_REDEN, LANGSTE_TEKST))
    written = Geschreven(
        onderwerp=INTREKKING,
        tekst=tekst,
        handeling=f"Trek de aanvraag van zaak {found.regel.zaaknummer} in"[:200],
        over=[ding("zaak", zaak)],
        zaken=(zaak,),
    )
    return leg_vast(actor, written, call)


__all__ = ["in_te_trekken", "zaak_intrekken"]
