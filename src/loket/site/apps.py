from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Het huis als geheel."""

    name = "loket.site"
    label = "site"
    verbose_name = "Huis"
