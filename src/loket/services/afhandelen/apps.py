from __future__ import annotations

from django.apps import AppConfig


class AfhandelenConfig(AppConfig):
    """Van verzoek naar zaak."""

    name = "loket.services.afhandelen"
    label = "afhandelen"
    verbose_name = "Afhandelen"

    def ready(self) -> None:
        """Let the register of verzoeken offer what takes more registers than itself."""
        from loket.services.afhandelen import verwerken  # noqa: F401, PLC0415 - declares a command
