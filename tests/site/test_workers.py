"""Rights hold at once in every worker process, each of which remembers clients by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from loket.kernel import tenant
from loket.ledger.database import control
from loket.site import tenants
from loket.site.postgres import database_url
from tests.conftest import DATA_DIR, SECRET, make_client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.site.postgres import Postgres

HOST = "werkers.localhost"
APPLICATIES = "/autorisaties/api/v1/applicaties"
CATALOGI = "/catalogi/api/v1/catalogussen"
LEZEN = {"component": "ztc", "scopes": ["catalogi.lezen"]}
ROOT = Path(__file__).parents[2]


class Worker:
    """A process that serves the house, with a memory of its own."""

    def __init__(self) -> None:
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.site.werker"],
            cwd=ROOT,
            env={**os.environ, "LOKET_DATA_DIR": str(DATA_DIR), "PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, method: str, path: str, client: str, body: Any = None) -> None:
        """Send a request; the answer comes later."""
        url = path if path.startswith("http") else f"http://{HOST}{path}"
        asked = {"method": method, "url": url, "client": client, "body": body}
        asked |= {"iat": int(time.time()), "secret": SECRET}
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()

    def hear(self) -> tuple[int, Any]:
        """Return status and body of the answer to the oldest request."""
        assert self.process.stdout is not None
        told = json.loads(self.process.stdout.readline())
        return told["status"], told["body"]

    def call(self, method: str, path: str, client: str, body: Any = None) -> tuple[int, Any]:
        """Send a request and return status and body of its answer."""
        self.ask(method, path, client, body)
        return self.hear()

    def stop(self) -> None:
        """Let the process end."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=20)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(scope="module")
def workers(postgres: Postgres) -> Iterator[tuple[Worker, Worker]]:
    """Two workers, serving a municipality in which what is written stays."""
    del postgres
    made = tenants.add("werkers", [HOST], "Gemeente Werkers")
    with tenant.entered(made):
        make_client("beheer")
        for name in ("starter", "dubbel"):
            make_client(name, autorisaties=[])
    both = Worker(), Worker()
    yield both
    for worker in both:
        worker.stop()
    with control(database_url(tenants.CONTROL)) as database:
        database.execute("DELETE FROM tenant WHERE name = 'werkers'")


def _body(*client_ids: str) -> dict[str, Any]:
    return {"clientIds": list(client_ids), "label": "x", "autorisaties": [LEZEN]}


@pytest.mark.rule("zgw-autorisatie")
def test_rights_given_in_one_worker_hold_at_once_in_the_other(
    workers: tuple[Worker, Worker],
) -> None:
    first, second = workers

    def reads() -> list[int]:
        return [worker.call("GET", CATALOGI, "starter")[0] for worker in (second, first)]

    assert reads() == [403, 403]
    status, made = first.call("POST", APPLICATIES, "beheer", _body("starter"))
    assert status == 201
    assert reads() == [200, 200]
    nothing = {"autorisaties": [{"component": "nrc", "scopes": ["notificaties.consumeren"]}]}
    assert second.call("PATCH", made["url"], "beheer", nothing)[0] == 200
    assert reads() == [403, 403]
    assert first.call("PATCH", made["url"], "beheer", {"autorisaties": [LEZEN]})[0] == 200
    assert reads() == [200, 200]
    assert first.call("DELETE", made["url"], "beheer")[0] == 204
    assert reads() == [403, 403]


@pytest.mark.rule("ac-001")
def test_ac_001_a_client_id_given_twice_at_once_is_given_once(
    workers: tuple[Worker, Worker],
) -> None:
    for nr in range(10):
        for worker in workers:
            worker.ask("POST", APPLICATIES, "beheer", _body("dubbel", f"samen-{nr}"))
        answers = [worker.hear() for worker in workers]
        assert sorted(status for status, _ in answers) == [201, 400]
        url = next(body["url"] for status, body in answers if status == 201)
        assert workers[0].call("DELETE", url, "beheer")[0] == 204
