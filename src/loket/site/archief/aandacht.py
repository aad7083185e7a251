"""What a record manager should look at next, counted in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from loket.kernel.clock import today
from loket.ledger.database import one
from loket.services.archivering.aan_de_beurt import aantal_sql
from loket.site.archief.rechten import LEZEN, mag
from loket.site.attention import Punt

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 1000
"""Beyond this the counting stops: more is simply much."""


def points(user: Any) -> Iterator[Punt]:
    """Yield what there is to do, for who may do it."""
    if not mag(user, LEZEN):
        return
    waiting, due = one(
        "SELECT (SELECT count(*) FROM archief_vernietigingslijst WHERE stand = 'ter_beoordeling'), "  # noqa: S608 - our own names
        f"({aantal_sql()})",
        {"dag": today(), "most": MOST + 1},
    )
    where = reverse("archief:overzicht")
    if waiting:
        what = "vernietigingslijst wacht" if waiting == 1 else "vernietigingslijsten wachten"
        yield Punt(f"{waiting} {what} op vaststelling", "Iemand anders beoordeelt haar.", where)
    if due:
        how_many = f"meer dan {MOST}" if due > MOST else str(due)
        what = "zaak moet" if due == 1 else "zaken moeten"
        uitleg = "De archiefactiedatum is gekomen."
        yield Punt(f"{how_many} {what} vernietigd of overgebracht worden", uitleg, where)
