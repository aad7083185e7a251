"""`loket zgw copy` as a beheerder types it, in processes that are killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from loket.ledger.database import control, one
from loket.site import tenants
from loket.site.cli import assembled
from loket.site.postgres import database_url
from tests.conftest import SECRET
from tests.services.verhuizing.huis import Wire, served
from tests.services.verhuizing.openzaak import filled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typer.testing import Result

    from loket.kernel.tenant import Tenant

WITHIN = 60


@pytest.fixture
def wire() -> Wire:
    return Wire(filled(documents=False))


@pytest.fixture
def bron(wire: Wire) -> Iterator[str]:
    with served(wire) as address:
        yield address


def copy(address: str, *options: str, secret: str = SECRET) -> Result:
    arguments = ["zgw", "copy", "--from", address, "--client-id", "verhuizer", "--tenant", "demo"]
    environment = {"LOKET_ZGW_SECRET": secret}
    return CliRunner().invoke(assembled(), [*arguments, *options], env=environment)


def test_it_tells_counts_and_checksums_and_writes_a_report(
    bron: str, gemeente: Tenant, tmp_path: Path
) -> None:
    del gemeente
    file = tmp_path / "verslag.json"
    done = copy(bron, "--report", str(file))
    assert done.exit_code == 0, done.output
    assert "zaken/zaken" in done.stdout
    assert "Alles is er, en gelijk aan de bron." in done.stdout
    assert "eigenVeld" in done.stdout
    made: dict[str, Any] = json.loads(file.read_text())
    assert made["goed"] is True
    [row] = [each for each in made["rows"] if each["resource"] == "zaken/zaken"]
    assert row["controlegetal_bron"] == row["controlegetal_hier"]
    assert len(row["controlegetal_hier"]) == 64
    again = copy(bron, "--json")
    told = json.loads(again.stdout)
    assert sum(each["nieuw"] for each in told["rows"]) == 0
    assert [each["controlegetal_hier"] for each in told["rows"]] == [
        each["controlegetal_hier"] for each in made["rows"]
    ]


def test_part_of_it_can_be_asked_for(bron: str, gemeente: Tenant) -> None:
    del gemeente
    done = copy(bron, "--only", "catalogi")
    assert done.exit_code == 0, done.output
    assert one("SELECT count(*) FROM catalogi_zaaktype")[0] == 2
    assert one("SELECT count(*) FROM zaken_zaak")[0] == 0


def test_what_is_refused_makes_the_outcome_one(bron: str, wire: Wire, gemeente: Tenant) -> None:
    del gemeente
    wire.application.records["/zaken/api/v1/zaken"][0]["startdatum"] = "geen datum"  # type: ignore[attr-defined]
    done = copy(bron)
    assert done.exit_code == 1
    assert "startdatum: De datum heeft niet de vorm JJJJ-MM-DD." in done.stdout
    assert "Niet alles is overgenomen of gelijk" in done.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--only", "klanten"), "--only kent catalogi, documenten, zaken, besluiten"),
        (("--catalogi", "http://127.0.0.1:9/api", "--timeout", "0.1"), "niet bereikbaar"),
    ],
)
def test_what_it_cannot_do_it_says(
    bron: str, gemeente: Tenant, options: tuple[str, ...], said: str
) -> None:
    del gemeente
    done = copy(bron, *options)
    assert done.exit_code in (1, 2)
    assert said in done.output


def test_a_wrong_secret_gets_one_clear_line(bron: str, gemeente: Tenant) -> None:
    del gemeente
    done = copy(bron, secret="a secret that is not the one of the source")
    assert done.exit_code == 1
    assert "de client-id of het geheim wordt niet aanvaard" in done.output
    assert "Traceback" not in done.output


@pytest.fixture
def leeg(both: tuple[Tenant, Tenant]) -> Iterator[Tenant]:
    """A municipality of its own, whose database other processes see; gone afterwards."""
    del both
    made = tenants.add("leeg", ["leeg.localhost"], "Gemeente Leeg")
    yield made
    from django.db import connections

    connections[made.alias].close()
    with control(database_url(tenants.CONTROL)) as house:
        house.execute("DELETE FROM tenant WHERE name = %s", (made.name,))
    with control(database_url("postgres")) as server:
        server.execute(f'DROP DATABASE "{made.database}" WITH (FORCE)')


def start(address: str, tenant: Tenant) -> subprocess.Popen[str]:
    """Start the command as a process of its own."""
    arguments = ["--from", address, "--client-id", "verhuizer", "--tenant", tenant.name, "--json"]
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "loket.site.cli", "zgw", "copy", *arguments],
        env={**os.environ, "LOKET_ZGW_SECRET": SECRET},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_killed_again_and_again_it_ends_as_if_it_never_was(
    bron: str, wire: Wire, leeg: Tenant
) -> None:
    kills = 0
    for requests in (6, 9, 12, 9, 12):
        wire.asked.clear()
        process = start(bron, leeg)
        deadline = time.monotonic() + WITHIN
        while len(wire.asked) < requests and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.communicate()
    assert kills >= 3
    process = start(bron, leeg)
    out, err = process.communicate(timeout=WITHIN)
    assert process.returncode == 0, err
    made = json.loads(out)
    assert made["goed"] is True
    with control(database_url(leeg.database)) as database:
        twice = database.execute(
            "SELECT key FROM ledger_event WHERE actor_label = 'loket zgw copy' "
            "GROUP BY key HAVING count(*) > 1"
        ).fetchall()
        events = database.execute(
            "SELECT count(*) FROM ledger_event WHERE actor_label = 'loket zgw copy'"
        ).fetchone()
    assert twice == []
    assert events == (sum(row["overgenomen"] for row in made["rows"]),)
