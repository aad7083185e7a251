"""Sending what was planned: handed over outside any transaction, and written down afterwards.

A message that is taken up is put off for a while first, in a transaction of its own. A worker that
dies with it in hand thus leaves it to be tried again, with the same mark, and no worker holds a row
while somebody else's server thinks.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.numbering import key_under
from loket.kernel.clock import now
from loket.ledger.database import atomic, fetch, one
from loket.registers.beheer.current import instellingen
from loket.registers.output.klantnotificatie import klantnotificaties
from loket.registers.output.sjabloonversie import sjabloonversies
from loket.registers.output.waarden import Verzendstatus
from loket.services.output import afloop
from loket.services.output.bezorgen import BINNEN, Onbezorgd, Zending, naar_buiten
from loket.services.output.herkomst import Herkomst, herkomst
from loket.services.output.opmaken import maak_op, maak_op_binnen

if TYPE_CHECKING:
    from uuid import UUID

    from loket.services.output.bezorgen import Wegen

log = logging.getLogger(__name__)

IN_HAND: Final = timedelta(minutes=5)
"""How long whoever took a message up may take."""

_CLAIM: Final = """
UPDATE output_klantnotificatie SET pogingen = pogingen + 1, gepland_op = %(later)s
WHERE id = (SELECT id FROM output_klantnotificatie
    WHERE status = 'gepland' AND gepland_op <= %(nu)s
    ORDER BY gepland_op LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id
"""


def verzend(wegen: Wegen) -> bool:
    """Send the first message that is due; tell whether there was one."""
    with atomic():
        row = one(_CLAIM, {"nu": now(), "later": now() + IN_HAND})
    if row is None:
        return False
    try:
        _send(row[0], wegen)
    except Exception:
        log.exception("message %s could not be dealt with; it is tried again", row[0])
    return True


def _send(key: UUID, wegen: Wegen) -> None:
    notificatie: Any = fetch(klantnotificaties.record, key)
    source = herkomst(notificatie)
    if source is None:
        afloop.eindig(key, Verzendstatus.VERVALLEN, "Er valt niets meer te melden.")
        return
    if not notificatie.kanaal:
        reden = "Er is geen kanaal om iemand langs te bereiken."
        afloop.eindig(key, Verzendstatus.ONBEREIKBAAR, reden)
        return
    zending = _made_up(notificatie, source, wegen)
    try:
        kenmerk = "" if zending.kanaal in BINNEN else naar_buiten(zending, wegen)
    except Onbezorgd as problem:
        afloop.mislukt(key, problem, source, wegen.ingericht)
        return
    afloop.verzonden(key, zending, kenmerk, source)


def _made_up(notificatie: Any, source: Herkomst, wegen: Wegen) -> Zending:
    """Return the message as it goes over its channel."""
    key = key_under(source.sjabloon, notificatie.sjabloonversie)
    versie: Any = fetch(sjabloonversies.record, key)
    about, taal = source.onderwerp, notificatie.taal
    waarden = {
        **about.waarden,
        "gemeente.naam": instellingen().naam,
        "link": f"{wegen.portaal}{about.pad}",
    }
    if notificatie.kanaal in BINNEN:
        tekst = maak_op_binnen(versie.teksten, taal, waarden, besloten=about.besloten)
    else:
        tekst = maak_op(versie.teksten, taal, waarden)
    return Zending(
        notificatie.kanaal,
        notificatie.adres,
        tekst,
        str(notificatie.pk),
        source.moment,
        notificatie.pogingen,
        notificatie,
    )
