"""What may be used once, such as an artifact: remembered where all workers see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loket.kernel import clock
from loket.ledger.database import one

if TYPE_CHECKING:
    from datetime import datetime

_ONCE: Final = """
WITH oud AS (DELETE FROM mijnservices_eenmalig WHERE tot < %(nu)s AND kenmerk <> %(kenmerk)s)
INSERT INTO mijnservices_eenmalig (kenmerk, tot) VALUES (%(kenmerk)s, %(tot)s)
ON CONFLICT (kenmerk) DO NOTHING RETURNING kenmerk
"""


def once(kenmerk: str, tot: datetime) -> bool:
    """Remember a mark until a moment; tell whether it is new. Of two at once, one is."""
    told = {"kenmerk": kenmerk, "tot": tot, "nu": clock.now()}
    return one(_ONCE, told) is not None
