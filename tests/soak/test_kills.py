"""Losing nothing: kill -9 under a load of writes, then look at what is left.

The short form kills each part twice; LOKET_SOAK=1 does so twenty times.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from loket.site.bench.filling import RSIN, ZAAKTYPE
from loket.site.postgres import Postgres
from loket.site.process_table import TABLE, command_line, within
from tests.acceptance.house import House, start
from tests.soak.load import REFUSED, Load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TIMES = 20 if os.environ.get("LOKET_SOAK") == "1" else 2
BACK_WITHIN = 60
ADRES = "jansen@example.org"
CATALOGI, ZAKEN = "/catalogi/api/v1", "/zaken/api/v1"


@dataclass
class Site:
    """A running house and the folder in which it lives."""

    house: House
    data_dir: Path

    def ask(self, sql: str) -> list[Any]:
        """Look in the database of the demo municipality."""
        with psycopg.connect(Postgres(self.data_dir).url("loket_demo"), autocommit=True) as link:
            cursor = link.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def children(self, pid: int) -> list[int]:
        """Return the processes that a process started."""
        found = [int(entry.name) for entry in TABLE.iterdir() if entry.name.isdigit()]
        return [each for each in found if _parent(each) == pid]

    def running(self, words: str) -> int:
        """Return the part of the house whose command ends so, once it is there."""
        return _there(lambda: self._named(words))

    def _named(self, words: str) -> int | None:
        parts = self.children(self.house.process.pid)
        return next((each for each in parts if command_line(each)[-1:] == [words]), None)

    def web(self) -> int:
        return self.running("loket.site.wsgi:application")

    def web_worker(self) -> int:
        """Return one of two living workers of the web server."""
        return _there(self._one_of_two_workers)

    def _one_of_two_workers(self) -> int | None:
        living = [each for each in self.children(self.web()) if command_line(each)]
        return max(living) if len(living) > 1 else None

    def worker(self) -> int:
        return self.running("worker")

    def postgres(self) -> int:
        server = Postgres(self.data_dir)
        return _there(lambda: server.pid if server.running else None)


def _there(look: Callable[[], int | None]) -> int:
    """Return the process that `look` finds, once it does; what it saw, not what is there later."""
    found: list[int] = []

    def seen() -> bool:
        pid = look()
        if pid is not None:
            found.append(pid)
        return pid is not None

    assert within(BACK_WITHIN, seen), "a part of the house did not come back"
    return found[-1]


def _parent(pid: int) -> int:
    try:
        shown = (TABLE / str(pid) / "stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(shown.rpartition(")")[2].split()[1])


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    house = start(tmp_path)
    yield Site(house, tmp_path)
    assert house.stop() == 0


@pytest.fixture
def load(site: Site) -> Iterator[Load]:
    """Three zaken, each with a citizen to be told, and a writer for each."""
    call = site.house.call
    catalogus = call("GET", f"{CATALOGI}/catalogussen")["results"][0]["url"]
    zaaktype = call("POST", f"{CATALOGI}/zaaktypen", {**ZAAKTYPE, "catalogus": catalogus}, 201)
    of = {"zaaktype": zaaktype["url"]}
    first, _ = (
        call("POST", f"{CATALOGI}/statustypen", {**of, "omschrijving": n, "volgnummer": nr}, 201)
        for nr, n in enumerate(("begin", "eind"), start=1)
    )
    kind = {**of, "omschrijving": "initiator", "omschrijvingGeneriek": "initiator"}
    roltype = call("POST", f"{CATALOGI}/roltypen", kind, 201)
    site.ask("UPDATE catalogi_zaaktype SET concept = false")
    made = Load(site.house, first["url"])
    made.start([_zaak(call, zaaktype["url"], roltype["url"]) for _ in range(3)])
    yield made
    made.stop()


def _zaak(call: Callable[..., Any], zaaktype: str, roltype: str) -> str:
    body = {
        "zaaktype": zaaktype,
        "bronorganisatie": RSIN,
        "verantwoordelijkeOrganisatie": RSIN,
        "startdatum": "2026-01-05",
    }
    zaak: str = call("POST", f"{ZAKEN}/zaken", body, 201)["url"]
    rol = {
        "zaak": zaak,
        "roltype": roltype,
        "roltoelichting": "aanvrager",
        "betrokkeneType": "natuurlijk_persoon",
        "betrokkeneIdentificatie": {"geslachtsnaam": "Jansen"},
        "contactpersoonRol": {"naam": "A. Jansen", "emailadres": ADRES},
    }
    call("POST", f"{ZAKEN}/rollen", rol, 201)
    return zaak


def _kill(load: Load, part: Callable[[], int]) -> None:
    """Kill a part of the house under load, and wait until writes are taken again."""
    pid, before = part(), load.count
    assert within(BACK_WITHIN, lambda: load.count > before + 5)
    os.kill(pid, signal.SIGKILL)
    assert within(BACK_WITHIN, lambda: part() != pid)
    after = load.count
    assert within(BACK_WITHIN, lambda: load.count > after + 5), "no writes are taken any more"


def test_nothing_is_lost_when_parts_are_killed(
    site: Site, load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(TIMES):
        for part in (site.web_worker, site.web, site.worker, site.postgres):
            _kill(load, part)
    load.stop()
    assert load.surprises == []
    _settled(site)
    _every_acknowledged_write_is_there(site, load)
    _every_event_was_delivered_in_order(site)
    _every_citizen_was_told(site, load)
    with capsys.disabled():
        print(f"\n{TIMES} kills of each part, {load.count} acknowledged writes, none lost")  # noqa: T201


def _settled(site: Site) -> None:
    """Wait until the worker has done all there was to do, also what one that died had in hand."""
    site.ask("UPDATE output_klantnotificatie SET gepland_op = now() WHERE status = 'gepland'")
    open_ones = (
        "SELECT (SELECT count(*) FROM ledger_outbox) "
        "+ (SELECT count(*) FROM ledger_delivery WHERE state = 'wacht') "
        "+ (SELECT count(*) FROM output_klantnotificatie WHERE status = 'gepland')"
    )
    assert within(BACK_WITHIN * TIMES, lambda: site.ask(open_ones)[0][0] == 0)
    assert site.ask("SELECT count(*) FROM ledger_delivery WHERE state = 'vast'") == [(0,)]


def _every_acknowledged_write_is_there(site: Site, load: Load) -> None:
    rows = {str(key) for (key,) in site.ask("SELECT id FROM zaken_status")}
    acknowledged = [url for urls in load.acknowledged.values() for url in urls]
    assert {url.rsplit("/", 1)[-1] for url in acknowledged} <= rows
    for urls in load.acknowledged.values():
        assert site.house.call("GET", urls[-1])["url"] == urls[-1]
    events = site.ask("SELECT key::text FROM ledger_event WHERE resource = 'statussen'")
    assert sorted(key for (key,) in events) == sorted(rows), "one event for each write, no more"
    refused = f"SELECT count(*) FROM ledger_event WHERE nieuw LIKE '%{REFUSED}%'"  # noqa: S608 - a word of ours
    assert site.ask(refused) == [(0,)]


def _every_event_was_delivered_in_order(site: Site) -> None:
    undelivered = (
        "SELECT e.position FROM ledger_event e LEFT JOIN ledger_delivery d USING (position) "
        "WHERE e.resource = 'statussen' AND d.state IS DISTINCT FROM 'klaar'"
    )
    assert site.ask(undelivered) == []
    early = (
        "SELECT position FROM (SELECT position, changed_at, lag(changed_at) OVER "
        "(PARTITION BY subscriber, main_key ORDER BY position) AS before "
        "FROM ledger_delivery) d WHERE changed_at < before"
    )
    assert site.ask(early) == []


def _every_citizen_was_told(site: Site, load: Load) -> None:
    """One message for each status of a zaak with a citizen, and it went out."""
    ours = ", ".join(f"'{url.rsplit('/', 1)[-1]}'" for url in load.acknowledged)
    (statuses,) = site.ask(f"SELECT count(*) FROM zaken_status WHERE zaak_id IN ({ours})")[0]  # noqa: S608 - keys of ours
    told = "SELECT id::text FROM output_klantnotificatie WHERE status = 'verzonden'"
    messages = {f"<{key}@loket>" for (key,) in site.ask(f"{told} AND adres = '{ADRES}'")}
    assert len(messages) == statuses > 0
    assert messages <= {each["message_id"] for each in site.house.messages(0)}
