"""The pages of the simulators: one look, strict headers, this machine only."""

from __future__ import annotations

import json
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask import Flask, Response
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import FrameType

    from werkzeug.serving import BaseWSGIServer

HOST = "127.0.0.1"
_OWN_NAMES = [HOST, "localhost", ".localhost"]
_CSP = "Content-Security-Policy"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class _Quiet(WSGIRequestHandler):
    """Writes no access log: addresses hold codes and tokens."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def make_app(*more_names: str) -> Flask:
    """Make an empty site that answers to this machine's own names and to `more_names`.

    Knowing its own names keeps pages elsewhere from reaching it through a name of theirs.
    """
    app = Flask("loket.simulators")
    app.config["TRUSTED_HOSTS"] = [*_OWN_NAMES, *more_names]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.after_request(_with_strict_headers)
    return app


def allow_forms_to(response: Response, origin: str = "") -> None:
    """Let the forms of a page lead to `origin` too: browsers check where a form is redirected."""
    response.headers[_CSP] = (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {origin}"
    ).strip()


def _with_strict_headers(response: Response) -> Response:
    if _CSP not in response.headers:
        allow_forms_to(response)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def bind(port: int) -> BaseWSGIServer:
    """Take the port (0 for any free one); nobody is answered before `serve`."""
    return make_server(HOST, port, Response(), threaded=True, request_handler=_Quiet)


def serve(server: BaseWSGIServer, app: Flask, said: dict[str, Any]) -> None:
    """Say on one line of JSON that all is ready, then answer until told to stop."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    server.app = app
    print(json.dumps(said), flush=True)  # noqa: T201 - whoever started us reads it
    try:
        server.serve_forever()
    finally:
        server.server_close()


@contextmanager
def threaded(app: Flask) -> Generator[str]:
    """Serve in a thread of this process, on a free port whose address is given, for tests."""
    server = bind(0)
    server.app = app
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
