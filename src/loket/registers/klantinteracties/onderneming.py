"""Which numbers of an enterprise belong together, for who looks for its things in any register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.change import demand_fresh
from loket.grammar.resource import Command
from loket.kernel.problems import Fault, Invalid, InvalidValue
from loket.ledger.database import rows
from loket.registers.klantinteracties.identificator_regels import SOORTEN
from loket.registers.klantinteracties.ondernemingsnummer import (
    FAMILIE,
    NUMMER,
    SOORT,
    VELDEN,
    taken,
)
from loket.registers.klantinteracties.register import KLANTINTERACTIES, LEZEN
from loket.registers.klantinteracties.samenvoegopdrachten import checked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor


def nummers(actor: Actor, nummer: str) -> dict[str, list[str]]:
    """Return the numbers whose things whoever holds this number may find; its own among them."""
    demand_fresh(actor)
    found: dict[str, list[str]] = {name: [] for name in VELDEN.values()}
    sql = f"SELECT {SOORT}, {NUMMER} FROM ({FAMILIE}) f ORDER BY 2"  # noqa: S608 - fixed
    for soort, each in rows(sql.replace("{value}", "%s"), (taken(nummer),)):
        if each not in found[VELDEN[soort]]:
            found[VELDEN[soort]].append(each)
    if not any(found.values()):  # not of a partij that is known here, but a number all the same
        soort = next(each for each in VELDEN if SOORTEN[each][2] == len(nummer))
        found[VELDEN[soort]].append(nummer)
    return found


def zoek_nummers(actor: Actor, call: Call) -> Mapping[str, Any]:
    """Answer which numbers belong together."""
    nummer = checked(call.body).get("nummer")
    try:
        return nummers(actor, taken(nummer if isinstance(nummer, str) else ""))
    except InvalidValue as problem:
        raise Invalid([Fault("nummer", problem.code, problem.reason)]) from None


Command(
    KLANTINTERACTIES,
    "ondernemingsnummers",
    zoek_nummers,
    LEZEN,
    "Welke nummers horen volgens de regels van de gemeente bij dit nummer van een onderneming?",
    request={
        "type": "object",
        "required": ["nummer"],
        "properties": {
            "nummer": {
                "type": "string",
                "pattern": "^[0-9]{8,12}$",
                "description": "Een KVK-nummer, RSIN of vestigingsnummer.",
            }
        },
    },
    response={
        "type": "object",
        "required": list(VELDEN.values()),
        "properties": {
            name: {"type": "array", "items": {"type": "string"}} for name in VELDEN.values()
        },
    },
)
