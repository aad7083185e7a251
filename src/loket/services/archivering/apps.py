from __future__ import annotations

from django.apps import AppConfig


class ArchiveringConfig(AppConfig):
    """Vernietigen en overbrengen van wat aan de beurt is."""

    name = "loket.services.archivering"
    label = "archivering"
    verbose_name = "Archivering"

    def ready(self) -> None:
        """Let the register of lists read zaken through here."""
        from loket.registers.archief.vernietigingsregel import lees_met  # noqa: PLC0415 - after all records are known
        from loket.services.archivering.aan_de_beurt import lees  # noqa: PLC0415 - idem

        lees_met(lees)
