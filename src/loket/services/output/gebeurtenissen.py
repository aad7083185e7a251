"""Which events of the ledger are news for somebody, and of which kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loket.ledger.database import one
from loket.registers.output.waarden import Gebeurtenis

if TYPE_CHECKING:
    from loket.ledger.dispatch import Happened

MADE: Final[dict[tuple[str, str], Gebeurtenis]] = {
    ("verzoeken", "verzoeken"): Gebeurtenis.VERZOEK_ONTVANGEN,
    ("zaken", "zaken"): Gebeurtenis.ZAAK_GESTART,
    ("zaken", "statussen"): Gebeurtenis.STATUS_GEZET,
    ("besluiten", "besluiten"): Gebeurtenis.BESLUIT_GENOMEN,
    ("zaken", "zaakinformatieobjecten"): Gebeurtenis.DOCUMENT_TOEGEVOEGD,
    ("taken", "externetaken"): Gebeurtenis.TAAK_UITGEZET,
    ("berichten", "berichten"): Gebeurtenis.BERICHT_GEPLAATST,
}
"""What the making of a record is news of."""

_EINDSTATUS: Final = """
SELECT NOT EXISTS (SELECT FROM catalogi_statustype hoger
    WHERE hoger.zaaktype_id = t.zaaktype_id AND hoger.volgnummer > t.volgnummer)
FROM zaken_status s JOIN catalogi_statustype t ON t.id = s.statustype_id WHERE s.id = %s
"""
_REMINDED: Final = """
SELECT e.nieuw::json->>'herinnerdOp' IS NOT NULL AND (
    SELECT v.nieuw::json->>'herinnerdOp' FROM ledger_event v
    WHERE v.key = e.key AND v.position < e.position ORDER BY v.position DESC LIMIT 1) IS NULL
FROM ledger_event e WHERE e.position = %s AND e.nieuw IS NOT NULL
"""


def may_be_news(event: Happened) -> bool:
    """Tell whether an event may be news, by its name alone."""
    if event.actie == "create":
        return (event.register, event.resource) in MADE
    return (event.resource, event.actie) == ("externetaken", "partial_update")


def kind_of(event: Happened) -> Gebeurtenis | None:
    """Return of which kind an event is; None when it is no news, or cannot be told any more."""
    if event.actie != "create":
        row = one(_REMINDED, (event.position,)) if event.resource == "externetaken" else None
        return Gebeurtenis.TAAK_HERINNERING if row and row[0] else None
    kind = MADE.get((event.register, event.resource))
    if kind is Gebeurtenis.STATUS_GEZET:
        row = one(_EINDSTATUS, (event.key,))
        return Gebeurtenis.ZAAK_AFGEROND if row and row[0] else kind
    return kind
