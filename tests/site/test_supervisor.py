import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from loket.site.postgres import Postgres
from loket.site.process_table import lives, within

LOKET = """
import sys
from pathlib import Path
from loket.site.child import Process
from loket.site.postgres import Postgres
from loket.site.supervisor import Step, run

data_dir, port, mood = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
WORKER = '''
import pathlib, subprocess, sys, time
helper = subprocess.Popen(["/bin/sleep", "600"])
pathlib.Path(sys.argv[1]).write_text(f"{helper.pid}")
if sys.argv[2] == "broken":
    sys.exit("no work today")
print("a worker works", flush=True)
time.sleep(600)
'''

def load(tell):
    for done in range(3):
        tell(done + 1, 3)
    if mood == "no demo":
        raise RuntimeError("the demo is gone")

processes = [
    Process(
        "web",
        [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)],
        port=port,
    ),
    Process(
        "worker",
        [sys.executable, "-c", WORKER, str(data_dir / "helper"), mood],
        ready=lambda: "works" in (data_dir / "logs" / "worker.log").read_text(),
    ),
]
postgres = Postgres(data_dir, leashed=True) if mood == "with postgres" else None
sys.exit(run([Step("demo municipality", load)], processes, "Loket is there.",
             postgres=postgres, logs=data_dir / "logs"))
"""


class Loket:
    """A supervisor at work, and what it said."""

    def __init__(self, data_dir: Path, mood: str) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self._output = data_dir / "output"
        shutil.rmtree(data_dir / "logs", ignore_errors=True)
        with self._output.open("w") as output:
            self.process = subprocess.Popen(  # noqa: S603  our own script
                [sys.executable, "-c", LOKET, str(data_dir), str(self.port), mood],
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self._output.read_text()

    def says(self, words: str) -> bool:
        return within(20, lambda: words in self.said() or self.process.poll() is not None) and (
            words in self.said()
        )

    def children(self) -> dict[str, int]:
        """The processes that run now, by what they are, the worker's own child included."""
        pid = self.process.pid
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        found = {Path(f"/proc/{child}/cmdline").read_text(): int(child) for child in listed}
        names = {"http.server": "web", "a worker works": "worker", "/postgres\0": "postgres"}
        return {
            name: pid for mark, name in names.items() for line, pid in found.items() if mark in line
        } | {"helper": int((self.data_dir / "helper").read_text())}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def used_data_dir() -> Iterator[Path]:
    directory = Path(tempfile.mkdtemp(prefix="loket-test-"))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory)


@pytest.fixture
def data_dir(used_data_dir: Path) -> Iterator[Path]:
    """A data directory with a past, in which no database runs."""
    yield used_data_dir
    Postgres(used_data_dir).stop()


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process that Loket did not start."""
    with subprocess.Popen(["/bin/sleep", "600"]) as process:
        yield process
        process.kill()


@contextmanager
def loket(data_dir: Path, mood: str = "well") -> Iterator[Loket]:
    started = Loket(data_dir, mood)
    try:
        yield started
    finally:
        started.process.terminate()
        started.process.wait(20)


def test_says_step_by_step_what_is_done_and_then_the_addresses(data_dir: Path) -> None:
    with loket(data_dir, "with postgres") as running:
        assert running.says("Loket is there.")
        said = running.said()
    lines = ["✓ database", "✓ demo municipality", "✓ web", "✓ worker", "Loket is there."]
    assert [said.index(line) for line in lines] == sorted(said.index(line) for line in lines)


def test_second_start_is_quick(data_dir: Path) -> None:
    Postgres(data_dir).start()
    Postgres(data_dir).stop()
    began = time.monotonic()
    with loket(data_dir, "with postgres") as running:
        assert running.says("Loket is there.")
        assert time.monotonic() - began < 5


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_that_was_started_and_nothing_else(
    data_dir: Path, stranger: subprocess.Popen[bytes], signum: signal.Signals
) -> None:
    with loket(data_dir, "with postgres") as running:
        assert running.says("Loket is there.")
        children = running.children()
        assert children.keys() == {"web", "worker", "postgres", "helper"}
        running.process.send_signal(signum)
        assert running.process.wait(20) == 0
        assert not [name for name, pid in children.items() if lives(pid)]
        assert stranger.poll() is None


def test_leaves_a_database_that_it_did_not_start(data_dir: Path) -> None:
    postgres = Postgres(data_dir)
    postgres.start()
    with loket(data_dir, "with postgres") as running:
        assert running.says("Loket is there.")
        running.process.terminate()
        assert running.process.wait(20) == 0
    assert postgres.running


@pytest.mark.parametrize("name", ["web", "worker", "postgres"])
def test_starts_again_what_was_killed(data_dir: Path, name: str) -> None:
    with loket(data_dir, "with postgres") as running:
        assert running.says("Loket is there.")
        before = running.children()
        os.kill(before[name], signal.SIGKILL)
        assert within(20, lambda: running.children().get(name, before[name]) != before[name])
        assert running.says("starting it again")
        assert within(20, lambda: Postgres(data_dir).running and answers(running.port))
        if name == "worker":
            assert not lives(before["helper"])
            assert within(5, lambda: running.children()["helper"] != before["helper"])
        after = running.children()
        running.process.terminate()
        assert running.process.wait(20) == 0
    assert not [pid for pid in (*before.values(), *after.values()) if lives(pid)]


def test_kill_9_of_the_supervisor_leaves_no_child(data_dir: Path) -> None:
    with loket(data_dir, "with postgres") as running:
        assert running.says("Loket is there.")
        children = running.children()
        helper = children.pop("helper")
        running.process.kill()
        assert within(10, lambda: not any(map(lives, children.values())))
        os.kill(helper, signal.SIGKILL)  # for the worker to end, which knows nothing of that


def test_a_port_that_is_taken_is_named(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setitem(globals(), "free_port", lambda: port)
        with loket(data_dir, "with postgres") as running:
            assert running.process.wait(20) == 1
            assert f"Port {port} on 127.0.0.1 is taken, so web cannot start" in running.said()
            assert "LOKET_PORT" in running.said()
    assert not Postgres(data_dir).running


def test_a_process_that_does_not_start_stops_all_and_shows_its_log(data_dir: Path) -> None:
    with loket(data_dir, "broken") as running:
        assert running.process.wait(20) == 1
        assert "worker ended with exit code 1" in running.said()
        assert "no work today" in running.said()
        assert not answers(running.port)
        assert not lives(int((data_dir / "helper").read_text()))


def test_a_step_that_fails_starts_nothing(data_dir: Path) -> None:
    with loket(data_dir, "no demo") as running:
        assert running.process.wait(20) == 1
        assert "the demo is gone" in running.said()
        assert "✓ web" not in running.said()
