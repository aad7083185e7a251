"""Where Django finds the records of this register."""

from __future__ import annotations

from loket.registers.beheer.client import Client
from loket.registers.beheer.instellingen import Instellingen
from loket.registers.beheer.notificatiedienst import Notificatiedienst

__all__ = ["Client", "Instellingen", "Notificatiedienst"]
