"""The moves of a list: offered by one person, returned or approved by another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loket.grammar import field
from loket.grammar.change import Change, demand_fresh, held
from loket.grammar.reading import common, representation_sql
from loket.grammar.resource import Command
from loket.grammar.words import Intake
from loket.grammar.writing import adjust
from loket.kernel.clock import now, today
from loket.kernel.problems import Conflict, Fault, Forbidden, Invalid, NotFound
from loket.ledger.database import atomic, one
from loket.registers.archief.register import ARCHIEF, OPSTELLEN, VASTSTELLEN
from loket.registers.archief.vernietigingslijst import vernietigingslijsten, wie
from loket.registers.archief.vernietigingsregel import vernietigingsregels
from loket.registers.archief.waarden import STAPPEN, Regelstand, Stand, Stap

if TYPE_CHECKING:
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

OORDEEL = field.group(
    "Wat de beoordelaar ervan zegt.", oordeel=field.prose("Het oordeel.", optional=True)
)


@dataclass(frozen=True, eq=False)
class Verzetten:
    """Moves a list one step."""

    naam: str
    stap: Stap

    def __call__(self, actor: Actor, call: Call) -> bytes:
        """Move the list in the path; return it as it then stands. Conflict, Forbidden, Invalid."""
        if call.key is None:
            raise NotFound
        oordeel = _oordeel(call)
        with atomic():
            demand_fresh(actor)
            change = Change(vernietigingslijsten, actor, "partial_update", call)
            lijst = change.record = held(vernietigingslijsten, call.key, actor)
            self._check(lijst, change, oordeel)
            adjust(vernietigingslijsten, lijst, change, **self._changes(change, oordeel))
            if self.stap.naar == Stand.VASTGESTELD:
                _let_go(lijst, change)
            params = common(actor, call.base, today(), call.trace)
            row = one(representation_sql(vernietigingslijsten), {**params, "key": lijst.pk})
        return bytes(row[0])

    def _check(self, lijst: Any, change: Change, oordeel: str) -> None:
        if lijst.stand != self.stap.van:
            raise Conflict(f"De lijst is {Stand(lijst.stand).label.lower()}.")
        if self.stap.ander and wie(change) == lijst.opsteller:
            raise Forbidden("Wie de lijst aanbood, kan haar niet zelf beoordelen.")
        if self.naam == "teruggeven" and not oordeel:
            raise Invalid([Fault("oordeel", "required", "Zeg wat er anders moet.")])
        if self.naam == "aanbieden" and not lijst.regels.filter(stand=Regelstand.VOORGESTELD):
            raise Invalid(
                [Fault("nonFieldErrors", "lijst-leeg", "Er staat geen zaak op de lijst.")]
            )

    def _changes(self, change: Change, oordeel: str) -> dict[str, Any]:
        made: dict[str, Any] = {"stand": self.stap.naar.value}
        if not self.stap.ander:
            made["opsteller"] = wie(change)
        else:
            made |= {"beoordelaar": wie(change), "beoordeeld_op": now(), "oordeel": oordeel}
        return made


def _oordeel(call: Call) -> str:
    intake = Intake(call.base)
    taken = OORDEEL.taken(call.body if call.body is not None else {}, "", intake)
    if intake.faults:
        raise Invalid([Fault(f.name.lstrip("."), f.code, f.reason) for f in intake.faults])
    return str(taken["oordeel"]).strip()


def _let_go(lijst: Any, change: Change) -> None:
    """Release each zaak of the list to be destroyed: every event of it is one piece of work.

    What was excluded is free for a later list.
    """
    naar = {
        Regelstand.VOORGESTELD: Regelstand.TE_VERNIETIGEN,
        Regelstand.UITGEZONDERD: Regelstand.NIET_VERNIETIGD,
    }
    for regel in lijst.regels.filter(stand__in=naar).order_by("zaaknummer", "id"):
        regel.lijst = lijst
        adjust(vernietigingsregels, regel, change, stand=naar[Regelstand(regel.stand)].value)


stappen = {
    naam: Command(
        ARCHIEF,
        f"vernietigingslijsten/{{uuid}}/{naam}",
        Verzetten(naam, stap),
        VASTSTELLEN if stap.ander else OPSTELLEN,
        f"Een vernietigingslijst {naam}.",
        request=OORDEEL.schema(),
        response={"$ref": "#/components/schemas/Vernietigingslijst"},
        of=vernietigingslijsten,
    )
    for naam, stap in STAPPEN.items()
}
