"""A dry run: what the rules as they are now would have made of the events of one day.

Everything is worked out as if it were to be sent, and nothing is written. The ledger has no index
on the moment of an event, so the day is looked up along its position.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from loket.kernel.clock import AMSTERDAM, today
from loket.ledger.database import one, rows
from loket.ledger.dispatch import Happened
from loket.services.output import gebeurtenissen, onderwerp
from loket.services.output.kanaalkeuze import ANY
from loket.services.output.plannen import naar_de_klok, plannen

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from loket.registers.output.waarden import Gebeurtenis
    from loket.services.output.kanaalkeuze import Keuze
    from loket.services.output.onderwerp import Onderwerp
    from loket.services.output.plannen import Plan

MOST: Final = 2000
"""Events of one day that are looked at."""

DAYS: Final = 31
"""How long ago a day may be."""

SECONDS: Final = 20.0
"""How long it may take: what is left is told, not worked out."""

_SLACK: Final = timedelta(hours=1)
"""How far the moments of two events may be from the order of their positions."""

_POSITION: Final = """
WITH RECURSIVE zoek(laag, hoog) AS (
    SELECT min(position), max(position) + 1 FROM ledger_event
    UNION ALL
    SELECT CASE WHEN m.position < hoog AND m.moment < %(moment)s THEN m.position + 1 ELSE laag END,
        CASE WHEN m.position < hoog AND m.moment < %(moment)s THEN hoog ELSE (laag + hoog) / 2 END
    FROM zoek LEFT JOIN LATERAL (SELECT e.position, e.moment FROM ledger_event e
        WHERE e.position >= (laag + hoog) / 2 ORDER BY e.position LIMIT 1) m ON true
    WHERE laag < hoog)
SELECT laag FROM zoek WHERE laag >= hoog LIMIT 1
"""
"""The first position from a moment on: halving what is left, along the primary key."""

_EVENTS: Final = """
SELECT e.position, e.id, e.moment, e.register, e.resource, e.key, e.main_resource, e.main_key,
    e.actie
FROM ledger_event e
WHERE e.position >= %(van)s AND e.position < %(tot)s
    AND e.moment >= %(begin)s AND e.moment < %(eind)s
    AND ((e.actie = 'create' AND (e.register, e.resource) IN (
            SELECT * FROM unnest(%(registers)s::text[], %(resources)s::text[])))
        OR (e.actie = 'partial_update' AND e.resource = 'externetaken'))
ORDER BY e.position LIMIT %(most)s
"""
_RULED: Final = "SELECT DISTINCT gebeurtenis FROM output_outputregel WHERE actief"


@dataclass(frozen=True)
class Uitkomst:
    """A message that a rule would lead to."""

    moment: datetime
    soort: Gebeurtenis
    zaaknummer: str
    hoofd_object: str
    regel: str
    regel_id: Any
    keuze: Keuze | None
    afgevallen: list[Keuze]
    wanneer: datetime


@dataclass
class Proef:
    """What a day would have led to, and how far it was looked at."""

    dag: date
    bekeken: int = 0
    zonder_regel: int = 0
    niet_meer: int = 0
    niemand: int = 0
    """Events with a rule, though for nobody."""
    berichten: list[Uitkomst] = field(default_factory=list)
    meer: bool = False
    tot: datetime | None = None
    """Until when it was looked at, where the time or the number was up."""

    @property
    def per_kanaal(self) -> list[tuple[str, int]]:
        """How many messages go over each channel, the most first."""
        counted = Counter(
            str(each.keuze.kanaal.label) if each.keuze else "Niemand te bereiken"
            for each in self.berichten
        )
        return counted.most_common()


def draai(
    dag: date, ingericht: Collection[str] = ANY, most: int = MOST, seconds: float = SECONDS
) -> Proef:
    """Work out what the events of a day would lead to; nothing is written."""
    proef, seen, until = Proef(dag), set[str](), monotonic() + seconds
    ruled = {soort for (soort,) in rows(_RULED)}
    events = _events(dag, most + 1)
    for event in events:
        if proef.bekeken == most or monotonic() > until:
            proef.meer, proef.tot = True, event.moment
            break
        proef.bekeken += 1
        soort = gebeurtenissen.kind_of(event)
        if soort is None or soort not in ruled:
            proef.zonder_regel += 1
            continue
        about = onderwerp.van(soort, event.key, event.main_key)
        if about is None:
            proef.niet_meer += 1
            continue
        plans = list(plannen(event, soort, about, ingericht))
        proef.niemand += not plans
        for plan in plans:
            if plan.sleutel not in seen:
                seen.add(plan.sleutel)
                proef.berichten.append(_uitkomst(plan, event, about))
    return proef


def eerste_dag() -> date:
    """Return the first day that may be looked at."""
    return today() - timedelta(days=DAYS)


def _events(dag: date, most: int) -> list[Happened]:
    """Return the events of a day that may be news."""
    begin = datetime.combine(dag, time(), AMSTERDAM)
    eind = datetime.combine(dag + timedelta(days=1), time(), AMSTERDAM)
    registers, resources = zip(*gebeurtenissen.MADE, strict=True)
    found = rows(
        _EVENTS,
        {
            "van": first_position(begin - _SLACK), "tot": first_position(eind + _SLACK),
            "begin": begin, "eind": eind, "most": most,
            "registers": list(registers), "resources": list(resources),
        },
    )  # fmt: skip
    made: list[list[Any]] = [[*row, {}, ""] for row in found]
    return [Happened(*each) for each in made]


def first_position(moment: datetime) -> int:
    """Return the position of the first event from a moment on; after the last where it is later."""
    row = one(_POSITION, {"moment": moment})
    return int(row[0]) if row else 0


def _uitkomst(plan: Plan, event: Happened, about: Onderwerp) -> Uitkomst:
    moment = max(filter(None, (event.moment, about.vanaf)))
    return Uitkomst(
        event.moment,
        plan.soort,
        about.waarden.get("zaak.nummer", ""),
        about.hoofd_object,
        plan.regel.naam,
        plan.regel.id,
        plan.eerste,
        [each for each in plan.keuzes if each.reden],
        naar_de_klok(plan.regel, moment, plan.eerste),
    )
