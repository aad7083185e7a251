from __future__ import annotations

from django.apps import AppConfig


class VerzoekenConfig(AppConfig):
    """Wat burgers en bedrijven de gemeente vragen, en waaruit zo'n verzoek bestaat."""

    name = "loket.registers.verzoeken"
    label = "verzoeken"
    verbose_name = "Verzoeken"
