from __future__ import annotations

from django.apps import AppConfig


class NotificatiesConfig(AppConfig):
    """Wie er hoort dat er iets veranderde."""

    name = "loket.registers.notificaties"
    label = "notificaties"
    verbose_name = "Notificaties"
