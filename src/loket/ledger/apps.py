from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """What happened, append-only."""

    name = "loket.ledger"
    label = "ledger"
    verbose_name = "Grootboek"
    default_auto_field = "django.db.models.BigAutoField"
