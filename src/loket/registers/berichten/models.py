"""The records of the register, for Django to find."""

from loket.registers.berichten.bericht import Bericht

__all__ = ["Bericht"]
