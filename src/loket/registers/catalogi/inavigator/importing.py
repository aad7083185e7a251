"""Making what an export plans, through the register's own door, all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loket.grammar.resource import Call
from loket.grammar.writing import HOUSE
from loket.kernel.problems import Invalid
from loket.ledger.database import atomic
from loket.registers.catalogi.besluittype import besluittypen
from loket.registers.catalogi.catalogus import catalogussen
from loket.registers.catalogi.eigenschap import eigenschappen
from loket.registers.catalogi.inavigator.plans import plan as planned
from loket.registers.catalogi.informatieobjecttype import informatieobjecttypen
from loket.registers.catalogi.resultaattype import resultaattypen
from loket.registers.catalogi.roltype import roltypen
from loket.registers.catalogi.statustype import statustypen
from loket.registers.catalogi.zaaktype import zaaktypen
from loket.registers.catalogi.zaaktypeinformatieobjecttype import zaaktypeinformatieobjecttypen

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.kernel.actor import Actor
    from loket.registers.catalogi.inavigator.plans.plan import Mapping, Plan

RESOURCES = {
    planned.CATALOGUS: catalogussen,
    planned.INFORMATIEOBJECTTYPE: informatieobjecttypen,
    planned.BESLUITTYPE: besluittypen,
    planned.ZAAKTYPE: zaaktypen,
    planned.STATUSTYPE: statustypen,
    planned.EIGENSCHAP: eigenschappen,
    planned.RESULTAATTYPE: resultaattypen,
    planned.ROLTYPE: roltypen,
    planned.ZAAKTYPE_INFORMATIEOBJECTTYPE: zaaktypeinformatieobjecttypen,
}
_SELECTIELIJST = {
    planned.SELECTIELIJST_PROCESTYPE: "procestypen",
    planned.SELECTIELIJST_RESULTAAT: "resultaten",
    planned.RESULTAATTYPEOMSCHRIJVING: "resultaattypeomschrijvingen",
}
MADE, SKIPPED = "gemaakt", "overgeslagen"


@dataclass(frozen=True)
class Line:
    """What became of one thing in the export, and why."""

    kind: str
    key: str
    outcome: str
    reason: str
    source_line: int


def carry_out(
    mapping: Mapping, actor: Actor, tell: Callable[[int, int], None] = lambda *_: None
) -> list[Line]:
    """Make what is planned and not there yet; one transaction, so a failure leaves nothing.

    `tell` hears how far it is: done, of how many.
    """
    done: dict[tuple[str, str], Any] = {}
    lines = [Line(s.kind, s.key, SKIPPED, s.reason, s.source_line) for s in mapping.skipped]
    with atomic():
        for nr, plan in enumerate(mapping.plans, start=1):
            lines.append(_carry_out(plan, actor, done))
            tell(nr, len(mapping.plans))
    return sorted(lines, key=lambda line: line.source_line)


def _carry_out(plan: Plan, actor: Actor, done: dict[tuple[str, str], Any]) -> Line:
    remarks = " ".join(plan.remarks)
    if plan.missing:
        reason = f"de export noemt geen {', '.join(plan.missing)}. {remarks}".strip()
        return Line(plan.kind, plan.key, SKIPPED, reason, plan.source_line)
    body = {name: _resolved(value, done) for name, value in plan.body.items()}
    if _unmade in body.values():
        return Line(
            plan.kind, plan.key, SKIPPED, "waar dit bij hoort, is overgeslagen", plan.source_line
        )
    found = _existing(plan, body)
    if found is not None:
        done[plan.kind, plan.key] = found
        return Line(plan.kind, plan.key, SKIPPED, "bestaat al", plan.source_line)
    try:
        with atomic():
            written = RESOURCES[plan.kind].create(actor, body, Call(base=HOUSE))
    except Invalid as problem:
        faults = "; ".join(f"{fault.name}: {fault.reason}" for fault in problem.faults)
        return Line(plan.kind, plan.key, SKIPPED, faults, plan.source_line)
    done[plan.kind, plan.key] = written.record
    return Line(plan.kind, plan.key, MADE, remarks, plan.source_line)


class _Unmade:
    """Stands for a record that was skipped."""


_unmade = _Unmade()


def _resolved(value: Any, done: dict[tuple[str, str], Any]) -> Any:
    if isinstance(value, planned.Ref):
        if value.kind in _SELECTIELIJST:
            return f"{HOUSE}/selectielijst/api/v1/{_SELECTIELIJST[value.kind]}/{value.key}"
        return done.get((value.kind, value.key), _unmade)
    if isinstance(value, dict):
        return {name: _resolved(each, done) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_resolved(each, done) for each in value]
    return value


def _existing(plan: Plan, body: dict[str, Any]) -> Any:
    """Return the record with the natural key of a plan, in whichever version, or None."""
    record: Any = RESOURCES[plan.kind].record
    by_wire = {word.wire: name for name, word in record.words.items()}
    wanted = {by_wire[name]: body[name] for name in planned.NATURAL_KEYS[plan.kind]}
    return record.objects.filter(**wanted).first()


__all__ = ["MADE", "SKIPPED", "Line", "carry_out"]
