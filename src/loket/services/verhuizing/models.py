"""The journal of a move: what became of each record of the source."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.kernel.clock import now
from loket.services.verhuizing.states import State


class Overname(models.Model):
    """Wat er van één record van de bron is geworden.

    `fingerprint` is of the record as the source gave it: another one means that it changed there.
    `checksum` is of what was taken over, in the form in which ours is compared with it. Neither
    holds a BSN, which can be guessed from a digest.
    """

    id = models.BigAutoField(primary_key=True)
    url = models.CharField("adres bij de bron", max_length=1000, unique=True)
    resource = models.CharField("resource", max_length=80)
    key = models.UUIDField("sleutel", null=True)
    main_key = models.UUIDField("sleutel van het hoofdobject", null=True)
    state = models.CharField("toestand", max_length=12, choices=State.choices)
    fingerprint = models.CharField("kenmerk van de bron", max_length=64, blank=True)
    checksum = models.CharField("controlegetal", max_length=64, blank=True)
    reason = models.TextField("reden of opmerking", blank=True)
    moment = models.DateTimeField("moment", default=now)

    class Meta:
        verbose_name = "overname"
        verbose_name_plural = "overnamen"
        indexes: ClassVar = [
            models.Index(fields=["resource", "key"], name="overname_sleutel"),
            models.Index(fields=["main_key"], name="overname_hoofd"),
        ]

    def __str__(self) -> str:
        return f"{self.url}: {self.state}"
