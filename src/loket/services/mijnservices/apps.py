from __future__ import annotations

from django.apps import AppConfig


class MijnservicesConfig(AppConfig):
    """Wat burgers en bedrijven van zichzelf zien."""

    name = "loket.services.mijnservices"
    label = "mijnservices"
    verbose_name = "MijnServices"

    def ready(self) -> None:
        """Offer the API for the portals of others."""
        from loket.services.mijnservices.mijntaken import (  # noqa: PLC0415
            verrichtingen,  # noqa: F401 - declares commands
        )
