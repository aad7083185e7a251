from __future__ import annotations

from django.apps import AppConfig


class AutorisatiesConfig(AppConfig):
    """Applicaties en wat zij mogen."""

    name = "loket.registers.autorisaties"
    label = "autorisaties"
    verbose_name = "Autorisaties"
    default_auto_field = "django.db.models.BigAutoField"
