"""The tables of this register; the record stands with its resource in its own file."""

from __future__ import annotations

from django.db import models

from loket.kernel.clock import now
from loket.registers.autorisaties.applicatie import Applicatie

__all__ = ["Applicatie", "Client"]


class Client(models.Model):
    """Een client met een geheim, waarmee een applicatie zich bekendmaakt.

    A client may exist without an applicatie: it is known, and may do nothing.
    """

    client_id = models.CharField("client-id", max_length=50, primary_key=True)
    secret = models.CharField("geheim", max_length=255)
    purposes = models.JSONField("doelbindingen", default=list, blank=True)
    regimes = models.JSONField("regimes", default=list, blank=True)
    created = models.DateTimeField("aangemaakt", default=now)

    class Meta:
        verbose_name = "client"
        verbose_name_plural = "clients"

    def __str__(self) -> str:
        return str(self.client_id)
