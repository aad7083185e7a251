"""The records of the register, for Django to find."""

from loket.registers.taken.externetaak import ExterneTaak

__all__ = ["ExterneTaak"]
