"""The records and commands of this register; each stands in its own file."""

from __future__ import annotations

from loket.registers.besluiten import verwerken
from loket.registers.besluiten.besluit import Besluit
from loket.registers.besluiten.besluitinformatieobject import BesluitInformatieObject

__all__ = ["Besluit", "BesluitInformatieObject", "verwerken"]
