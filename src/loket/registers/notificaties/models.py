"""The records of the register, for Django to find, and its commands."""

from loket.registers.notificaties import aflevering, herhalen
from loket.registers.notificaties.abonnement import Abonnement
from loket.registers.notificaties.cloudevent import Cloudevent
from loket.registers.notificaties.gezien import Gezien
from loket.registers.notificaties.kanaal import Kanaal
from loket.registers.notificaties.notificatie import Notificatie

__all__ = ["Abonnement", "Cloudevent", "Gezien", "Kanaal", "Notificatie", "aflevering", "herhalen"]
