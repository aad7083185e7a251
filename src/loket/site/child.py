"""A process that the supervisor keeps going."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from loket.site import leash
from loket.site.logs import last_lines, open_log

HOST = "127.0.0.1"
STEADY_AFTER = 5.0
"""Seconds that a process must have lived for its next end not to count as one more failure."""
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0


@dataclass(frozen=True)
class Process:
    """What to run; it is ready when `ready` says so, or else when its port answers."""

    name: str
    argv: Sequence[str]
    ready: Callable[[], bool] | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    port: int | None = None

    def is_ready(self) -> bool:
        """Whether the process can do its work."""
        if self.ready:
            return self.ready()
        return self.port is None or _answers(self.port)

    def port_is_taken(self) -> bool:
        """Whether another holds the port, before the process is started."""
        if self.port is None:
            return False
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, self.port))
            except OSError:
                return True
        return False


class Child:
    """A process as it runs, with its log and its luck so far.

    It has a session of its own, so that Ctrl-C reaches the supervisor only, and a leash, so that
    it ends with the supervisor however that ends.
    """

    def __init__(self, process: Process, log: Path) -> None:
        self.process = process
        self.log = log
        self._failures = 0
        self._log_before = 0
        self._started = self._not_before = 0.0
        self._popen: subprocess.Popen[bytes] | None = None
        self._start()

    def has_ended(self) -> bool:
        """Whether the process lives no more; it is not waited for yet."""
        if not self._popen:
            return True
        look = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self._popen.pid, look) is not None

    def end_to_report(self) -> str | None:
        """How the process ended, said once."""
        if not self._popen or not self.has_ended():
            return None
        code = self.kill()
        steady = time.monotonic() - self._started > STEADY_AFTER
        self._failures = 0 if steady else self._failures + 1
        pause = FIRST_PAUSE * 2**self._failures if self._failures else 0.0
        self._not_before = time.monotonic() + min(LONGEST_PAUSE, pause)
        if code < 0:
            return f"was killed by {signal.Signals(-code).name}"
        return f"ended with exit code {code}"

    def start_again(self) -> bool:
        """Start the process if it has ended, but not too soon."""
        if self._popen or time.monotonic() < self._not_before:
            return False
        self._start()
        return True

    def said(self) -> str:
        """What the process wrote last."""
        return last_lines(self.log, since=self._log_before)

    def terminate(self) -> None:
        """Ask the process and those that it started to stop."""
        self._signal(signal.SIGTERM)

    def kill(self) -> int:
        """End what is left of the process and of those that it started; its exit code."""
        if not self._popen:
            return 0
        self._signal(signal.SIGKILL)
        code = self._popen.wait()
        self._popen = None
        return code

    def _signal(self, signum: int) -> None:
        # The process is not waited for yet, so the number of its group cannot be another's.
        if self._popen:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._popen.pid, signum)

    def _start(self) -> None:
        with open_log(self.log) as log:
            self._log_before = log.tell()
            self._popen = subprocess.Popen(  # noqa: S603  our own command, no shell
                leash.command(list(self.process.argv), signum=signal.SIGTERM),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, **self.process.env},
            )
        self._started = self._not_before = time.monotonic()


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        return True
    return False
