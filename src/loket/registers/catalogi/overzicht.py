"""All versions of all types in one list: what is concept, valid now, to come, or ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loket.kernel.clock import today
from loket.ledger.database import rows

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

SIZE: Final = 50
_KINDS: Final = {
    "zaaktypen": ("catalogi_zaaktype", "identificatie"),
    "besluittypen": ("catalogi_besluittype", "omschrijving"),
    "informatieobjecttypen": ("catalogi_informatieobjecttype", "omschrijving"),
}
_EACH: Final = (
    "SELECT '{path}' AS soort, t.id, t.{name} AS naam, t.omschrijving, t.catalogus_id, "
    "t.begin_geldigheid, t.einde_geldigheid, CASE WHEN t.concept THEN 'concept' "
    "WHEN t.begin_geldigheid > %(dag)s::date THEN 'toekomstig' "
    "WHEN t.einde_geldigheid < %(dag)s::date THEN 'beeindigd' ELSE 'geldig' END AS stand "
    "FROM {table} t"
)


class Stand(StrEnum):
    """Where a version of a type stands in its life."""

    CONCEPT = "concept"
    GELDIG = "geldig"
    TOEKOMSTIG = "toekomstig"
    BEEINDIGD = "beeindigd"

    @property
    def label(self) -> str:
        """How it reads."""
        return {"geldig": "geldt nu", "beeindigd": "beëindigd"}.get(self.value, self.value)


@dataclass(frozen=True)
class Sought:
    """What is sought: words in the name, and what the versions must be."""

    words: str = ""
    kind: str = ""
    catalogus: UUID | None = None
    stand: str = ""


@dataclass(frozen=True)
class Found:
    """One version of a type."""

    kind: str
    key: UUID
    name: str
    omschrijving: str
    catalogus: str
    begin: date
    end: date | None
    stand: Stand


def versions(sought: Sought, page: int = 1) -> tuple[int, list[Found]]:
    """Return how many versions there are, and one page of them, by name and newest first."""
    union = " UNION ALL ".join(
        _EACH.format(path=path, table=table, name=name)
        for path, (table, name) in _KINDS.items()
        if sought.kind in ("", path)
    )
    sql = (
        "SELECT count(*) OVER (), v.soort, v.id, v.naam, v.omschrijving, c.domein, "  # noqa: S608 - from the table above
        f"v.begin_geldigheid, v.einde_geldigheid, v.stand FROM ({union}) v "
        "JOIN catalogi_catalogus c ON c.id = v.catalogus_id "
        "WHERE (%(catalogus)s::uuid IS NULL OR v.catalogus_id = %(catalogus)s::uuid) "
        "AND (%(stand)s::text = '' OR v.stand = %(stand)s::text) "
        "AND (%(woorden)s::text = '' OR strpos(lower(v.naam), lower(%(woorden)s::text)) > 0 "
        "OR strpos(lower(v.omschrijving), lower(%(woorden)s::text)) > 0) "
        "ORDER BY array_position(%(soorten)s::text[], v.soort), lower(v.naam), "
        "v.begin_geldigheid DESC, v.id LIMIT %(aantal)s::int OFFSET %(vanaf)s::int"
    )
    found = rows(
        sql,
        {
            "dag": today(),
            "catalogus": sought.catalogus,
            "stand": sought.stand,
            "woorden": sought.words,
            "soorten": list(_KINDS),
            "aantal": SIZE,
            "vanaf": (page - 1) * SIZE,
        },
    )
    total = found[0][0] if found else 0
    return total, [Found(*(*row[1:8], Stand(row[8]))) for row in found]
