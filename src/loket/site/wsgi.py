"""The door of the house: the APIs straight to the grammar, all else through Django."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings")

from django.core.wsgi import get_wsgi_application

django_application = get_wsgi_application()

from django.db import OperationalError

from loket.grammar import http, routing
from loket.kernel import tenant
from loket.ledger.database import Away
from loket.site import faults, files, tenants
from loket.site.door import address, hostname
from loket.site.identity import identify

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

files.connect()

_REASONS = {
    200: "OK", 201: "Created", 204: "No Content", 206: "Partial Content", 304: "Not Modified",
    400: "Bad Request", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    406: "Not Acceptable", 409: "Conflict", 412: "Precondition Failed", 413: "Content Too Large",
    415: "Unsupported Media Type", 416: "Range Not Satisfiable", 421: "Misdirected Request",
    500: "Internal Server Error", 503: "Service Unavailable",
}  # fmt: skip


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request."""
    if routing.register_of(environ.get("PATH_INFO", "")) is None:
        return django_application(environ, start_response)
    response = _api(environ)
    headers = list(response.headers.items())
    status = f"{response.status} {_REASONS.get(response.status, '')}"
    if not isinstance(response.body, bytes):
        start_response(status, headers)
        return response.body
    if "Content-Length" not in response.headers and response.status not in (204, 304):
        headers.append(("Content-Length", str(len(response.body))))
    start_response(status, headers)
    return [response.body]


def _api(environ: WSGIEnvironment) -> http.Response:
    scheme, host = address(environ)
    request = http.request_of(environ, f"{scheme}://{host}")
    found = tenants.by_host(hostname(host))
    if found is None:
        return faults.unknown_host(request)
    with tenant.entered(found):
        try:
            return http.serve(request, identify)
        except (OperationalError, Away):
            return faults.away(request)
        except Exception:  # noqa: BLE001 - the last line before the client
            return faults.unexpected(request)
