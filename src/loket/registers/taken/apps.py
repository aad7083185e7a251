from __future__ import annotations

from django.apps import AppConfig


class TakenConfig(AppConfig):
    """Wat burgers en bedrijven voor een zaak nog te doen hebben."""

    name = "loket.registers.taken"
    label = "taken"
    verbose_name = "Taken"
