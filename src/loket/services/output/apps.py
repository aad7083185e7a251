from __future__ import annotations

from django.apps import AppConfig


class OutputConfig(AppConfig):
    """Wat de gemeente verstuurt."""

    name = "loket.services.output"
    label = "outputdienst"
    verbose_name = "Output"
