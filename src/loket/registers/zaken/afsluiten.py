"""Closing and reopening a zaak, and what that does to its archiving (zrc-007, 008 and 021)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.writing import adjust
from loket.kernel.clock import AMSTERDAM
from loket.registers.zaken.archivering import archivering
from loket.registers.zaken.status_regels import is_eindstatus
from loket.registers.zaken.zaak import zaken

if TYPE_CHECKING:
    from loket.grammar.writing import Change
    from loket.registers.zaken.resultaat import Resultaat
    from loket.registers.zaken.status import Status
    from loket.registers.zaken.zaak import Zaak


def sluit_of_heropen(status: Status, change: Change) -> None:
    """Close the zaak at its last status, reopen it at another."""
    zaak = status.zaak
    if is_eindstatus(status):
        einddatum = status.datum_status_gezet.astimezone(AMSTERDAM).date()
        kind = zaak.resultaten.get().resultaattype
        adjust(zaken, zaak, change, einddatum=einddatum, **archivering(zaak, einddatum, kind))
        _archive_deelzaken(zaak, change)
    elif zaak.einddatum is not None:
        adjust(
            zaken,
            zaak,
            change,
            einddatum=None,
            archiefactiedatum=None,
            archiefnominatie=None,
            startdatum_bewaartermijn=None,
        )


def _archive_deelzaken(hoofdzaak: Zaak, change: Change) -> None:
    """Archive the closed deelzaken that waited for the end of their hoofdzaak."""
    waiting = hoofdzaak.deelzaken.filter(einddatum__isnull=False, archiefactiedatum__isnull=True)
    for deelzaak in waiting:
        for resultaat in deelzaak.resultaten.all():
            found = archivering(deelzaak, deelzaak.einddatum, resultaat.resultaattype)
            adjust(zaken, deelzaak, change, **found)


def archiveer_opnieuw(resultaat: Resultaat, change: Change) -> None:
    """Archive a closed zaak by the resultaat that it got afterwards."""
    zaak = resultaat.zaak
    if change.verb == "create" and zaak.einddatum is not None:
        adjust(zaken, zaak, change, **archivering(zaak, zaak.einddatum, resultaat.resultaattype))
