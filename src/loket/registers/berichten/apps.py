from __future__ import annotations

from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    """Berichten van de gemeente aan burgers en bedrijven."""

    name = "loket.registers.berichten"
    label = "berichten"
    verbose_name = "Berichten"
