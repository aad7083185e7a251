from __future__ import annotations

from django.apps import AppConfig


class ContactgegevensConfig(AppConfig):
    """Personen en organisaties die niet in BRP of handelsregister staan."""

    name = "loket.registers.contactgegevens"
    label = "contactgegevens"
    verbose_name = "Contactgegevens"
