"""News to measure with: events by the thousand, who hears of them, and a worker that tells."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from loket.grammar.resource import Call
from loket.grammar.writing import HOUSE
from loket.kernel.actor import Actor
from loket.ledger import dispatch
from loket.ledger.database import connection, one, rows
from loket.registers.notificaties.abonnement import abonnementen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from uuid import UUID

    from loket.site.bench.abonnee import Heard

MAINS: Final = 500
"""Main records that the events are about."""

_ACTOR: Final = Actor.system("bench")
_EVENTS: Final = """
WITH made AS (
    SELECT nr, md5('main' || nr %% %(mains)s)::uuid AS main
    FROM generate_series(1, %(count)s::int) nr
), recorded AS (
    INSERT INTO ledger_event (id, moment, register, resource, key, url, main_resource, main_key,
        main_url, actie, status, label, actor_kind, actor_id, actor_label, user_id, user_label,
        toelichting, kenmerken, regime, trace, nieuw)
    SELECT uuidv7(), clock_timestamp(), 'zaken', 'zaken', main,
        'loket://zaken/api/v1/zaken/' || main, 'zaken', main,
        'loket://zaken/api/v1/zaken/' || main, 'partial_update', 200, 'ZAAK-2026-' || nr, 'system',
        'bench', 'bench', '', '', '', %(kenmerken)s::jsonb, 'avg', '', %(nieuw)s
    FROM made ORDER BY nr RETURNING position
)
INSERT INTO ledger_outbox SELECT position FROM recorded
"""
_KENMERKEN: Final = (
    '{"bronorganisatie": "517439943", "vertrouwelijkheidaanduiding": "openbaar", "zaaktype": '
    '"loket://catalogi/api/v1/zaaktypen/0190a6e2-0000-7000-8000-000000000001", '
    '"zaaktype.catalogus": "loket://catalogi/api/v1/catalogussen/0190a6e2-0000-7000-8000-01"}'
)
_NIEUW: Final = '{"omschrijving": "' + "Terras op het plein. " * 50 + '"}'


def make_events(count: int) -> None:
    """Record events about MAINS zaken in turns, and put them in the outbox."""
    given = {"mains": MAINS, "count": count, "kenmerken": _KENMERKEN, "nieuw": _NIEUW}
    one(_EVENTS, given)


def subscribe(url: str, *, signed: bool = False) -> UUID:
    """Let somebody hear of zaken; return the key of the abonnement."""
    body = {
        "callbackUrl": url, "auth": "Bearer bench", "ondertekend": signed,
        "kanalen": [{"naam": "zaken", "filters": {"bronorganisatie": "517439943"}}],
    }  # fmt: skip
    key: UUID = abonnementen.create(_ACTOR, body, Call(base=HOUSE)).record.pk
    return key


def route_all(tell: Callable[[int], None] = lambda _: None) -> None:
    """Hand out what waits in the outbox."""
    done = 0
    while step := dispatch.route():
        done += step
        tell(done)


def forget_deliveries() -> None:
    """Begin again with nothing on its way, as a house that has been tidied up."""
    one("TRUNCATE ledger_delivery, ledger_outbox")
    one("TRUNCATE notificaties_abonnement CASCADE")
    connection().execute("VACUUM ANALYZE")
    connection().execute("CHECKPOINT")


@contextmanager
def working(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Let a worker of the house work until the block ends."""
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "loket.site.cli", "worker"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env={**os.environ},
        )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()  # one that waits for a subscriber need not finish
        process.wait()


def out_of_order(lines: list[Heard]) -> int:
    """Return how often a main record was told of an event before one that came earlier."""
    order = {str(key): position for key, position in rows("SELECT id, position FROM ledger_event")}
    last: dict[str, int] = {}
    wrong, seen = 0, set()
    for each in lines:
        if each.event in seen:
            continue  # it came again, which may be
        seen.add(each.event)
        wrong += order[each.event] < last.get(each.main, 0)
        last[each.main] = order[each.event]
    return wrong
