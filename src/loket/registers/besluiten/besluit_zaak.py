"""What a besluit does to the zaak of which it is an outcome: its mirror there, and archiving.

The standard keeps the relation twice: in the besluit, and as a ZaakBesluit under the zaak. The
besluit leads; its mirror is made, moved and removed in the same transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.removing import drop
from loket.grammar.writing import HOUSE, follow
from loket.registers.zaken.archivering import herbereken
from loket.registers.zaken.zaakbesluit import ZaakBesluit, zaakbesluiten

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.writing import Change
    from loket.registers.besluiten.besluit import Besluit


def volg_zaak(besluit: Besluit, change: Change) -> None:
    """Keep the mirror of a besluit under the zaak that it names now (brc-006)."""
    before = change.before
    was = before.zaak_id if before is not None else None
    if besluit.zaak_id == was:
        if besluit.zaak is not None:
            herbereken(besluit.zaak, change)
        return
    if was is not None:
        _wis(besluit, was, change)
    if besluit.zaak is not None:
        follow(
            zaakbesluiten,
            change,
            zaak=besluit.zaak,
            besluit=_address(besluit, change),
            regime=besluit.zaak.regime,
        )


def wis_bij_zaak(besluit: Besluit, change: Change) -> None:
    """Remove the mirror of a besluit that is removed (brc-009)."""
    if besluit.zaak_id is not None:
        _wis(besluit, besluit.zaak_id, change)


def _wis(besluit: Besluit, zaak: UUID, change: Change) -> None:
    for mirror in ZaakBesluit.objects.filter(zaak=zaak, besluit=_address(besluit, change)):
        drop(zaakbesluiten, mirror, change)


def _address(besluit: Besluit, change: Change) -> str:
    return change.resource.address(besluit, HOUSE)
