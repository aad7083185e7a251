"""What the municipality still has to do after a contact: its interne taken, as a klant may know.

He hears whether it is done and by when it should be; not who does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.codec import decode
from loket.registers.klantinteracties.waarden import InterneTaakStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

KANALEN: Final = ("klantportaal", "portaal", "webformulier", "website", "e-formulier")
"""What a municipality may call the portal among its channels, the likeliest first."""

KANAAL: Final = f"""
SELECT coalesce((SELECT r.code FROM klantinteracties_referentiewaarde r
    WHERE r.lijst = 'kanaal' AND r.code = ANY('{{{",".join(KANALEN)}}}')
        AND (now() AT TIME ZONE 'Europe/Amsterdam')::date
            BETWEEN r.begin_geldigheid AND coalesce(r.einde_geldigheid, 'infinity')
    ORDER BY array_position('{{{",".join(KANALEN)}}}'::text[], r.code::text) LIMIT 1),
    '{KANALEN[0]}')
"""  # noqa: S608 - fixed texts
"""SQL for what this municipality calls the portal."""

TERMIJN: Final = f"""
SELECT n.termijn FROM klantinteracties_contactnorm n
WHERE n.onderwerp = '' AND n.kanaal IN ('', ({KANAAL})) ORDER BY n.kanaal = '' LIMIT 1
"""  # noqa: S608 - fixed texts
"""SQL for within how many working days a question from the portal is answered, if that is set."""

VAN: Final = """
SELECT json_object_agg(g.contact, json_build_object('open', g.open, 'uiterlijk', g.uiterlijk))
FROM (SELECT t.aanleidinggevend_klantcontact_id contact, bool_or(t.status = '{open}') open,
        max(t.uiterste_datum) uiterlijk
    FROM klantinteracties_internetaak t WHERE t.aanleidinggevend_klantcontact_id IN (
        SELECT (e->>'uuid')::uuid FROM {lijsten})
    GROUP BY 1) g
"""


@dataclass(frozen=True)
class Opvolging:
    """Of de gemeente nog iets te doen heeft, en wanneer dat uiterlijk klaar is."""

    open: bool
    uiterlijk: date | None


def van(*lists: str) -> str:
    """Return SQL, beside lists of contacten, for what there is to do after each of these."""
    rijen = " UNION ALL ".join(f'SELECT json_array_elements("{name}".rijen) e' for name in lists)
    return VAN.format(open=InterneTaakStatus.TE_VERWERKEN.value, lijsten=f"({rijen}) l")


def gelezen(raw: Any) -> Mapping[UUID, Opvolging]:
    """Return what that SQL came to, by contact."""
    found: dict[str, dict[str, Any]] = decode(raw) if raw else {}
    return {
        UUID(key): Opvolging(
            each["open"], date.fromisoformat(each["uiterlijk"]) if each["uiterlijk"] else None
        )
        for key, each in found.items()
    }


__all__ = ["KANAAL", "KANALEN", "TERMIJN", "Opvolging", "gelezen", "van"]
