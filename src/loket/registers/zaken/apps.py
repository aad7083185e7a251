from __future__ import annotations

from django.apps import AppConfig


class ZakenConfig(AppConfig):
    """Zaken, hun statussen, rollen en resultaten."""

    name = "loket.registers.zaken"
    label = "zaken"
    verbose_name = "Zaken"
