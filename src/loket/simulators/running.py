"""Start a simulator as a process of its own and stop it again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import loket

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE_SECONDS = 10


class Running(NamedTuple):
    """A simulator that is ready, and what it said of itself: its ports and addresses."""

    process: subprocess.Popen[str]
    said: dict[str, Any]


@contextmanager
def running(simulator: str, *options: str) -> Iterator[Running]:
    """Run `loket.simulators.<simulator>` with `options` until the block ends."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", f"loket.simulators.{simulator}", *options],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(loket.__file__).parents[1])},
    )
    with process:
        try:
            yield Running(process, _first_words(process, simulator))
        finally:
            _stop(process)


def _first_words(process: subprocess.Popen[str], simulator: str) -> dict[str, Any]:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError(f"The simulator {simulator} stopped before it was ready.")
    words: dict[str, Any] = json.loads(line)
    return words


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
