"""A mail that was taken and came back: what the report of a mail server leads to (M-F26)."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from loket.connectors.email import Action
from loket.kernel.clock import now
from loket.ledger.database import atomic, one
from loket.registers.output.waarden import Outputkanaal, Verzendstatus
from loket.services.output import afloop, vastleggen
from loket.services.output.bezorgen import message_id

if TYPE_CHECKING:
    from collections.abc import Collection

    from loket.connectors.email import Report
    from loket.services.output.retouradres import Merk


class Gevolg(Enum):
    """What a report led to; the value is what the log says."""

    MISLUKT = "the message did not arrive; it goes on over another channel, or to an employee"
    BEZORGD = "the message arrived"
    NIETS = "nothing changes: not the end of it yet, or known already"
    LATER = "the message is being handed over right now; the report has to come again"
    ONBEKEND = "there is no such message"


_HELD: Final = """
SELECT kanaal, adres, status, pogingen FROM output_klantnotificatie WHERE id = %s FOR UPDATE
"""
_WHY: Final = {
    "1": "het e-mailadres bestaat niet",
    "2": "de postbus neemt geen post aan",
    "4": "de mailserver van de ontvanger is niet te bereiken",
    "7": "de mailserver van de ontvanger weigert het",
}
"""The middle number of a status code (RFC 3463), in words. What the server wrote itself is left
out: anything may stand there."""


def verwerk(merk: Merk, report: Report, ingericht: Collection[str]) -> Gevolg:
    """Let a message go on that came back; a report that comes again changes nothing."""
    with atomic():
        row = one(_HELD, (merk.notificatie,))
        if row is None:
            return Gevolg.ONBEKEND
        kanaal, adres, status, pogingen = row
        final = report.action in (Action.FAILED, Action.DELIVERED)
        if not final or kanaal != Outputkanaal.EMAIL or not merk.is_van(adres):
            return Gevolg.NIETS
        if status == Verzendstatus.GEPLAND and pogingen:
            return Gevolg.LATER
        if status != Verzendstatus.VERZONDEN:
            return Gevolg.NIETS
        if report.nowhere:
            vastleggen.werkt_niet(adres)
        gelukt = report.action is Action.DELIVERED
        kenmerk = message_id(str(merk.notificatie))
        afloop.teruggemeld(
            kenmerk, ingericht, gelukt=gelukt, moment=now(), reden=_reden(report.status)
        )
        return Gevolg.BEZORGD if gelukt else Gevolg.MISLUKT


def _reden(status: str) -> str:
    _, _, rest = status.partition(".")
    why = _WHY.get(rest.partition(".")[0], "het is niet aangekomen")
    return f"De e-mail kwam terug: {why} ({status})." if status else f"De e-mail kwam terug: {why}."
