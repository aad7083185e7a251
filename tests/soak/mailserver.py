"""A mail server that fails at random, and writes down each mail that it took.

`python -m tests.soak.mailserver FILE [--port N] [--faults P]` says on its first line where it
listens. A line of FILE tells how it went (`well` or `lost`), the Message-ID and for whom; it is
written before the answer is given, so that what was answered well stands there, however we end.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import subprocess
import sys
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aiosmtpd.smtp import SMTP, Envelope, Session

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST: Final = "127.0.0.1"
ROOT: Final = Path(__file__).parents[2]
KINDS: Final = 4
"""The ways in which it fails: 421, 451, a reset, and a reply that gets lost."""


@dataclass(frozen=True)
class Taken:
    """What a line tells."""

    how: str
    message_id: str
    to: str


class Fickle:
    """What aiosmtpd calls; each way of failing has the same chance."""

    def __init__(self, file: int, faults: float) -> None:
        self._file, self._faults = file, faults

    def _strikes(self) -> bool:
        return random.random() < self._faults / KINDS  # noqa: S311 - spreads, hides nothing

    async def handle_MAIL(  # noqa: N802 - named by aiosmtpd
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Refuse all mail for a while, and hang up."""
        if self._strikes():
            await server.push("421 4.3.2 Even geen post")
            _abort(server)
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _opts: list[str]
    ) -> str:
        """Ask to come back later."""
        if self._strikes():
            return "451 4.7.1 Kom later terug"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - named by aiosmtpd
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take the mail; or break off before it is taken, or before that is said."""
        if self._strikes():
            _abort(server)
            return "250 2.0.0 niemand hoort dit"
        lost = self._strikes()
        named = message_from_bytes(envelope.original_content or b"")["Message-ID"]
        line = f"{'lost' if lost else 'well'} {named} {envelope.rcpt_tos[0]}\n"
        os.write(self._file, line.encode())
        if lost:
            _abort(server)
        return "250 2.0.0 OK"


def _abort(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.WriteTransport):
        server.transport.abort()


def taken(file: Path) -> list[Taken]:
    """Return every mail that the server took so far, in order."""
    return [Taken(*line.split()) for line in _lines(file)]


def count(file: Path) -> int:
    """Return how many mails the server took so far."""
    return sum(1 for _ in _lines(file))


def _lines(file: Path) -> Iterator[str]:
    return iter(file.read_text().splitlines() if file.exists() else ())


@dataclass
class Mailserver:
    """The server in a process of its own."""

    file: Path
    faults: float
    process: subprocess.Popen[str]
    port: int

    @classmethod
    def begin(cls, file: Path, faults: float, port: int = 0) -> Mailserver:
        """Start it; it takes mail afterwards."""
        command = [sys.executable, "-m", "tests.soak.mailserver", str(file)]
        command += ["--port", str(port), "--faults", str(faults)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)  # noqa: S603 - our own command, no shell
        said = process.stdout.readline().strip() if process.stdout else ""
        if not said:
            raise RuntimeError("the mail server does not start")
        return cls(file, faults, process, int(said))

    def crash(self) -> None:
        """End at once; nobody listens any more."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def back(self) -> None:
        """Come back at the same place."""
        self.process = self.begin(self.file, self.faults, self.port).process


async def _listen(handler: Fickle, port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(handler, hostname="mail.localhost", loop=loop), HOST, port
    )
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


def main() -> None:
    """Listen until the process ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--faults", type=float, default=0.0)
    given = parser.parse_args()
    file = os.open(given.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    asyncio.run(_listen(Fickle(file, given.faults), given.port))


if __name__ == "__main__":
    main()
