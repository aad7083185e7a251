"""A subscriber over HTTP, written by nobody here but werkzeug: keeps what it gets, or fails."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIApplication

AUTH = "Bearer van-de-abonnee"


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's name
        del type, message, args


@dataclass
class Received:
    """A request as it came in, taken or not."""

    url: str
    headers: dict[str, str]
    body: bytes
    method: str = "POST"


@dataclass
class Abonnee:
    """What came, in order, and how to answer: a status for each of the next calls, or 204."""

    got: list[dict[str, Any]] = field(default_factory=list)
    identities: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    requests: list[Received] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    always: int = 204
    open_to_all: bool = False
    slow: float = 0.0
    calls: int = 0
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def application(self, request: Request) -> Response:
        """Answer one call."""
        with self.lock:
            self.calls += 1
            sent = {name.lower(): value for name, value in request.headers.items()}
            self.requests.append(Received(request.url, sent, request.get_data()))
        time.sleep(self.slow)
        if not self.open_to_all and request.headers.get("Authorization") != AUTH:
            return Response(status=403)
        with self.lock:
            status = self.answers.pop(0) if self.answers else self.always
            if status < 300:
                self.got.append(json.loads(request.get_data()))
                self.identities.append(request.headers.get("Idempotency-Key", ""))
                self.media.append(request.content_type or "")
        return Response(status=status)


@contextmanager
def listening(abonnee: Abonnee) -> Iterator[Abonnee]:
    """Let a subscriber listen until the block ends."""
    application: WSGIApplication = Request.application(abonnee.application)
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    abonnee.url = f"http://127.0.0.1:{server.server_port}/hier"
    try:
        yield abonnee
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
