"""What somebody who manages output should look at next, counted in one statement."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from loket.kernel.clock import today
from loket.ledger.database import one
from loket.site.attention import Punt
from loket.site.output.overzicht import WEEK, first_key
from loket.site.output.rechten import LEZEN, mag

if TYPE_CHECKING:
    from collections.abc import Iterator

_SQL: Final = """
SELECT (SELECT count(*) FROM output_klantnotificatie
        WHERE id >= %s AND status IN ('mislukt', 'onbereikbaar')),
    (SELECT count(*) FROM output_outputregel r WHERE r.actief AND NOT EXISTS (
        SELECT FROM output_sjabloonversie v
        WHERE v.sjabloon_id = r.sjabloon_id AND v.stand = 'gepubliceerd'))
"""


def points(user: Any) -> Iterator[Punt]:
    """Yield what there is to do, for who may see it."""
    if not mag(user, *LEZEN):
        return
    failed, empty = one(_SQL, (first_key(today() - timedelta(days=WEEK)),))
    if failed:
        what = "bericht bereikte" if failed == 1 else "berichten bereikten"
        where = f"{reverse('output:berichten')}?status=niet_aangekomen"
        yield Punt(f"{failed} {what} de afgelopen week niemand", "Lees waarom.", where)
    if empty:
        what = "regel heeft" if empty == 1 else "regels hebben"
        uitleg = "Er gaat dan niets uit."
        yield Punt(f"{empty} {what} geen tekst in gebruik", uitleg, reverse("output:overzicht"))
