from __future__ import annotations

from django.apps import AppConfig


class ArchiefConfig(AppConfig):
    """Vernietigingslijsten en verklaringen van vernietiging."""

    name = "loket.registers.archief"
    label = "archief"
    verbose_name = "Archief"
