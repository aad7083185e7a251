"""Lists to choose from: the check on values of one that is fixed, and an example to begin with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.clock import AMSTERDAM, now
from loket.kernel.problems import Fault
from loket.ledger.database import rows
from loket.registers.klantinteracties.referentiewaarde import referentiewaarden
from loket.registers.klantinteracties.waarden import Lijst

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loket.grammar.change import Change
    from loket.kernel.actor import Actor

VOORBEELD = Path(__file__).with_name("referentiewaarden.json")
"""The example: the kanalen and kinds of message of the standard's own cases, and languages."""

_VAST = """
SELECT v.lijst FROM (VALUES {values}) v(lijst, code)
JOIN klantinteracties_contactinstellingen i ON i.vaste_lijsten @> to_jsonb(v.lijst)
WHERE NOT EXISTS (SELECT FROM klantinteracties_referentiewaarde r
    WHERE r.lijst = v.lijst AND r.code = v.code AND r.begin_geldigheid <= %(dag)s
        AND (r.einde_geldigheid IS NULL OR r.einde_geldigheid >= %(dag)s))
"""
"""Which of the values stand in none of the lists that are fixed."""


def uit_lijst(**names: Lijst) -> Callable[[Any, Change], Sequence[Fault]]:
    """Make the check that words hold values of their lists, as far as these are fixed.

    What a record held already it may keep, whatever became of the list.
    """

    def staat_in_de_lijst(record: Any, change: Change) -> Sequence[Fault]:
        before: Any = change.before
        asked = {
            lijst: name
            for name, lijst in names.items()
            if getattr(record, name) and getattr(before, name, None) != getattr(record, name)
        }
        if not asked:
            return ()
        moment = getattr(record, "plaatsgevonden_op", None) or now()
        params: dict[str, Any] = {"dag": moment.astimezone(AMSTERDAM).date()}
        for nr, (lijst, name) in enumerate(asked.items()):
            params |= {f"l{nr}": lijst.value, f"c{nr}": getattr(record, name)}
        values = ", ".join(f"(%(l{nr})s::text, %(c{nr})s::text)" for nr in range(len(asked)))
        return [
            _fault(record, asked[Lijst(lijst)], Lijst(lijst))
            for (lijst,) in rows(_VAST.replace("{values}", values), params)
        ]

    return staat_in_de_lijst


def _fault(record: Any, name: str, lijst: Lijst) -> Fault:
    reason = f"Deze waarde staat niet in de lijst {lijst.label.lower()} van de gemeente."
    return Fault(record.words[name].wire, "invalid_choice", reason)


def vul(actor: Actor) -> int:
    """Put the example into the lists, as far as it is not there; return how many were added."""
    told: dict[str, dict[str, str]] = json.loads(VOORBEELD.read_text(encoding="utf-8"))
    there = set(rows("SELECT lijst, code FROM klantinteracties_referentiewaarde"))
    missing = [
        {"lijst": lijst, "code": code, "naam": naam, "beginGeldigheid": "2020-01-01"}
        for lijst, values in told.items()
        for code, naam in values.items()
        if (lijst, code) not in there
    ]
    for body in missing:
        referentiewaarden.create(actor, body, Call(base=HOUSE, toelichting="voorbeeldvulling"))
    return len(missing)
