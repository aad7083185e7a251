"""The records of the register, for Django to find."""

from loket.registers.verzoeken.verzoek import Verzoek
from loket.registers.verzoeken.verzoektype import VerzoekType
from loket.registers.verzoeken.verzoektypeversie import VerzoekTypeVersie

__all__ = ["Verzoek", "VerzoekType", "VerzoekTypeVersie"]
