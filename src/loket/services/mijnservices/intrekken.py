"""Intrekken: who asked for something asks to stop; an employee decides what that means (J5).

Nothing is closed by itself: what was decided, paid or delivered may have to be undone first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loket.kernel.problems import Conflict
from loket.ledger.database import atomic, rows
from loket.registers.klantinteracties.internetaak import internetaken
from loket.registers.klantinteracties.waarden import InterneTaakStatus
from loket.services.mijnservices import zaken
from loket.services.mijnservices.klant import namens
from loket.services.mijnservices.reageren import LANGSTE_TEKST, gekeurd
from loket.services.mijnservices.vastleggen import Geschreven, Ontvangen, ding, leg_vast
from loket.services.mijnservices.zaken import DOORGAAN, INTREKKING

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.zaken import ZaakDetail

_OPEN: Final = """
SELECT id FROM klantinteracties_internetaak
WHERE aanleidinggevend_klantcontact_id = %s AND status = %s FOR UPDATE
"""
ZONDER_REDEN: Final = "Heeft geen reden genoemd."


def in_te_trekken(actor: Actor, zaak: UUID) -> ZaakDetail:
    """Return a zaak that one may ask to stop; Conflict when that cannot be, NotFound."""
    found = zaken.detail(actor, zaak)
    if found.regel.afgerond is not None:
        raise Conflict("Deze zaak is al klaar. U kunt de aanvraag niet meer intrekken.")
    if found.doorgaan_kan:
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


def toch_doorgaan(actor: Actor, zaak: UUID, call: Call) -> Ontvangen:
    """Come back on a request to stop; Conflict when there is none, NotFound.

    What an employee had to do for that request is done with, in the same transaction.
    """
    with atomic():
        found = zaken.detail(actor, zaak)
        if found.stoppen is None or not found.doorgaan_kan:
            raise Conflict("U hoeft niets te doen. Er is geen verzoek om te stoppen.")
        written = Geschreven(
            onderwerp=DOORGAAN,
            tekst="Wil dat de aanvraag niet wordt ingetrokken.",
            handeling=f"Trek de aanvraag van zaak {found.regel.zaaknummer} niet in"[:200],
            over=[ding("zaak", zaak), {"wasKlantcontact": {"uuid": str(found.stoppen.contact)}}],
            zaken=(zaak,),
        )
        made = leg_vast(actor, written, call)
        for (key,) in rows(_OPEN, (found.stoppen.contact, InterneTaakStatus.TE_VERWERKEN.value)):
            done = {"status": InterneTaakStatus.VERWERKT.value}
            internetaken.patch(namens(actor), key, done, call)
    return made


__all__ = ["in_te_trekken", "toch_doorgaan", "zaak_intrekken"]
