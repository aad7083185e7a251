"""Servers to measure, and what their processes have cost so far."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from loket.site.child import HOST
from loket.site.process_table import TABLE, within

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORKERS = 2
_TICK = os.sysconf("SC_CLK_TCK")


class Serving:
    """A web server that runs: where it listens, and its first process."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self.process = process

    @property
    def pid(self) -> int:
        """The process from which its workers come."""
        return self.process.pid


@contextmanager
def serving(application: str, log: Path, **environment: str) -> Iterator[Serving]:
    """Serve a WSGI application with two workers, as the house itself does."""
    port = _free_port()
    with log.open("wb") as written:
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            [sys.executable, "-m", "granian", "--host", HOST, "--port", str(port), "--no-ws",
             "--interface", "wsgi", "--workers", str(WORKERS), "--blocking-threads", "4",
             application],
            stdin=subprocess.DEVNULL, stdout=written, stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
        )  # fmt: skip
    try:
        if not within(60, lambda: _answers(port) or process.poll() is not None):
            raise TimeoutError(f"{application} does not start; see {log}")
        if process.poll() is not None:
            raise RuntimeError(f"{application} ended; see {log}")
        time.sleep(1)
        yield Serving(port, process)
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        if process.poll() is None:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def used(pid: int) -> float:
    """Return the processor seconds that a process and all below it have used.

    What ended below it counts too: its parent has taken over its time.
    """
    children: dict[int, list[int]] = {}
    seconds: dict[int, float] = {}
    for entry in TABLE.iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            shown = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            children.setdefault(int(shown[1]), []).append(int(entry.name))
            seconds[int(entry.name)] = sum(map(int, shown[11:15])) / _TICK
    total, todo = 0.0, [pid]
    while todo:
        each = todo.pop()
        total += seconds.get(each, 0.0)
        todo += children.get(each, [])
    return total
