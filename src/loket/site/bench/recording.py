"""The statements behind a request, kept so that a bare loop can run the same."""

from __future__ import annotations

import io
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connections

from loket.kernel import tenant
from loket.ledger.database import Statement, counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIEnvironment

    from loket.site.bench.request import Request


@dataclass(frozen=True)
class Recorded:
    """What a request ran, and what it answered."""

    statements: list[tuple[str, Any]]
    body: bytes


def record(request: Request) -> Recorded:
    """Answer a request in this process and keep its statements, warm as in a running house."""
    from loket.site.wsgi import application  # noqa: PLC0415 - Django is set up by now

    said: list[str] = []

    def start_response(status: str, *_: Any) -> Any:
        said.append(status)

    for _ in range(2):
        with _all_statements() as noted:
            body = b"".join(application(_environ(request), start_response))
        if not said[-1].startswith(("200", "201")):
            raise RuntimeError(f"{request.name}: {said[-1]} {body.decode()}")
    return Recorded([(str(each), each.params) for each in noted], body)


@contextmanager
def _all_statements() -> Iterator[list[Statement]]:
    """Collect the statements through the ledger's door and those of the ORM, as they come."""

    def note(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        noted.append(Statement(sql, params or ()))
        return execute(sql, params, many, context)

    with counted() as noted, connections[tenant.current().alias].execute_wrapper(note):
        yield noted


def _environ(request: Request) -> WSGIEnvironment:
    path, _, query = request.path.partition("?")
    body = json.dumps(request.body).encode() if request.body else b""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
    }
    for name, value in request.headers().items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    return environ
