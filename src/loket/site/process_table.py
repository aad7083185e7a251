"""Which processes live on this machine, as the process table shows them.

The table is read rather than signal 0 sent: a process that has ended and was not waited for yet
still takes signals, and its number may be another's by now.
"""

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

POLL = 0.02
TABLE = Path("/proc")


def lives(pid: int) -> bool:
    """Whether the process has not ended, whether or not it was waited for."""
    try:
        status = (TABLE / str(pid) / "stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] not in {"Z", "X"}


def command_line(pid: int | str) -> list[str]:
    """The words with which a process shows itself; none if it lives no more."""
    try:
        shown = (TABLE / str(pid) / "cmdline").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return shown.rstrip("\0").split("\0") if shown else []


def titled(start: str) -> list[int]:
    """The processes whose first word starts so."""
    pids = [int(entry.name) for entry in TABLE.iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if "".join(command_line(pid)[:1]).startswith(start)]


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    """Wait until the condition holds, but no longer than this."""
    end = time.monotonic() + seconds
    while not (holds := condition()) and time.monotonic() < end:
        time.sleep(POLL)
    return holds


def end(pids: list[int], signum: int, *, patience: float) -> bool:
    """Send the processes a signal and wait until they live no more, but no longer than this."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signum)
    return within(patience, lambda: not any(map(lives, pids)))
