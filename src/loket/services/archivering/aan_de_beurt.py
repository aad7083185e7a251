"""Which zaken are due: closed, with a date of destruction or transfer that has come."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from loket.grammar.authorisation import mode_of, visible_sql
from loket.grammar.change import HOUSE
from loket.grammar.links import key_in
from loket.grammar.reading import common
from loket.kernel.clock import today
from loket.ledger.database import fetch, rows
from loket.registers.catalogi.waarden import Archiefnominatie
from loket.registers.zaken.waarden import Archiefstatus
from loket.registers.zaken.zaak import zaken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from uuid import UUID

    from loket.grammar.change import Change
    from loket.kernel.actor import Actor

MOST = 1000
"""How many zaken one list may get in one go."""

_DUE = (
    "{row}.einddatum IS NOT NULL AND {row}.hoofdzaak_id IS NULL "
    "AND {row}.archiefnominatie IS NOT NULL AND {row}.archiefactiedatum <= %(dag)s::date "
    f"AND {{row}}.archiefstatus IS DISTINCT FROM '{Archiefstatus.OVERGEDRAGEN.value}'"
)


@dataclass(frozen=True)
class Groep:
    """Zaken of one zaaktype that are due: how many, since when, how many are on a list.

    `per_jaar` tells how many became due in each year.
    """

    zaaktype: str
    zaaktype_id: UUID
    nominatie: str
    aantal: int
    op_een_lijst: int
    sinds: date
    per_jaar: Mapping[int, int] = field(default_factory=dict)

    @property
    def vrij(self) -> int:
        """How many are on no list yet."""
        return self.aantal - self.op_een_lijst

    @property
    def wordt_vernietigd(self) -> bool:
        """Whether these are destroyed; else they go to an archive."""
        return self.nominatie == Archiefnominatie.VERNIETIGEN


@dataclass(frozen=True)
class Over:
    """A zaak that goes to an archive."""

    key: UUID
    zaaknummer: str
    zaaktype: str
    einddatum: date
    sinds: date
    archiefstatus: str

    @property
    def status(self) -> str:
        """The archiefstatus in words."""
        return str(Archiefstatus(self.archiefstatus).label) if self.archiefstatus else ""


_ADRES = {"zaakadres": f"{HOUSE}{zaken.root}/{zaken.path}/"}
_OP_LIJST = (
    "EXISTS (SELECT FROM archief_vernietigingsregel r WHERE r.zaak = %(zaakadres)s || z.id "
    "AND r.stand IN ('voorgesteld', 'uitgezonderd', 'te_vernietigen'))"
)
_HELD_BACK = (
    "EXISTS (SELECT FROM zaken_zaak d WHERE d.hoofdzaak_id = z.id AND (d.einddatum IS NULL "  # noqa: S608 - our own names
    f"OR d.archiefnominatie IS DISTINCT FROM '{Archiefnominatie.VERNIETIGEN.value}' "
    "OR d.archiefactiedatum IS NULL OR d.archiefactiedatum > %(dag)s::date))"
)
"""A deelzaak that is not due itself: such a zaak comes last, for it cannot be on a list."""


def overzicht(actor: Actor, dag: date | None = None) -> list[Groep]:
    """Return what is due on a day, by zaaktype and nominatie, in one statement."""
    params = {**common(actor, HOUSE, dag or today(), ""), **_ADRES}
    found = rows(
        "SELECT omschrijving, zaaktype_id, archiefnominatie, sum(aantal)::int, "  # noqa: S608 - our own names
        "sum(op_lijst)::int, min(sinds), json_object_agg(jaar, aantal ORDER BY jaar)::text "
        "FROM (SELECT t.omschrijving, z.zaaktype_id, z.archiefnominatie, count(*) AS aantal, "
        "extract(year FROM z.archiefactiedatum)::int AS jaar, "
        f"count(*) FILTER (WHERE {_OP_LIJST}) AS op_lijst, min(z.archiefactiedatum) AS sinds "
        "FROM zaken_zaak z JOIN catalogi_zaaktype t ON t.id = z.zaaktype_id "
        f"WHERE {_DUE.replace('{row}', 'z')} AND {visible_sql(zaken, 'z', mode_of(actor))} "
        "GROUP BY 1, 2, 3, 5) AS jaren GROUP BY 1, 2, 3 ORDER BY 6, 1, 3",
        params,
    )
    return [Groep(*(*row, _per_jaar(jaren))) for *row, jaren in found]


def _per_jaar(jaren: str) -> dict[int, int]:
    return {int(jaar): aantal for jaar, aantal in json.loads(jaren).items()}


def aantal_sql() -> str:
    """Return SQL that counts what is due on `%(dag)s`, no further than `%(most)s`."""
    return (
        f"SELECT count(*) FROM (SELECT FROM zaken_zaak z WHERE {_DUE.replace('{row}', 'z')} "  # noqa: S608 - our own names
        "LIMIT %(most)s::int) AS gezien"
    )


def over_te_brengen(actor: Actor, dag: date | None = None, most: int = MOST) -> list[Over]:
    """Return the zaken that are due to go to an archive, those longest due first."""
    params = {**common(actor, HOUSE, dag or today(), ""), "most": most}
    found = rows(
        "SELECT z.id, z.identificatie, t.omschrijving, z.einddatum, z.archiefactiedatum, "  # noqa: S608 - our own names
        "z.archiefstatus FROM zaken_zaak z JOIN catalogi_zaaktype t ON t.id = z.zaaktype_id "
        f"WHERE {_DUE.replace('{row}', 'z')} AND {visible_sql(zaken, 'z', mode_of(actor))} "
        f"AND z.archiefnominatie = '{Archiefnominatie.BLIJVEND_BEWAREN.value}' "
        "ORDER BY z.archiefactiedatum, z.id LIMIT %(most)s::int",
        params,
    )
    return [Over(*row) for row in found]


def te_vernietigen(actor: Actor, zaaktype: UUID | None, dag: date | None = None) -> list[UUID]:
    """Return the keys of zaken to destroy that are on no list yet, those longest due first."""
    params = {**common(actor, HOUSE, dag or today(), ""), **_ADRES, "zaaktype": zaaktype}
    found = rows(
        f"SELECT z.id FROM zaken_zaak z WHERE {_DUE.replace('{row}', 'z')} "  # noqa: S608 - our own names
        f"AND z.archiefnominatie = '{Archiefnominatie.VERNIETIGEN.value}' "
        "AND (%(zaaktype)s::uuid IS NULL OR z.zaaktype_id = %(zaaktype)s) "
        f"AND NOT {_OP_LIJST} AND {visible_sql(zaken, 'z', mode_of(actor))} "
        f"ORDER BY {_HELD_BACK}, z.archiefactiedatum, z.id LIMIT {MOST}",
        params,
    )
    return [key for (key,) in found]


def lees(regel: Any, change: Change) -> None:
    """Copy onto a line of a list what may stay known of its zaak; note why it may not be there."""
    zaak = zaak_van(regel)
    if zaak is None:
        change.fault("zaak", "bad-url", "De URL verwijst naar geen zaak van deze gemeente.")
        return
    for reden in bezwaren(zaak):
        change.fault("zaak", "zaak-niet-aan-de-beurt", reden)
    resultaat = zaak.resultaten.first()
    regel.zaaknummer = zaak.identificatie
    regel.zaaktype = zaak.zaaktype.omschrijving
    regel.startdatum, regel.einddatum = zaak.startdatum, zaak.einddatum
    regel.archiefactiedatum = zaak.archiefactiedatum
    regel.resultaat = resultaat.resultaattype.omschrijving if resultaat else ""
    klasse = resultaat.resultaattype.selectielijstklasse if resultaat else ""
    regel.selectielijstklasse = zaak.selectielijstklasse or klasse


def zaak_van(regel: Any, *, lock: bool = False) -> Any:
    """Return the zaak of a line, or None; with `lock`, held against whoever would change it."""
    return fetch(zaken.record, key_in(regel.zaak, zaken, HOUSE), lock=lock)


def bezwaren(zaak: Any) -> Iterator[str]:
    """Yield why a zaak may not be destroyed now, with what belongs to it."""
    if zaak.hoofdzaak_id is not None:
        yield "Een deelzaak gaat mee met haar hoofdzaak."
    for each in (zaak, *zaak.deelzaken.all()):
        name = each.identificatie
        if each.einddatum is None:
            yield f"Zaak {name} is nog niet afgerond."
        elif each.archiefnominatie != Archiefnominatie.VERNIETIGEN:
            yield f"Zaak {name} is niet voor vernietiging bestemd."
        elif each.archiefactiedatum is None or each.archiefactiedatum > today():
            yield f"De archiefactiedatum van zaak {name} is nog niet gekomen."
