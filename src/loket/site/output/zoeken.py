"""Finding messages: by how it went, over what, about what, and when they were planned.

A page is read from a key on, so that the last one costs what the first does; and since keys are in
order of time, a period is a part of that same order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from loket.grammar.change import HOUSE
from loket.kernel.clock import today
from loket.ledger.database import rows
from loket.registers.output.waarden import Outputkanaal, Verzendstatus
from loket.site.output.overzicht import first_key

if TYPE_CHECKING:
    from collections.abc import Mapping

SIZE: Final = 50
DAYS: Final = 30
"""How far back is looked where nothing is said."""

_NOT_ARRIVED: Final = [Verzendstatus.MISLUKT.value, Verzendstatus.ONBEREIKBAAR.value]

_SQL: Final = """
SELECT n.id, n.gebeurtenis, n.hoofd_object, z.identificatie, n.kanaal, n.adres, n.status,
    n.gepland_op, n.verzonden_op, n.uitkomst
FROM output_klantnotificatie n
LEFT JOIN zaken_zaak z ON z.id =
    substring(n.hoofd_object FROM '/zaken/([0-9a-f-]{36})$')::uuid
WHERE {where} ORDER BY n.id DESC LIMIT %(most)s
"""
_NAMES: Final = (
    "id", "gebeurtenis", "hoofd_object", "zaaknummer", "kanaal", "adres", "status",
    "gepland_op", "verzonden_op", "uitkomst",
)  # fmt: skip
_THING: Final = """(n.hoofd_object = %(adres)s OR n.hoofd_object IN (
    SELECT %(zaken)s || id FROM zaken_zaak WHERE identificatie = %(nummer)s))"""


@dataclass(frozen=True)
class Vraag:
    """What is sought; `asked` is how it was asked."""

    status: list[str] = field(default_factory=list)
    kanaal: str = ""
    over: str = ""
    van: date | None = None
    tot: date | None = None
    na: UUID | None = None
    asked: dict[str, str] = field(default_factory=dict)


def gevraagd(asked: Mapping[str, str]) -> Vraag:
    """Return what is asked; what makes no sense is not asked."""
    status, kanaal = asked.get("status", ""), asked.get("kanaal", "")
    over = asked.get("over", "").strip().replace("\x00", "")[:500]
    van = _day(asked["van"]) if "van" in asked else None if over else _recent()
    tot = _day(asked.get("tot", ""))
    if status == "niet_aangekomen":
        statussen = _NOT_ARRIVED
    else:
        statussen = [status] if status in Verzendstatus.values else []
    kanaal = kanaal if kanaal in Outputkanaal.values else ""
    kept = {
        "status": status if statussen else "", "kanaal": kanaal, "over": over,
        "van": van.isoformat() if van else "", "tot": tot.isoformat() if tot else "",
    }  # fmt: skip
    return Vraag(statussen, kanaal, over, van, tot, _key(asked.get("na", "")), kept)


def _recent() -> date:
    return today() - timedelta(days=DAYS)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def gevonden(vraag: Vraag) -> list[dict[str, Any]]:
    """Return a page of messages, with one more where there are more."""
    wanted = {
        "n.status = ANY(%(status)s)": vraag.status,
        "n.kanaal = %(kanaal)s": vraag.kanaal,
        _THING: vraag.over,
        "n.id >= %(van)s": vraag.van,
        "n.id < %(tot)s": vraag.tot,
        "n.id < %(na)s": vraag.na,
    }
    params = {
        "status": vraag.status,
        "kanaal": vraag.kanaal,
        "adres": _as_ours(vraag.over),
        "nummer": vraag.over,
        "zaken": f"{HOUSE}/zaken/api/v1/zaken/",
        "van": first_key(vraag.van) if vraag.van else None,
        "tot": first_key(vraag.tot + timedelta(days=1)) if vraag.tot else None,
        "na": vraag.na,
        "most": SIZE + 1,
    }
    where = " AND ".join(sql for sql, value in wanted.items() if value) or "true"
    found = rows(_SQL.replace("{where}", where), params)
    return [dict(zip(_NAMES, row, strict=True)) for row in found]


def _as_ours(address: str) -> str:
    """Return an address of this house, by whatever name it was called, as messages hold it."""
    path = urlsplit(address).path if "://" in address else address
    return f"{HOUSE}{path.rstrip('/')}"
