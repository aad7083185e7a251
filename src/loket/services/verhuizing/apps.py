from __future__ import annotations

from django.apps import AppConfig


class VerhuizingConfig(AppConfig):
    """Wat van een andere ZGW-installatie is overgenomen."""

    name = "loket.services.verhuizing"
    label = "verhuizing"
    verbose_name = "Verhuizing"
