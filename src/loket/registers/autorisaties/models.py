"""Where Django finds the record of this register."""

from __future__ import annotations

from loket.registers.autorisaties.applicatie import Applicatie

__all__ = ["Applicatie"]
