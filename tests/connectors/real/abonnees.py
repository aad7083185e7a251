"""Subscribers that nobody here wrote, each in a process that ends with the test."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
NODE = Path(sys.executable).with_name("node")
AUTH = "Bearer van-de-abonnee"
KINDS = {
    "javascript": [str(NODE), str(HERE / "abonnee.mjs")],
    "cloudevents": [sys.executable, str(HERE / "abonnee.py"), "cloudevents"],
    "zgw": [sys.executable, str(HERE / "abonnee.py"), "zgw"],
}


@dataclass(frozen=True)
class Real:
    """Where it listens."""

    url: str

    @property
    def taken(self) -> list[dict[str, Any]]:
        """What it took, as its library reads it."""
        told: list[dict[str, Any]] = httpx.get(self.url, timeout=20).json()
        return told


@contextmanager
def listening(kind: str) -> Iterator[Real]:
    """Let one listen until the block ends."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreters and scripts
        [*KINDS[kind], AUTH], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            assert line, f"the subscriber {kind} did not start"
            yield Real(json.loads(line)["url"])
        finally:
            process.kill()
