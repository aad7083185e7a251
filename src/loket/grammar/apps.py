from __future__ import annotations

from django.apps import AppConfig


class GrammarConfig(AppConfig):
    """The language in which registers are written."""

    name = "loket.grammar"
    label = "grammar"
    verbose_name = "Grammatica"
    default_auto_field = "django.db.models.BigAutoField"
