"""What a besluit does to the zaak of which it is an outcome: its mirror there, and archiving.

The standard keeps the relation twice: in the besluit, and as a ZaakBesluit under the zaak. The
besluit leads; its mirror is made, moved and removed in the same transaction. A zaak whose archiving
follows from its besluiten is archived anew: by its mirrors when they come and go, and from here
when the dates of a besluit change. The zaak is held meanwhile, for besluiten may come together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.removing import drop
from loket.grammar.writing import HOUSE, follow
from loket.ledger.database import fetch
from loket.registers.zaken.archivering import herbereken
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaakbesluit import ZaakBesluit, zaakbesluiten

if TYPE_CHECKING:
    from loket.grammar.writing import Change
    from loket.registers.besluiten.besluit import Besluit

DATES = ("ingangsdatum", "vervaldatum")
"""The dates from which the archiving of a zaak may count."""


def volg_zaak(besluit: Besluit, change: Change) -> None:
    """Keep the mirror of a besluit under the zaak that it names now (brc-006)."""
    before = change.before
    was = before.zaak_id if before is not None else None
    if besluit.zaak_id == was:
        if was is not None and any(getattr(besluit, n) != getattr(before, n) for n in DATES):
            herbereken(fetch(Zaak, was, lock=True), change)
        return
    held = {
        key: fetch(Zaak, key, lock=True) for key in sorted(filter(None, {was, besluit.zaak_id}))
    }
    if was is not None:
        _wis(besluit, held[was], change)
    if besluit.zaak_id is not None:
        zaak = held[besluit.zaak_id]
        address = _address(besluit, change)
        follow(zaakbesluiten, change, zaak=zaak, besluit=address, regime=zaak.regime)


def wis_bij_zaak(besluit: Besluit, change: Change) -> None:
    """Remove the mirror of a besluit that is removed (brc-009)."""
    if besluit.zaak_id is not None:
        _wis(besluit, fetch(Zaak, besluit.zaak_id, lock=True), change)


def _wis(besluit: Besluit, zaak: Zaak, change: Change) -> None:
    for mirror in ZaakBesluit.objects.filter(zaak=zaak, besluit=_address(besluit, change)):
        mirror.zaak = zaak
        drop(zaakbesluiten, mirror, change)


def _address(besluit: Besluit, change: Change) -> str:
    return change.resource.address(besluit, HOUSE)
