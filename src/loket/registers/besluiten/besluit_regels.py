"""The rules of a besluit; the standard's number of each (brc-…) stands with its test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.rule import rule
from loket.kernel.clock import today

if TYPE_CHECKING:
    from loket.registers.besluiten.besluit import Besluit


@rule("not-published", on="besluittype", verbs=("create",))
def besluittype_is_gepubliceerd(besluit: Besluit) -> bool:
    """Het besluittype is nog een concept."""
    return not besluit.besluittype.concept


@rule("zaaktype-mismatch")
def besluittype_hoort_bij_zaaktype(besluit: Besluit) -> bool:
    """Het besluittype hoort niet bij het zaaktype van de zaak."""
    if besluit.zaak is None:
        return True
    besluittype, zaaktype = besluit.besluittype, besluit.zaak.zaaktype
    return bool(
        besluittype.catalogus_id == zaaktype.catalogus_id
        and besluittype.omschrijving in zaaktype.besluittypen
    )


@rule("date-in-future", on="datum")
def is_genomen(besluit: Besluit) -> bool:
    """De datum van het besluit ligt in de toekomst."""
    return bool(besluit.datum <= today())
