from __future__ import annotations

from django.apps import AppConfig


class OutputConfig(AppConfig):
    """Welke gebeurtenis tot welk bericht leidt, langs welk kanaal, en wat er verzonden is."""

    name = "loket.registers.output"
    label = "output"
    verbose_name = "Output"
