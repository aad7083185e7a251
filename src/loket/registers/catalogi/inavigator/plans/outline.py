"""The names and relations of an export, worked out before anything is planned."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from loket.registers.catalogi.inavigator.model import Onderdeel, Proces, Procesmodel
from loket.registers.catalogi.inavigator.plans.draft import Draft, cut
from loket.registers.catalogi.inavigator.plans.plan import (
    BESLUITTYPE,
    EIGENSCHAP,
    INFORMATIEOBJECTTYPE,
    RESULTAATTYPE,
    ROLTYPE,
    STATUSTYPE,
    Plan,
    Skipped,
)

Part = TypeVar("Part", bound=Onderdeel)

LIMITS = {
    STATUSTYPE: 80,
    RESULTAATTYPE: 30,
    ROLTYPE: 100,
    EIGENSCHAP: 20,
    BESLUITTYPE: 80,
    INFORMATIEOBJECTTYPE: 80,
}
SHARED = frozenset({BESLUITTYPE, INFORMATIEOBJECTTYPE})


@dataclass
class Names:
    """Short names that fit the standard; two different names never become the same."""

    taken: dict[tuple[str, str], dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def short(self, kind: str, scope: str, full: str) -> str:
        """The name as it will stand in the register."""
        limit = LIMITS[kind]
        taken = self.taken[kind, "" if kind in SHARED else scope]
        candidate, count = cut(full, limit), 1
        while taken.setdefault(candidate, full) != full:
            count += 1
            tail = f" {count}"
            candidate = cut(full, limit - len(tail)) + tail
        return candidate


class Outline:
    """What the planning of every part needs: the export, its names, its date, the results."""

    def __init__(self, model: Procesmodel) -> None:
        self.model = model
        self.names = Names()
        self.plans: list[Plan] = []
        self.skipped: list[Skipped] = []
        self.seen: dict[tuple[str, str], int] = {}
        first = {proces.id: proces for proces in reversed(model.processen) if proces.actief}
        self.processen = [proces for proces in model.processen if proces is first.get(proces.id)]
        self.unused_processen = [
            proces for proces in model.processen if proces is not first.get(proces.id)
        ]

    def name(self, kind: str, proces: Proces, onderdeel: Onderdeel) -> str:
        """The name of a part in the register."""
        return self.names.short(kind, proces.id, onderdeel.naam)

    def begin(self, *days: date | None) -> date:
        """The earliest of the days, or the day of the export."""
        return min((day for day in days if day is not None), default=self.model.datum)

    def add(self, draft: Draft) -> None:
        """Plan a draft, unless the export has it twice."""
        place = draft.kind, draft.key
        if place in self.seen:
            reason = f"Staat al met dezelfde naam op regel {self.seen[place]}."
            self.skip(draft.kind, draft.key, reason, draft.line)
            return
        self.seen[place] = draft.line
        self.plans.append(draft.plan())

    def skip(self, kind: str, key: str, reason: str, line: int) -> None:
        """Note that nothing is made of something."""
        self.skipped.append(Skipped(kind, key, reason, line))

    def in_use(self, parts: Iterable[Part]) -> list[Part]:
        """The parts that are active and valid on the day of the export."""
        return [part for part in parts if not self.out_of_use(part)]

    def skip_unused(self, kind: str, proces: Proces, parts: Iterable[Onderdeel]) -> None:
        """Note which parts are out of use."""
        for part in parts:
            if reason := self.out_of_use(part):
                self.skip(kind, f"{proces.id}/{part.naam}", reason, part.line)

    def out_of_use(self, part: Onderdeel) -> str:
        """Why a part is not in use; empty when it is."""
        if not part.actief:
            return "Staat in i-Navigator op niet actief."
        if part.actueel_tot is not None and part.actueel_tot < self.model.datum:
            return f"Was geldig tot {part.actueel_tot}."
        return ""

    def related(
        self, proces: Proces, rule: str, part: Onderdeel, others: Iterable[Part]
    ) -> list[Part]:
        """The other parts that a rule relates to this part, whichever of the two comes first."""
        pairs = {(regel.van, regel.naar) for regel in proces.regels if regel.naam == rule}
        return [
            other
            for other in self.in_use(others)
            if (part.id, other.id) in pairs or (other.id, part.id) in pairs
        ]
