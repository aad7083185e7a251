from __future__ import annotations

from django.apps import AppConfig


class DocumentenConfig(AppConfig):
    """Documenten, hun versies, bestanden en gebruiksrechten."""

    name = "loket.registers.documenten"
    label = "documenten"
    verbose_name = "Documenten"
