from __future__ import annotations

from django.apps import AppConfig


class BesluitenConfig(AppConfig):
    """Besluiten en de documenten waarin zij zijn vastgelegd."""

    name = "loket.registers.besluiten"
    label = "besluiten"
    verbose_name = "Besluiten"
