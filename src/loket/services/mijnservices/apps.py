from __future__ import annotations

from django.apps import AppConfig


class MijnservicesConfig(AppConfig):
    """Wat burgers en bedrijven van zichzelf zien."""

    name = "loket.services.mijnservices"
    label = "mijnservices"
    verbose_name = "MijnServices"
