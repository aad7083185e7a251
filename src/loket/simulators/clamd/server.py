"""The protocol of clamd, as far as a client that streams files needs it."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from enum import StrEnum
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING

from loket.simulators.clamd.looking import NAME, Look

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"
LONGEST_COMMAND = 64
STREAM_MAX = 2**31 - 1
VERSION = "ClamAV stand-in of Loket (knows the EICAR test only)"
TOO_LONG = "INSTREAM size limit exceeded. ERROR"


class Mode(StrEnum):
    """How the scanner fails."""

    NONE = "none"
    ERROR = "error"
    """It says that it could not look."""
    SILENT = "silent"
    """It takes the stream and never answers."""
    DEAF = "deaf"
    """It takes the connection and reads nothing."""
    GARBAGE = "garbage"
    """It says something that means nothing."""
    HALF = "half"
    """It breaks off in the middle of its answer."""
    DROP = "drop"
    """It breaks the connection as soon as it knows the command."""


_SAID = {
    Mode.ERROR: b"stream: Can't open file or directory ERROR\0",
    Mode.GARBAGE: b"HTTP/1.1 200 OK\r\n\0",
    Mode.HALF: b"stream: OK",
}


class Server(ThreadingTCPServer):
    """Answers any number of clients on this machine; `mode` says how it fails."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, port: int, mode: Mode = Mode.NONE, stream_max: int = STREAM_MAX) -> None:
        super().__init__((HOST, port), _Conversation)
        self.mode = mode
        self.stream_max = stream_max
        self.streams = 0
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        """Where it is, as a client names it."""
        return f"tcp://{HOST}:{self.server_address[1]}"

    def server_close(self) -> None:
        """Close, and let go of whoever still waits for an answer."""
        self.stopping.set()
        super().server_close()


class _Conversation(StreamRequestHandler):
    """One connection: one command."""

    server: Server

    def handle(self) -> None:
        """Read the command and answer it."""
        with suppress(OSError):  # the client may go away at any time
            if self.server.mode is Mode.DEAF:
                self.server.stopping.wait()
                return
            command, end = self._command()
            if self.server.mode is Mode.DROP:
                return
            if command == b"INSTREAM":
                self._stream(end)
            elif command == b"PING":
                self.wfile.write(b"PONG" + end)
            elif command == b"VERSION":
                self.wfile.write(VERSION.encode() + end)
            else:
                self.wfile.write(b"UNKNOWN COMMAND" + end)

    def _command(self) -> tuple[bytes, bytes]:
        """Return the command and the byte that ends it, and every answer to it."""
        first = self.rfile.read(1)
        end = b"\0" if first == b"z" else b"\n"
        said = b"" if first in {b"z", b"n"} else first
        while len(said) < LONGEST_COMMAND and (byte := self.rfile.read(1)) not in {b"", end}:
            said += byte
        return said, end

    def _stream(self, end: bytes) -> None:
        self.server.streams += 1
        mode = self.server.mode
        answer = self._look()
        if mode is Mode.SILENT:
            self.server.stopping.wait()
        elif said := _SAID.get(mode):
            self.wfile.write(said)
        else:
            self.wfile.write(answer.encode() + end)

    def _look(self) -> str:
        look, size = Look(), 0
        while length := int.from_bytes(self.rfile.read(4), "big"):
            size += length
            if size > self.server.stream_max:
                return TOO_LONG
            look.at(self.rfile.read(length))
        return f"stream: {NAME} FOUND" if look.found else "stream: OK"


@contextmanager
def serving(port: int = 0, stream_max: int = STREAM_MAX) -> Iterator[Server]:
    """Serve in a thread of this process until the block ends; 0 asks for any free port."""
    with Server(port, stream_max=stream_max) as server:
        thread = threading.Thread(
            target=server.serve_forever, args=(0.02,), name="clamd", daemon=True
        )
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
