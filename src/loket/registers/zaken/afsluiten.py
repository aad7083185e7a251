"""Closing and reopening a zaak, and what that does to its archiving (zrc-007, 008 and 021)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.writing import adjust
from loket.kernel.clock import AMSTERDAM, now
from loket.registers.zaken.archivering import (
    archivering,
    herbereken,
    herbereken_bij,
    warn_if_open,
)
from loket.registers.zaken.status_regels import is_eindstatus
from loket.registers.zaken.zaak import zaken

if TYPE_CHECKING:
    from loket.grammar.writing import Change
    from loket.registers.zaken.resultaat import Resultaat
    from loket.registers.zaken.status import Status

OPEN = {
    "einddatum": None,
    "archiefactiedatum": None,
    "afgeleide_archiefactiedatum": None,
    "archiefnominatie": None,
    "startdatum_bewaartermijn": None,
}


def sluit_of_heropen(status: Status, change: Change) -> None:
    """Close the zaak at its last status, reopen it at another."""
    zaak = status.zaak
    if is_eindstatus(status):
        einddatum = status.datum_status_gezet.astimezone(AMSTERDAM).date()
        kind = zaak.resultaten.get().resultaattype
        found = archivering(zaak, einddatum, kind)
        warn_if_open(kind, found, change)
        adjust(zaken, zaak, change, einddatum=einddatum, **found, laatst_gemuteerd=now())
        herbereken_bij(zaak, change)
    elif zaak.einddatum is not None:
        adjust(zaken, zaak, change, **OPEN, laatst_gemuteerd=now())
        herbereken_bij(zaak, change)


def archiveer_opnieuw(resultaat: Resultaat, change: Change) -> None:
    """Archive a closed zaak by the resultaat that it got afterwards."""
    if change.verb == "create":
        herbereken(resultaat.zaak, change)
