"""When a task may be done, reminded of, and moved from one status to another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from loket.grammar.moving import only_along
from loket.grammar.rule import rule
from loket.registers.taken.details import faults
from loket.registers.taken.waarden import NAAR, TaakStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.grammar.change import Change
    from loket.kernel.problems import Fault
    from loket.registers.taken.externetaak import ExterneTaak

HERINNERING = timedelta(days=7)
"""How long before the last day somebody is reminded, when nothing else was said."""


def vul_in(taak: Any, change: Change) -> None:
    """Choose the day of the reminder, never before the first day; a later one is a new one."""
    if taak.datum_herinnering is None and taak.einddatum_handelings_termijn is not None:
        last: date = taak.einddatum_handelings_termijn
        wanted = last - min(HERINNERING, last - date.min)
        taak.datum_herinnering = max(wanted, min(taak.startdatum, last))
    before: Any = change.before
    if before is not None and before.datum_herinnering != taak.datum_herinnering:
        taak.herinnerd_op = None


def details_passen(taak: Any, change: Change) -> Sequence[Fault]:
    """Hold the form to its kind."""
    return faults(taak.taak_soort, taak.details, change.sent.get("details"))


mag_die_kant_op = only_along(NAAR, "status", TaakStatus, "De taak")


@rule("date-mismatch", on="startdatum")
def begint_voor_het_eind(taak: ExterneTaak) -> bool:
    """De eerste dag ligt niet na de laatste."""
    return bool(taak.startdatum <= taak.einddatum_handelings_termijn)


@rule("date-mismatch", on="datumHerinnering")
def herinnert_voor_het_eind(taak: ExterneTaak) -> bool:
    """De herinnering komt niet na de laatste dag."""
    when: Any = taak.datum_herinnering
    return when is None or when <= taak.einddatum_handelings_termijn
