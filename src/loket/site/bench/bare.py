"""The bare loop: a WSGI callable that runs recorded statements with psycopg, and no more.

`BENCH_STATEMENTS` names the file with the statements of each request.
"""

from __future__ import annotations

import base64
import json
import os
import pickle
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import psycopg
from psycopg.adapt import Loader

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

_kept: dict[str, Any] = pickle.loads(  # noqa: S301 - written by the bench that started us
    Path(os.environ["BENCH_STATEMENTS"]).read_bytes()
)
_local = threading.local()


class _Bytes(Loader):
    """Hands JSON built by PostgreSQL through as bytes, as Loket does."""

    def load(self, data: Any) -> bytes:
        return bytes(data)


def _connection() -> psycopg.Connection[Any]:
    if not hasattr(_local, "connection"):
        _local.connection = psycopg.connect(_kept["url"], autocommit=True)
        _local.connection.adapters.register_loader("json", _Bytes)
    opened: psycopg.Connection[Any] = _local.connection
    return opened


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Run the statements of the request that the path names."""
    statements, once = _kept["requests"][int(environ["PATH_INFO"].strip("/"))]
    sent = environ["wsgi.input"].read()
    if b'"bestandsnaam"' in sent:
        _keep(sent)
    if once:
        with _connection().transaction():
            body = _run(_anew(statements, once))
    else:
        body = _run(statements)
    if b'"sleutel"' in body and not once:
        body = Path(_kept["files"], json.loads(body)["inhoud"]["sleutel"]).read_bytes()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]


def _keep(sent: bytes) -> None:
    """Write the file in a body, and see it safe on the disk."""
    path = Path(_kept["files"], uuid4().hex)
    with path.open("wb") as opened:
        opened.write(base64.b64decode(json.loads(sent)["inhoud"]))
        opened.flush()
        os.fsync(opened.fileno())
    path.rename(path.with_suffix(".heel"))


def _run(statements: list[tuple[str, Any]]) -> bytes:
    row: Any = None
    with _connection().cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql.encode(), params, prepare=True)
            row = cursor.fetchone() if cursor.description else None
    found = [each for each in row or () if isinstance(each, (bytes, str))]
    shown = found[-1] if found else b""
    return shown.encode() if isinstance(shown, str) else shown


def _anew(statements: list[tuple[str, Any]], once: list[Any]) -> list[tuple[str, Any]]:
    """Put new keys and numbers in the place of those that may be used once only."""
    fresh = {each: uuid4() if isinstance(each, UUID) else uuid4().hex[: len(each)] for each in once}
    texts = {str(old): str(new) for old, new in fresh.items()}
    return [(sql, _replaced(params, fresh, texts)) for sql, params in statements]


def _replaced(params: Any, fresh: dict[Any, Any], texts: dict[str, str]) -> Any:
    def swap(value: Any) -> Any:
        if isinstance(value, (UUID, str)) and value in fresh:
            return fresh[value]
        if isinstance(value, str) and len(value) > 30:
            for old, new in texts.items():
                value = value.replace(old, new)
        return value

    if isinstance(params, dict):
        return {name: swap(value) for name, value in params.items()}
    return [swap(value) for value in params]
