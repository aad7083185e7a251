"""The zaken of somebody at the MijnServices of another organisation, by a token for him."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from loket.connectors.asking import Access, Question, ask
from loket.connectors.elders.values import MOST, ZaakElders, day, made, text, zaak


def mijn_zaken(access: Access, token: str) -> list[ZaakElders]:
    """Return the zaken of whom the token is, page after page within the time; BevragenMislukt."""
    until = time.monotonic() + access.timeout
    entered = replace(access, headers=(*access.headers, ("Authorization", f"Bearer {token}")))
    found: list[ZaakElders] = []
    for page in range(1, MOST):
        left = replace(entered, timeout=max(until - time.monotonic(), 0.01))
        told = ask(left, Question("zaken", {"page": str(page)})).told
        found += made(told, _zaak)
        if not told.get("next") or len(found) >= MOST:
            break
    return found


def _zaak(told: dict[str, Any]) -> ZaakElders:
    return zaak(
        told,
        zaaknummer=text(told, "zaaknummer"),
        omschrijving=text(told, "omschrijving"),
        status=text(told, "status") or None,
        afgerond=day(told, "afgerond"),
        resultaat=text(told, "resultaat") or None,
    )
