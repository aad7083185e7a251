"""The records of the register, for Django to find."""

from loket.registers.contactgegevens.organisatie import Organisatie
from loket.registers.contactgegevens.persoon import Persoon

__all__ = ["Organisatie", "Persoon"]
