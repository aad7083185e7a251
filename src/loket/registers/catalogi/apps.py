from __future__ import annotations

from django.apps import AppConfig


class CatalogiConfig(AppConfig):
    """Zaaktypen en alles wat daarbij hoort."""

    name = "loket.registers.catalogi"
    label = "catalogi"
    verbose_name = "Catalogi"
