from __future__ import annotations

from django.apps import AppConfig


class SelectielijstConfig(AppConfig):
    """De Selectielijst en de referentielijsten."""

    name = "loket.registers.selectielijst"
    label = "selectielijst"
    verbose_name = "Selectielijst"
