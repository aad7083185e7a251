"""Communicatiekanaal: the way by which somebody comes to the municipality."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.selectielijst.register import READ_ONLY, SELECTIELIJST


class CommunicatieKanaal(Record):
    """Een weg waarlangs de gemeente met iemand in contact komt."""

    naam = field.text("De naam van het kanaal.", 20)
    omschrijving = field.text("Wat het kanaal is.", 200)


communicatiekanalen = Resource(
    SELECTIELIJST,
    "communicatiekanalen",
    CommunicatieKanaal,
    public=True,
    verbs=READ_ONLY,
    default_order="naam",
    expand=[],
    counted=False,
    with_uuid=False,
)
