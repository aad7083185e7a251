"""Reserving zaaknummers, to be used later in a POST of a zaak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from loket.grammar import field
from loket.grammar.change import demand_fresh
from loket.grammar.resource import Command
from loket.grammar.storing import draw
from loket.grammar.words import Intake, Number
from loket.kernel.problems import Fault, Invalid
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.zaak import Zaak, zaken

if TYPE_CHECKING:
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

MOST = 1000
"""How many numbers one call may reserve."""

RESERVERING = field.group(
    "Een verzoek om zaaknummers.",
    bronorganisatie=field.rsin("RSIN van de organisatie die de zaken gaat maken."),
    aantal=field.integer("Hoeveel nummers.", 1, MOST, optional=True, default=1),
)
_NUMMER = {"type": "object", "properties": {"zaaknummer": {"type": "string", "maxLength": 40}}}


def reserveer(actor: Actor, call: Call) -> Any:
    """Draw numbers that the house will never hand out by itself; Invalid."""
    demand_fresh(actor)
    intake = Intake(call.base)
    asked = RESERVERING.taken(call.body, "", intake)
    if intake.faults:
        named = [Fault(each.name.lstrip("."), each.code, each.reason) for each in intake.faults]
        raise Invalid(named)
    word = cast("Number", Zaak.words["identificatie"])
    drawn = [{"zaaknummer": draw(Zaak, word)} for _ in range(asked["aantal"])]
    return drawn if len(drawn) > 1 else drawn[0]


def _command(path: str, summary: str) -> Command:
    return Command(
        ZAKEN,
        path,
        reserveer,
        ("zaken.aanmaken",),
        summary,
        request=RESERVERING.schema(),
        response={"oneOf": [_NUMMER, {"type": "array", "items": _NUMMER}]},
        success=201,
        of=zaken,
    )


zaaknummer_reserveren = _command("zaaknummer_reserveren", "Reserveer zaaknummers.")
reserveer_zaaknummer = _command(
    "reserveer_zaaknummer", "Reserveer zaaknummers (de oude naam in Open Zaak)."
)
