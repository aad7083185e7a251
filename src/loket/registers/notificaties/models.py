"""The records of the register, for Django to find."""

from loket.registers.notificaties.abonnement import Abonnement
from loket.registers.notificaties.kanaal import Kanaal
from loket.registers.notificaties.notificatie import Notificatie

__all__ = ["Abonnement", "Kanaal", "Notificatie"]
