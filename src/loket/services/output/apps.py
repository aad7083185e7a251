from __future__ import annotations

from django.apps import AppConfig


class OutputConfig(AppConfig):
    """Wat de gemeente verstuurt."""

    name = "loket.services.output"
    label = "outputdienst"
    verbose_name = "Output"

    def ready(self) -> None:
        """Let the register offer what an employee may ask of a message."""
        from loket.services.output import opdrachten  # noqa: F401, PLC0415 - declares commands
