"""The records and commands of this register; each stands in its own file."""

from __future__ import annotations

from loket.registers.archief import stappen
from loket.registers.archief.vernietigingslijst import Vernietigingslijst
from loket.registers.archief.vernietigingsregel import Vernietigingsregel
from loket.registers.archief.vernietigingsverklaring import Vernietigingsverklaring

__all__ = ["Vernietigingslijst", "Vernietigingsregel", "Vernietigingsverklaring", "stappen"]
