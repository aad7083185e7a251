from __future__ import annotations

from django.apps import AppConfig


class KlantinteractiesConfig(AppConfig):
    """Partijen en klantcontacten."""

    name = "loket.registers.klantinteracties"
    label = "klantinteracties"
    verbose_name = "Klantinteracties"
