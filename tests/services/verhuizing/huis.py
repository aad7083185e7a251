"""A municipality served over HTTP, as the source of a move; the wire may be made bad."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connections
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's name
        del type, message, args


@dataclass
class Wire:
    """What stands between client and source: counts what passes, and spoils what it is told to.

    `faults` are asked in turn with the path and query; one that returns a status ends there.
    """

    application: WSGIApplication
    host: str = ""
    asked: list[str] = field(default_factory=list)
    faults: list[Callable[[str], int]] = field(default_factory=list)
    rewrites: list[Callable[[bytes], bytes]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer, or fail."""
        where = f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"
        with self.lock:
            self.asked.append(where)
            status = next((code for fault in self.faults if (code := fault(where))), 0)
        if status == SLOW:
            time.sleep(1.5)
        elif status == CUT:
            start("200 OK", [("Content-Type", "application/json"), ("Content-Length", "1000")])
            return [b'{"count": 1']
        elif status:
            start(f"{status} Fault", [("Content-Type", "text/plain")])
            return [b"kapot"]
        if self.host:
            environ["HTTP_HOST"] = self.host
        try:
            return self._answered(environ, start)
        finally:
            connections.close_all()

    def _answered(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        said: list[Any] = []
        body = b"".join(self.application(environ, lambda *head: said.extend(head)))  # type: ignore[arg-type]
        for rewrite in self.rewrites:
            body = rewrite(body)
        status, headers, *_ = said
        kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start(status, [*kept, ("Content-Length", str(len(body)))])
        return [body]


SLOW, CUT = -1, -2


def once(number: int, status: int, part: str = "") -> Callable[[str], int]:
    """Make a fault that befalls the first `number` requests whose address has `part` in it."""
    left = [number]

    def fault(where: str) -> int:
        if part not in where or not left[0]:
            return 0
        left[0] -= 1
        return status

    return fault


@contextmanager
def served(wire: Wire) -> Iterator[str]:
    """Serve until the block ends; yield the address."""
    server = make_server("127.0.0.1", 0, wire, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
