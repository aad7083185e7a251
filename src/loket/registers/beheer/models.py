"""Where Django finds the records of this register."""

from __future__ import annotations

from loket.registers.beheer.basisregistratie import Basisregistratie
from loket.registers.beheer.client import Client
from loket.registers.beheer.federatiebron import Federatiebron
from loket.registers.beheer.inlogmiddel import Inlogmiddel
from loket.registers.beheer.instellingen import Instellingen
from loket.registers.beheer.notificatiedienst import Notificatiedienst
from loket.registers.beheer.ondertekensleutel import Ondertekensleutel

__all__ = [
    "Basisregistratie",
    "Client",
    "Federatiebron",
    "Inlogmiddel",
    "Instellingen",
    "Notificatiedienst",
    "Ondertekensleutel",
]
