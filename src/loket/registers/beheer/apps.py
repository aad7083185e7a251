from __future__ import annotations

from django.apps import AppConfig


class BeheerConfig(AppConfig):
    """Clients en instellingen van de gemeente."""

    name = "loket.registers.beheer"
    label = "beheer"
    verbose_name = "Gemeente en clients"
