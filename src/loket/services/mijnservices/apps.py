from __future__ import annotations

from django.apps import AppConfig


class MijnservicesConfig(AppConfig):
    """Wat burgers en bedrijven van zichzelf zien."""

    name = "loket.services.mijnservices"
    label = "mijnservices"
    verbose_name = "MijnServices"

    def ready(self) -> None:
        """Offer the APIs for the portals and apps of others."""
        from loket.services.mijnservices.mijn import (  # noqa: PLC0415
            doen,  # noqa: F401 - declares commands
            lezen,  # noqa: F401 - declares commands
            overzicht,  # noqa: F401 - declares commands
            profiel,  # noqa: F401 - declares commands
            zoeken,  # noqa: F401 - declares commands
        )
        from loket.services.mijnservices.mijntaken import (  # noqa: PLC0415
            verrichtingen,  # noqa: F401 - declares commands
        )
