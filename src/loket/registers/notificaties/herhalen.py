"""Delivering again, to one subscriber, what happened from a position on."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.authorisation import demand_scope
from loket.grammar.change import demand_fresh
from loket.grammar.resource import Command
from loket.grammar.words import Integer
from loket.kernel.problems import Fault, Invalid, InvalidValue, Malformed
from loket.ledger import deliveries, dispatch
from loket.ledger.database import atomic, one
from loket.registers.notificaties.aflevering import PATH
from loket.registers.notificaties.aflevering_vraag import MOST
from loket.registers.notificaties.register import BEHEREN, NOTIFICATIES

if TYPE_CHECKING:
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

log = logging.getLogger(__name__)

_POSITION: Final = Integer("", min=1, max=MOST)
_ABONNEMENT: Final = "abonnement"


def herhaal(actor: Actor, call: Call) -> dict[str, Any]:
    """Deliver again to one subscriber, and tell how many deliveries that is; Invalid."""
    demand_scope(actor, BEHEREN, NOTIFICATIES.component)
    abonnee, vanaf, tot = _asked(call.body)
    with atomic():
        demand_fresh(actor)
        end = deliveries.last() if tot is None else tot
        number = dispatch.replay(abonnee, vanaf, end)
    log.info("%s replayed %s deliveries to %s from %s on", actor.id, number, abonnee, vanaf)
    return {"abonnee": abonnee, "vanafPositie": vanaf, "totPositie": end, "aantal": number}


def _asked(body: Any) -> tuple[str, int, int | None]:
    """Return what a body asks; Invalid with every fault at once."""
    if not isinstance(body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    faults: list[Fault] = []
    abonnee = body.get("abonnee")
    if abonnee is None:
        faults.append(Fault("abonnee", "required", "Dit veld is verplicht."))
    elif not isinstance(abonnee, str) or not _exists(abonnee):
        faults.append(Fault("abonnee", "does_not_exist", "Deze abonnee bestaat niet."))
    vanaf = _position(body, "vanafPositie", faults, needed=True)
    tot = _position(body, "totPositie", faults)
    if vanaf is not None and tot is not None and tot < vanaf:
        reason = "De laatste positie ligt niet voor de eerste."
        faults.append(Fault("totPositie", "min_value", reason))
    if faults:
        raise Invalid(faults)
    return str(abonnee), vanaf or 1, tot


def _exists(abonnee: str) -> bool:
    """Tell whether there is such a subscriber; of an abonnement it is looked up."""
    family, colon, key = abonnee.partition(":")
    if not colon or family != _ABONNEMENT:
        return deliveries.known(abonnee)
    try:
        found = one("SELECT 1 FROM notificaties_abonnement WHERE id = %s", (UUID(key),))
    except ValueError:
        return False
    return found is not None and key == str(UUID(key)) and deliveries.known(abonnee)


def _position(
    body: dict[str, Any], name: str, faults: list[Fault], *, needed: bool = False
) -> int | None:
    raw = body.get(name)
    if raw is None:
        if needed:
            faults.append(Fault(name, "required", "Dit veld is verplicht."))
        return None
    try:
        return _POSITION.value(raw)
    except InvalidValue as problem:
        faults.append(Fault(name, problem.code, problem.reason))
        return None


_PLACE: Final = {"type": "integer", "minimum": 1}
_ASKED: Final[dict[str, Any]] = {
    "abonnee": {"type": "string", "description": "Wie het opnieuw krijgt."},
    "vanafPositie": {**_PLACE, "description": "De eerste positie in het grootboek."},
    "totPositie": {**_PLACE, "description": "De laatste positie; zonder: alles tot nu toe."},
}

Command(
    NOTIFICATIES,
    f"{PATH}/herhalen",
    herhaal,
    BEHEREN,
    "Lever aan één abonnee opnieuw af wat vanaf een positie gebeurde.",
    request={
        "type": "object",
        "required": ["abonnee", "vanafPositie"],
        "properties": {
            **_ASKED, "totPositie": {**_ASKED["totPositie"], "nullable": True},
        },
    },
    response={
        "type": "object",
        "required": [*_ASKED, "aantal"],
        "properties": {
            **_ASKED,
            "aantal": {"type": "integer", "description": "Hoeveel afleveringen dat zijn."},
        },
    },
)  # fmt: skip
