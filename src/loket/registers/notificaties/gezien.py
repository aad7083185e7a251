"""Which signed messages were seen, for as long as their signatures hold: none counts twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from loket.ledger.database import atomic, one

if TYPE_CHECKING:
    from datetime import datetime

_FIRST = """
WITH voorbij AS (DELETE FROM notificaties_gezien WHERE tot < %(nu)s)
INSERT INTO notificaties_gezien (kenmerk, tot) VALUES (%(kenmerk)s, %(tot)s)
ON CONFLICT (kenmerk) DO NOTHING RETURNING kenmerk
"""


class Gezien(models.Model):
    """A message that was seen; no record of the register, for it is gone within minutes."""

    kenmerk: Any = models.CharField(max_length=64, primary_key=True)
    tot: Any = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.kenmerk)


def is_eerste(kenmerk: str, nu: datetime, tot: datetime) -> bool:
    """Tell whether a message was not seen before, and remember it until `tot`."""
    with atomic():
        return one(_FIRST, {"kenmerk": kenmerk, "nu": nu, "tot": tot}) is not None
