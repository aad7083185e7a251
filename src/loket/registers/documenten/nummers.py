"""Reserving numbers of documents, to be used later in a POST of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from loket.grammar import field
from loket.grammar.change import demand_fresh
from loket.grammar.resource import Command
from loket.grammar.storing import draw
from loket.grammar.words import Intake, Number
from loket.kernel.problems import Fault, Invalid
from loket.registers.documenten.enkelvoudiginformatieobject import (
    EnkelvoudigInformatieObject,
    enkelvoudiginformatieobjecten,
)
from loket.registers.documenten.register import AANMAKEN, DOCUMENTEN

if TYPE_CHECKING:
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

MOST: Final = 1000
"""How many numbers one call may reserve."""

RESERVERING: Final = field.group(
    "Een verzoek om documentnummers.",
    bronorganisatie=field.rsin("RSIN van de organisatie die de documenten gaat maken."),
    aantal=field.integer("Hoeveel nummers.", 1, MOST, optional=True, default=1),
)
_NUMMER: Final = {
    "type": "object",
    "required": ["identificatie"],
    "properties": {"identificatie": {"type": "string", "maxLength": 40}},
}


def reserveer(actor: Actor, call: Call) -> Any:
    """Draw numbers that the house will never hand out by itself; Invalid."""
    demand_fresh(actor)
    intake = Intake(call.base)
    asked = RESERVERING.taken(call.body, "", intake)
    if intake.faults:
        named = [Fault(each.name.lstrip("."), each.code, each.reason) for each in intake.faults]
        raise Invalid(named)
    word = cast("Number", EnkelvoudigInformatieObject.words["identificatie"])
    drawn = [
        {"identificatie": draw(EnkelvoudigInformatieObject, word)} for _ in range(asked["aantal"])
    ]
    return drawn if len(drawn) > 1 else drawn[0]


Command(
    DOCUMENTEN,
    "documentnummer_reserveren",
    reserveer,
    (AANMAKEN,),
    "Reserveer documentnummers.",
    request=RESERVERING.schema(),
    response={"oneOf": [_NUMMER, {"type": "array", "items": _NUMMER}]},
    success=201,
    of=enkelvoudiginformatieobjecten,
)
