"""Where a planned message comes from: its event, its rule, and what it is about now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from loket.ledger.database import one
from loket.registers.klantinteracties.bekend import partij_van
from loket.registers.output.waarden import Gebeurtenis
from loket.services.output import onderwerp
from loket.services.output.bezorgen import BINNEN
from loket.services.output.kanaalkeuze import mogelijk

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from loket.services.output.kanaalkeuze import Keuze
    from loket.services.output.onderwerp import Betrokkene, Onderwerp

_SOURCE: Final = """
SELECT CASE WHEN r.verzamelen AND e.resource = 'statussen' THEN e.main_key ELSE e.key END,
    e.main_key, e.moment, r.sjabloon_id, s.soort_bericht, s.inhoud,
    ARRAY(SELECT jsonb_array_elements_text(r.kanalen)), r.naam
FROM ledger_event e, output_outputregel r JOIN output_sjabloon s ON s.id = r.sjabloon_id
WHERE e.position = %s AND r.id = %s
"""
"""What was gathered during a day tells of the status at its end, not of one on the way."""


@dataclass(frozen=True)
class Herkomst:
    """What a message came from; `moment` is that of the event."""

    onderwerp: Onderwerp
    moment: datetime
    sjabloon: UUID
    soort_bericht: str
    inhoud: str
    kanalen: list[str]
    naam: str

    def keuzes(self, notificatie: Any, ingericht: Collection[str]) -> list[Keuze]:
        """Return the channels that can be used now for whom a message is for."""
        wie = self._wie(notificatie)
        if wie is None:
            return []
        if notificatie.gebeurtenis == Gebeurtenis.BERICHT_GEPLAATST:
            ingericht = [each for each in ingericht if each not in BINNEN]
        found = mogelijk(
            wie, partij_van(wie.urn, wie.nummer), self.onderwerp, self.soort_bericht,
            self.inhoud, self.kanalen, ingericht,
        )  # fmt: skip
        return [each for each in found if not each.reden]

    def _wie(self, notificatie: Any) -> Betrokkene | None:
        """Return whom a message is for, among those whom it is about."""
        for each in self.onderwerp.betrokkenen:
            known = (each.nummer, each.urn) if each.nummer else (None, each.urn)
            if known == (notificatie.ontvanger_nummer, notificatie.ontvanger):
                return each
        return None


def herkomst(notificatie: Any) -> Herkomst | None:
    """Return what a message came from; None when there is nothing to tell any more."""
    row = one(_SOURCE, (notificatie.positie, notificatie.regel_id))
    if row is None:
        return None
    key, main_key, moment, *rest = row
    about = onderwerp.van(Gebeurtenis(notificatie.gebeurtenis), key, main_key)
    return Herkomst(about, moment, *rest) if about is not None else None
