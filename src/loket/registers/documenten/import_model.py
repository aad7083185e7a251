"""A bulk import of documents and its rows: work under way, not something the city records."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from loket.kernel.values import uuid7


class Import(models.Model):
    """Een bulkimport van documenten."""

    class Stand(models.TextChoices):
        """Hoe ver de import is."""

        PENDING = "pending", "wacht op het metadatabestand"
        ACTIVE = "active", "loopt"
        FINISHED = "finished", "klaar"

    id: Any = models.UUIDField(primary_key=True, default=uuid7)
    stand: Any = models.CharField(max_length=10, choices=Stand.choices, default=Stand.PENDING)
    base: Any = models.CharField("adres van het huis", max_length=500)
    door: Any = models.CharField("aanvrager", max_length=200)
    begonnen: Any = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "imports"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stand"],
                condition=models.Q(stand="active"),
                name="import_een_tegelijk",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.id}"


class ImportRegel(models.Model):
    """Een regel van een import: één document, met wat ervan kwam."""

    id: Any = models.BigAutoField(primary_key=True)
    van: Any = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="regels")
    nr: Any = models.IntegerField()
    regel = models.JSONField("de kolommen")
    uitkomst: Any = models.CharField(max_length=10, blank=True)
    opmerking: Any = models.TextField(blank=True)
    document: Any = models.UUIDField(null=True)

    class Meta:
        verbose_name = "importregel"
        verbose_name_plural = "importregels"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["van", "nr"], name="importregel_eenmaal"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["van", "nr"], name="importregel_open", condition=models.Q(uitkomst="")
            ),
        ]

    def __str__(self) -> str:
        return f"regel {self.nr}"
