"""Resultaattypeomschrijving: a generic name for outcomes, whatever the process."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.selectielijst.register import READ_ONLY, SELECTIELIJST


class ResultaattypeOmschrijvingGeneriek(Record):
    """Een algemeen gehanteerde omschrijving van de aard van een resultaat."""

    omschrijving = field.text("De omschrijving.", 20)
    definitie = field.text("Wat de omschrijving betekent.", 255)
    opmerking = field.text("Een opmerking.", 255, optional=True)


resultaattypeomschrijvingen = Resource(
    SELECTIELIJST,
    "resultaattypeomschrijvingen",
    ResultaattypeOmschrijvingGeneriek,
    public=True,
    verbs=READ_ONLY,
    default_order="omschrijving",
    expand=[],
    paged=False,
    counted=False,
    with_uuid=False,
)
