"""The grammar's own tables: the version of the authorisations, and the counters of the lists."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Stand(models.Model):
    """De stand van de autorisaties: elke wijziging hoogt hem op, elke lezing vergelijkt hem."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    stand = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="grammar_stand_single"),
        ]

    def __str__(self) -> str:
        return str(self.stand)


class Tally(models.Model):
    """Het aantal rijen van een register per regime, type en vertrouwelijkheid, in vakken.

    Writers of one type would wait for each other on one row; `slot` spreads them.
    """

    id = models.BigAutoField(primary_key=True)
    resource = models.CharField(max_length=63)
    regime = models.CharField(max_length=3)
    type = models.UUIDField()
    level = models.SmallIntegerField()
    slot = models.SmallIntegerField()
    n = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["resource", "regime", "type", "level", "slot"], name="grammar_tally_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.type} {self.n}"
