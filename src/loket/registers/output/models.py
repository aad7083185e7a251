"""The records of the register, for Django to find."""

from loket.registers.output.klantnotificatie import Klantnotificatie
from loket.registers.output.outputregel import Outputregel
from loket.registers.output.sjabloon import Sjabloon
from loket.registers.output.sjabloonversie import SjabloonVersie

__all__ = ["Klantnotificatie", "Outputregel", "Sjabloon", "SjabloonVersie"]
