import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from loket.site import postgres_cluster, tenants
from loket.site.postgres import Postgres, check_server, database_url
from loket.site.postgres_cluster import Owner, PostgresError
from loket.site.process_table import lives, within

STARTER = """
import sys, time
from pathlib import Path
from loket.site.postgres import Postgres
server = Postgres(Path(sys.argv[1]), leashed=sys.argv[2] == "leashed")
server.start()
print(server.pid, flush=True)
time.sleep(float(sys.argv[3]))
"""


def starter(data_dir: Path, *, leashed: bool, stays: float) -> subprocess.Popen[str]:
    kind = "leashed" if leashed else "free"
    return subprocess.Popen(  # noqa: S603  our own script
        [sys.executable, "-c", STARTER, str(data_dir), kind, str(stays)],
        stdout=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> int:
    assert process.stdout
    return int(process.stdout.readline())


@contextmanager
def new_data_dir() -> Iterator[Path]:
    """A data directory that an unprivileged user reaches, as pytest's own is not."""
    directory = Path(tempfile.mkdtemp(prefix="loket-test-"))
    directory.chmod(0o755)
    yield directory
    Postgres(directory).stop()
    shutil.rmtree(directory)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with new_data_dir() as directory:
        yield directory


@pytest.fixture(scope="module")
def used_data_dir() -> Iterator[Path]:
    """One for all tests that a server with a past does not disturb."""
    with new_data_dir() as directory:
        yield directory


@pytest.fixture
def server(used_data_dir: Path) -> Postgres:
    started = Postgres(used_data_dir)
    started.start()
    with psycopg.connect(started.url()) as connection:
        connection.execute("DROP TABLE IF EXISTS note")
        connection.execute("CREATE TABLE note (word text)")
    return started


def remember(server: Postgres, word: str) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute("INSERT INTO note VALUES (%s)", [word])


def remembered(server: Postgres) -> list[str]:
    with psycopg.connect(server.url()) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM note")]


def test_is_reached_through_a_socket_with_a_password_only(server: Postgres) -> None:
    with psycopg.connect(server.url()) as connection:
        found = connection.execute(
            "SELECT current_setting('listen_addresses'), current_setting('fsync'),"
            " current_setting('synchronous_commit'), datlocprovider, datlocale"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        ways_in = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules")
        assert ways_in.fetchall() == [("scram-sha-256",)]
    assert found == ("", "on", "on", "b", "C.UTF-8")
    assert (server.home / "password").stat().st_mode & 0o777 == 0o600
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.url(), password="a guess")


def test_does_not_run_as_root(server: Postgres) -> None:
    assert server.pid
    assert Path(f"/proc/{server.pid}").stat().st_uid != 0


def test_second_start_finds_the_server(server: Postgres) -> None:
    again = Postgres(server.home.parent)
    began = time.monotonic()
    again.start()
    assert time.monotonic() - began < 0.5
    assert again.pid == server.pid
    assert again.running
    assert not again.tied


def test_stop_and_start_keep_what_was_committed(server: Postgres) -> None:
    remember(server, "kept")
    pid = server.pid
    server.stop()
    assert not server.running
    assert server.pid is None
    assert pid
    assert not lives(pid)
    began = time.monotonic()
    server.start()
    assert time.monotonic() - began < 3
    assert remembered(server) == ["kept"]


def test_stop_without_a_server_is_no_fault(data_dir: Path) -> None:
    Postgres(data_dir).stop()


def test_two_stand_side_by_side(server: Postgres, data_dir: Path) -> None:
    other = Postgres(data_dir)
    other.start()
    assert server.running
    assert server.pid != other.pid
    with psycopg.connect(other.url()) as connection:
        assert connection.execute("SELECT to_regclass('note')").fetchone() == (None,)


def test_starts_after_kill_9_with_a_session_busy(server: Postgres) -> None:
    remember(server, "acknowledged")
    busy = psycopg.connect(server.url(), autocommit=True)
    busy.execute("SELECT 1")
    backend = busy.info.backend_pid
    os.kill(backend, signal.SIGSTOP)  # so that it cannot notice that the server is gone
    pid = server.pid
    assert pid
    os.kill(pid, signal.SIGKILL)
    assert within(5, lambda: not server.running)
    server.start()
    assert server.pid != pid
    assert not lives(backend)
    assert remembered(server) == ["acknowledged"]
    busy.close()


def test_starts_beside_a_stranger_with_the_number_of_the_old_server(server: Postgres) -> None:
    pid = server.pid
    assert pid
    claim = server.cluster / "postmaster.pid"
    lines = claim.read_text().splitlines()
    os.kill(pid, signal.SIGKILL)
    assert within(5, lambda: not server.running)
    owner = Owner.of(server.cluster)
    asleep = subprocess.Popen(["/bin/sleep", "60"], user=owner.uid if owner else None)
    with asleep as stranger:
        claim.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        assert not server.running
        server.start()
        assert server.running
        assert stranger.poll() is None
        stranger.kill()


def test_a_first_start_that_was_cut_off_leaves_no_harm(data_dir: Path) -> None:
    half = data_dir / "postgres" / "cluster.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    server = Postgres(data_dir)
    server.start()
    assert server.running
    assert not half.exists()


def test_two_that_start_at_the_same_time_get_one_server(data_dir: Path) -> None:
    def start() -> subprocess.Popen[str]:
        return starter(data_dir, leashed=False, stays=0)

    with start() as one, start() as other:
        assert said(one) == said(other)


def test_outlives_the_one_who_started_it(server: Postgres) -> None:
    server.stop()
    with starter(server.home.parent, leashed=False, stays=0) as process:
        pid = said(process)
    assert server.running
    assert server.pid == pid


def test_leashed_ends_with_the_one_who_started_it(server: Postgres) -> None:
    server.stop()
    with starter(server.home.parent, leashed=True, stays=60) as process:
        pid = said(process)
        process.kill()
    assert within(10, lambda: not lives(pid))
    assert server.log.read_text().rstrip().endswith("database system is shut down")


@pytest.fixture
def closed_door(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A directory that the server's user, if it is not our own, cannot enter."""
    with tempfile.TemporaryDirectory() as closed, tempfile.TemporaryDirectory() as reachable:
        Path(reachable).chmod(0o755)
        monkeypatch.setattr(postgres_cluster, "BEHIND_CLOSED_DOORS", Path(reachable))
        yield Path(closed)


def test_a_directory_that_is_closed_long_and_oddly_named_will_do(closed_door: Path) -> None:
    data_dir = closed_door / "ü%20 'n" / ("a long way down " * 12)
    server = Postgres(data_dir)
    server.start()
    try:
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert closed_door.stat().st_mode & 0o777 == 0o700
        assert {path.name for path in data_dir.iterdir()} == {"logs", "postgres"}
    finally:
        server.stop()


def test_a_server_that_cannot_start_says_why(server: Postgres) -> None:
    server.stop()
    settings = server.cluster / "postgresql.conf"
    good = settings.read_text()
    settings.write_text("no_such_setting = 1\n")
    with pytest.raises(PostgresError, match="unrecognized configuration parameter"):
        server.start()
    settings.write_text(good)


def test_url_without_a_server_says_so(data_dir: Path) -> None:
    with pytest.raises(PostgresError, match="no database server"):
        Postgres(data_dir).url()


def test_url_of_the_server_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    named = "postgresql://jan:p%40ss@db.example.nl:5433/loket?sslmode=require"
    monkeypatch.setenv("LOKET_DATABASE_URL", named)
    assert database_url() == named
    assert database_url("utrecht") == named.replace("/loket?", "/utrecht?")


def test_url_of_our_own_server(monkeypatch: pytest.MonkeyPatch, server: Postgres) -> None:
    monkeypatch.delenv("LOKET_DATABASE_URL", raising=False)
    monkeypatch.setenv("LOKET_DATA_DIR", str(server.home.parent))
    assert database_url() == server.url("postgres")
    assert database_url("een naam") == server.url("een naam")


def test_a_url_of_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_DATABASE_URL", "mysql://localhost/loket")
    with pytest.raises(PostgresError, match="LOKET_DATABASE_URL must look like postgresql://"):
        database_url()


def test_a_server_that_is_old_is_refused() -> None:
    check_server(16_00_00)
    with pytest.raises(PostgresError, match="PostgreSQL 15 server; Loket needs 16 or later"):
        check_server(15_00_12)


def test_a_server_that_is_gone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_DATABASE_URL", "postgresql://loket@127.0.0.1:1/loket")
    with pytest.raises(PostgresError, match=r"LOKET_DATABASE_URL.* cannot be used"):
        tenants.prepare()
