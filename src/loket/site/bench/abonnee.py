"""A subscriber to measure with: writes down what it gets, and fails when it is told to.

`python -m loket.site.bench.abonnee FILE [--port N] [--faults P] [--slow S] [--hang]` says on its
first line where it listens. A line of FILE tells when, of which event, and about which main record;
it is written before the answer is given, so that what was answered well stands there, however we
end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from loket.site.child import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator

WELL: Final = b"HTTP/1.1 204 No Content\r\n\r\n"
ILL: Final = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"
LINE: Final = 92
"""Bytes of a line: moment, event and main record."""


@dataclass(frozen=True)
class Manners:
    """How a subscriber behaves: where it writes, how often it fails, and whether it is deaf.

    One in three faults is an answer 500, one a reset, and one that it says nothing for `slow`
    seconds, and then hangs up.
    """

    file: int
    faults: float
    slow: float
    deaf: bool


@dataclass(frozen=True)
class Heard:
    """What a line tells."""

    moment: float
    event: str
    main: str


class _Link(asyncio.Protocol):
    """One connection: requests one after another, each with its body."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._waits = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where the answers go."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take what came; answer each request that is whole."""
        self._waits += data
        while (at := self._waits.find(b"\r\n\r\n")) >= 0:
            headers = {
                name.strip().lower(): value.strip()
                for name, _, value in (
                    line.partition(b":") for line in self._waits[:at].split(b"\r\n")[1:]
                )
            }
            end = at + 4 + int(headers.get(b"content-length", b"0"))
            if len(self._waits) < end:
                return
            body, self._waits = self._waits[at + 4 : end], self._waits[end:]
            self._answer(headers.get(b"idempotency-key", b"").decode(), body)

    def _answer(self, event: str, body: bytes) -> None:
        if self._transport is None or self._manners.deaf:
            return
        fault = random.random() < self._manners.faults  # noqa: S311 - spreads, hides nothing
        match random.randrange(3) if fault else None:  # noqa: S311 - idem
            case 0:
                self._transport.write(ILL)
            case 1:
                self._transport.abort()  # a reset
            case 2:
                asyncio.get_running_loop().call_later(self._manners.slow, self._transport.abort)
            case _:
                os.write(self._manners.file, line(event, json.loads(body)["hoofdObject"]))
                self._transport.write(WELL)


def line(event: str, main: str) -> bytes:
    """Return what is written down; a UUID of a main record is the end of its address."""
    return f"{time.time():017.6f} {event:36.36} {main[-36:]:36}\n".encode()


def heard(file: Path) -> list[Heard]:
    """Return what a subscriber wrote down so far, in order."""
    lines = (each.split() for each in file.read_text().splitlines())
    return [Heard(float(moment), event, main) for moment, event, main in lines]


def count(file: Path) -> int:
    """Return how many calls were answered well so far."""
    return file.stat().st_size // LINE if file.exists() else 0


async def _listen(manners: Manners, port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Link(manners), HOST, port)
    sys.stdout.write(f"http://{HOST}:{server.sockets[0].getsockname()[1]}/hier\n")
    sys.stdout.flush()
    await server.serve_forever()


@dataclass
class Abonnee:
    """A subscriber in a process of its own."""

    process: subprocess.Popen[str]
    url: str

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.split(":")[2].partition("/")[0])

    def stop(self) -> None:
        """End it at once, as a crash would."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


def begin(file: Path, *options: str) -> Abonnee:
    """Start a subscriber; it takes calls afterwards."""
    command = [sys.executable, "-m", "loket.site.bench.abonnee", str(file), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command, no shell
    said = process.stdout.readline().strip() if process.stdout else ""
    if not said:
        raise RuntimeError("the subscriber does not start")
    return Abonnee(process, said)


@contextmanager
def listening(file: Path, *options: str) -> Iterator[Abonnee]:
    """Let a subscriber listen until the block ends."""
    made = begin(file, *options)
    try:
        yield made
    finally:
        made.stop()


def main() -> None:
    """Listen until the process ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--faults", type=float, default=0.0)
    parser.add_argument("--slow", type=float, default=15.0)
    parser.add_argument("--hang", action="store_true")
    given = parser.parse_args()
    file = os.open(given.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    manners = Manners(file, given.faults, given.slow, given.hang)
    asyncio.run(_listen(manners, given.port))


if __name__ == "__main__":
    main()
