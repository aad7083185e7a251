"""When an interne taak is dealt with, and by whom it is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.kernel.clock import AMSTERDAM, now
from loket.kernel.problems import Fault
from loket.kernel.workdays import workdays_after
from loket.ledger.database import one
from loket.registers.klantinteracties.waarden import InterneTaakStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loket.grammar.change import Change
    from loket.registers.klantinteracties.internetaak import InterneTaak

ACTOREN = ("toegewezenAanActoren", "toegewezenAanActor")


def houd_bij(taak: InterneTaak, change: Change) -> None:
    """Note when the task was assigned, and when it was dealt with."""
    before: Any = change.before
    if before is None:
        taak.toegewezen_op = now()
        taak.uiterste_datum = _uiterlijk(taak.aanleidinggevend_klantcontact)
    if taak.status == InterneTaakStatus.VERWERKT:
        taak.afgehandeld_op = taak.afgehandeld_op or now()
    elif "afgehandeld_op" not in change.given or (before and before.afgehandeld_op):
        taak.afgehandeld_op = None


_NORM = """
SELECT termijn FROM klantinteracties_contactnorm
WHERE onderwerp IN ('', %s) AND kanaal IN ('', %s)
ORDER BY onderwerp = '', kanaal = '' LIMIT 1
"""


def _uiterlijk(contact: Any) -> date | None:
    """Return the day by which the norm wants the task done; the most precise norm counts."""
    row = one(_NORM, (contact.onderwerp, contact.kanaal))
    if row is None:
        return None
    return workdays_after(contact.plaatsgevonden_op.astimezone(AMSTERDAM).date(), row[0])


def is_af_of_open(taak: InterneTaak, change: Change) -> Sequence[Fault]:
    """Refuse a moment of dealing with what still has to be done."""
    del change
    if taak.status == InterneTaakStatus.TE_VERWERKEN and taak.afgehandeld_op is not None:
        reason = "Dit kan alleen bij een taak die verwerkt is."
        return [Fault("afgehandeldOp", "invalid", reason)]
    return ()


def heeft_actor(taak: InterneTaak, change: Change) -> Sequence[Fault]:
    """Demand somebody to do it; a PATCH may leave that as it is."""
    del taak
    sent = change.sent
    named = [name for name in ACTOREN if sent.get(name)]
    emptied = [name for name in ACTOREN if name in sent and not sent[name]]
    partial = change.verb == "partial_update"
    if named or not change.sent or (partial and not emptied):
        return ()
    return [Fault(ACTOREN[0], "required", "Een taak is van minstens één actor.")]
