"""Closing and reopening a zaak, which a status does (zrc-007, zrc-008)."""

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
        zaak.einddatum = None
        einddatum = status.datum_status_gezet.astimezone(AMSTERDAM).date()
        _archive(zaak, zaak.resultaten.get(), change, einddatum=einddatum)
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
