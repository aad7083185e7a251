"""What the tests of base registers share: a server that says whatever a test wants."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ssl
    from collections.abc import Generator

KEY = "een-sleutel"


@dataclass
class Said:
    """What is answered, and what was asked."""

    url: str
    code: int = 200
    body: bytes = b"{}"
    wait: float = 0
    trickle: float = 0
    """Seconds between the bytes of an answer."""
    asked: list[tuple[str, Any, bytes]] = field(default_factory=list)

    def say(self, told: Any, code: int = 200) -> None:
        self.code, self.body = code, json.dumps(told).encode()


class _Server(ThreadingHTTPServer):
    said: Said

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: whom we ask breaks off on purpose."""


class _Saying(BaseHTTPRequestHandler):
    server: _Server  # pyright: ignore[reportIncompatibleVariableOverride] - nobody else makes it

    def do_POST(self) -> None:
        said = self.server.said
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        said.asked.append((self.path, self.headers, body))
        time.sleep(said.wait)
        self.send_response(said.code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said.body)))
        self.end_headers()
        pieces = [said.body[at : at + 1] for at in range(len(said.body))]
        for piece in pieces if said.trickle else [said.body]:
            self.wfile.write(piece)
            time.sleep(said.trickle)

    do_GET = do_POST  # noqa: N815 - as it is called there

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - idem
        pass


@contextmanager
def saying(context: ssl.SSLContext | None = None) -> Generator[Said]:
    """Serve what the test says, over TLS if there is a context for it."""
    with _Server(("127.0.0.1", 0), _Saying) as server:
        scheme = "https" if context else "http"
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        server.said = Said(f"{scheme}://localhost:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server.said
        finally:
            server.shutdown()
            thread.join()
