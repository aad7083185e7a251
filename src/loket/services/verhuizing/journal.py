"""Reading and writing the journal; a line is written in the transaction of what it tells of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loket.kernel.clock import now
from loket.ledger.database import one, rows
from loket.services.verhuizing.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

HERE = (State.OVERGENOMEN.value, State.AANWEZIG.value)
"""The states of what is in the house now."""

CHUNK = 500

_COLUMNS = "url, resource, key, main_key, state, fingerprint, checksum, reason"
_WRITE = (
    f"INSERT INTO verhuizing_overname ({_COLUMNS}, moment) "  # noqa: S608 - fixed names
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (url) DO UPDATE SET "
    "key = excluded.key, main_key = excluded.main_key, state = excluded.state, "
    "fingerprint = excluded.fingerprint, checksum = excluded.checksum, "
    "reason = excluded.reason, moment = excluded.moment"
)


@dataclass(frozen=True)
class Line:
    """What the journal holds of one record of the source."""

    url: str
    resource: str
    key: UUID | None
    main_key: UUID | None
    state: str
    fingerprint: str = ""
    checksum: str = ""
    reason: str = ""

    @property
    def here(self) -> bool:
        """Whether the record is in the house."""
        return self.state in HERE


def write(line: Line) -> None:
    """Keep a line, in the place of what was known of the same record."""
    one(
        _WRITE,
        (line.url, line.resource, line.key, line.main_key, str(line.state), line.fingerprint,
         line.checksum, line.reason, now()),
    )  # fmt: skip


def known(urls: Iterable[str]) -> dict[str, Line]:
    """Return what the journal holds of the records at these addresses."""
    sql = f"SELECT {_COLUMNS} FROM verhuizing_overname WHERE url = ANY(%s)"  # noqa: S608 - idem
    return {row[0]: Line(*row) for row in rows(sql, (list(urls),))}


def below(main_key: UUID) -> dict[str, Line]:
    """Return the lines of a main record and of what belongs to it."""
    sql = f"SELECT {_COLUMNS} FROM verhuizing_overname WHERE main_key = %s"  # noqa: S608 - idem
    return {row[0]: Line(*row) for row in rows(sql, (main_key,))}


def unfinished(main_keys: Iterable[UUID | None]) -> set[UUID]:
    """Return which of these main records have something below them that did not come over."""
    sql = (
        "SELECT DISTINCT main_key FROM verhuizing_overname "
        "WHERE main_key = ANY(%s) AND NOT state = ANY(%s)"
    )
    return {row[0] for row in rows(sql, ([key for key in main_keys if key], list(HERE)))}


def taken(resource: str) -> Iterator[list[tuple[UUID, str]]]:
    """Yield key and checksum of what is here of a resource, in the order of the keys."""
    last = None
    while True:
        found: Sequence[tuple[UUID, str]] = rows(
            "SELECT key, checksum FROM verhuizing_overname WHERE resource = %s "
            "AND state = ANY(%s) AND (%s::uuid IS NULL OR key > %s) ORDER BY key LIMIT %s",
            (resource, list(HERE), last, last, CHUNK),
        )
        if not found:
            return
        yield list(found)
        last = found[-1][0]


def counts() -> dict[str, dict[str, int]]:
    """Return how many lines each resource has in each state."""
    made: dict[str, dict[str, int]] = {}
    for resource, state, number in rows(
        "SELECT resource, state, count(*) FROM verhuizing_overname GROUP BY 1, 2"
    ):
        made.setdefault(resource, {})[state] = number
    return made


def remarks() -> Iterator[Line]:
    """Yield every line that has something to say: refused, failed, or with a remark."""
    sql = (
        f"SELECT {_COLUMNS} FROM verhuizing_overname "  # noqa: S608 - idem
        "WHERE reason <> '' AND id > %s ORDER BY id LIMIT %s"
    )
    sql = sql.replace("SELECT ", "SELECT id, ", 1)
    last = 0
    while True:
        found = rows(sql, (last, CHUNK))
        if not found:
            return
        for number, *line in found:
            last = number
            yield Line(*line)
