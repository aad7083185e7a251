"""A worker killed half-way through a list loses nothing, and destroys nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from loket.kernel import tenant
from loket.ledger.database import control, one, rows
from loket.site import tenants
from loket.site.postgres import database_url
from tests.conftest import DATA_DIR, make_client
from tests.registers.zaken.zaakwerk import Typen, Werk
from tests.services.archivering.archiefwerk import Archief

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.site.postgres import Postgres

HOST = "sterveling.localhost"
ROOT = Path(__file__).parents[3]
ZAKEN = 5


@pytest.fixture
def blijvend(postgres: Postgres) -> Iterator[Archief]:
    """A municipality in which what is written stays, with two people."""
    del postgres
    made = tenants.add("sterveling", [HOST], "Gemeente Sterveling")
    with tenant.entered(made):
        api = make_client("test")
        api.host = HOST
        archief = Archief(Werk(api, Typen(api).publish()))
        archief.opsteller.host = archief.beoordelaar.host = HOST
        yield archief
    with control(database_url(tenants.CONTROL)) as database:
        database.execute("DELETE FROM tenant WHERE name = 'sterveling'")


def work_until(deliveries: int) -> int:
    """Let a worker work until it is killed at a delivery; return how it ended."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    command = [sys.executable, "-m", "tests.services.archivering.sterveling", HOST]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, str(deliveries)],
        cwd=ROOT,
        env={**os.environ, "LOKET_DATA_DIR": str(DATA_DIR), "PYTHONPATH": path},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    return done.returncode


def gone() -> int:
    return int(one("SELECT count(*) FROM archief_vernietigingsregel WHERE stand = 'vernietigd'")[0])


def test_a_killed_worker_loses_nothing_and_destroys_nothing_twice(blijvend: Archief) -> None:
    zaken = [blijvend.oud() for _ in range(ZAKEN)]
    for zaak in zaken:
        blijvend.werk.met_document(zaak)
        blijvend.sluit(zaak)
    lijst = blijvend.lijst(*zaken)
    blijvend.stel_vast(lijst)
    # each line is released with an event, after the one of the list; the third is taken back
    progress = []
    while work_until(3) != 0:
        there = int(one("SELECT count(*) FROM zaken_zaak")[0])
        progress.append(gone())
        assert there + progress[-1] == ZAKEN, "a zaak and the proof that it is gone, or neither"
    assert progress[0] == 2, "what was not committed was not done"
    assert gone() == ZAKEN
    destroyed: Any = rows(
        "SELECT resource, count(*), count(DISTINCT key) FROM ledger_event WHERE actie = 'destroy' "
        "AND resource IN ('zaken', 'enkelvoudiginformatieobjecten') GROUP BY 1 ORDER BY 1"
    )
    assert destroyed == [
        ("enkelvoudiginformatieobjecten", ZAKEN, ZAKEN),
        ("zaken", ZAKEN, ZAKEN),
    ]
    assert rows("SELECT zaken, documenten FROM archief_vernietigingsverklaring") == [(ZAKEN, ZAKEN)]
    assert rows("SELECT DISTINCT stand FROM archief_vernietigingslijst") == [("uitgevoerd",)]
