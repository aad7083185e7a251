"""What an employee may ask of a message: to try it again, or to let it be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.reading import common, representation_sql
from loket.grammar.resource import Command
from loket.kernel.clock import today
from loket.ledger.database import atomic, one
from loket.registers.output.klantnotificatie import klantnotificaties
from loket.registers.output.register import BEHEREN, OUTPUT
from loket.services.output import afloop
from loket.services.output.kanaalkeuze import ANY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

_ways: dict[str, Callable[[], Collection[str]]] = {"ingericht": lambda: ANY}


def connect(ingericht: Callable[[], Collection[str]]) -> None:
    """Say over which channels the municipality at hand can send."""
    _ways["ingericht"] = ingericht


def probeer_opnieuw(actor: Actor, call: Call) -> bytes:
    """Plan a message that failed anew; return it. Conflict, NotFound."""
    with atomic():
        afloop.opnieuw(actor, call, _ways["ingericht"]())
        return _shown(actor, call)


def vervalt(actor: Actor, call: Call) -> bytes:
    """Let a message that was planned never go; return it. Conflict, NotFound."""
    with atomic():
        afloop.laat_vervallen(actor, call)
        return _shown(actor, call)


def _shown(actor: Actor, call: Call) -> bytes:
    params = common(actor, call.base, today(), call.trace)
    return bytes(one(representation_sql(klantnotificaties), {**params, "key": call.key})[0])


_RESPONSE = {"$ref": "#/components/schemas/Klantnotificatie"}
opnieuw = Command(
    OUTPUT,
    "klantnotificaties/{uuid}/opnieuw",
    probeer_opnieuw,
    BEHEREN,
    "Probeer een bericht opnieuw dat mislukte of niemand bereikte.",
    response=_RESPONSE,
    of=klantnotificaties,
)
vervallen = Command(
    OUTPUT,
    "klantnotificaties/{uuid}/vervallen",
    vervalt,
    BEHEREN,
    "Laat een gepland bericht vervallen: het wordt niet verzonden.",
    response=_RESPONSE,
    of=klantnotificaties,
)
