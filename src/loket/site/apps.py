from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Het huis als geheel."""

    name = "loket.site"
    label = "site"
    verbose_name = "Huis"

    def ready(self) -> None:
        """Connect what registers ask of the world outside; web, worker and commands pass here."""
        from loket.services.output import opdrachten  # noqa: PLC0415 - after all records are known
        from loket.site import referenties, subscriptions, uitgaand  # noqa: PLC0415 - idem

        referenties.connect()
        subscriptions.connect()
        subscriptions.try_callbacks()
        opdrachten.connect(uitgaand.ingericht)
