"""Subscribers of which the libraries that others use do the reading; what is here is glue.

`python abonnee.py KIND AUTH` says on a line of JSON where it is, and ends with its input. POST
hands something over; GET tells what was taken. KIND is `cloudevents`, by the SDK of the CNCF for
Python, or `zgw`, by what the applications of Maykin take notifications with.
"""

from __future__ import annotations

import json
import sys
import threading
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from collections.abc import Callable

    Taker = Callable[[dict[str, str], bytes], Any]

STATUS = {204: "204 No Content", 200: "200 OK", 403: "403 Forbidden"}


def cloudevents() -> Taker:
    """Return how the SDK for Python reads an event, of its version 1.0 only."""
    from cloudevents.core.bindings.http import HTTPMessage, from_http
    from cloudevents.core.formats.json import JSONFormat
    from cloudevents.core.v1.event import CloudEvent

    def take(headers: dict[str, str], body: bytes) -> Any:
        event = from_http(HTTPMessage(headers, body), JSONFormat(), CloudEvent)
        told = {**event.get_attributes(), "data": event.get_data()}
        return {
            name: getattr(value, "isoformat", lambda v=value: v)() for name, value in told.items()
        }

    return take


def zgw() -> Taker:
    """Return how a consumer of the Notificaties API reads a notification."""
    import django
    from django.conf import settings

    settings.configure(
        USE_TZ=True, TIME_ZONE="Europe/Amsterdam", ALLOWED_HOSTS=["127.0.0.1"],
        INSTALLED_APPS=["rest_framework"],
        REST_FRAMEWORK={"UNAUTHENTICATED_USER": None, "DEFAULT_AUTHENTICATION_CLASSES": []},
        JSON_CAMEL_CASE={"JSON_UNDERSCOREIZE": {"no_underscore_before_number": True}},
    )  # fmt: skip
    django.setup()
    from djangorestframework_camel_case.parser import CamelCaseJSONParser
    from notifications_api_common.api.serializers import NotificatieSerializer
    from rest_framework.request import Request
    from rest_framework.test import APIRequestFactory

    def take(headers: dict[str, str], body: bytes) -> Any:
        made = APIRequestFactory().generic("POST", "/", body, content_type=headers["content-type"])
        given = NotificatieSerializer(data=Request(made, parsers=[CamelCaseJSONParser()]).data)
        given.is_valid(raise_exception=True)
        taken: Any = given.validated_data
        return {**taken, "aanmaakdatum": taken["aanmaakdatum"].isoformat()}

    return take


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def main(kind: str, auth: str) -> None:
    """Listen until the input ends."""
    take, taken = {"cloudevents": cloudevents, "zgw": zgw}[kind](), list[Any]()

    def serve(environ: dict[str, Any], start: Any) -> list[bytes]:
        status, told = STATUS[204], b""
        if environ["REQUEST_METHOD"] == "GET":
            status, told = STATUS[200], json.dumps(taken).encode()
        elif environ.get("HTTP_AUTHORIZATION") != auth:
            status = STATUS[403]
        else:
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            try:
                taken.append(take({"content-type": environ["CONTENT_TYPE"]}, body))
            except Exception as problem:  # noqa: BLE001 - whatever the library has against it
                status = f"400 {problem!a}"[:500]
        start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(told)))])
        return [told]

    server = make_server("127.0.0.1", 0, serve, handler_class=_Quiet)
    print(json.dumps({"url": f"http://127.0.0.1:{server.server_port}/"}), flush=True)  # noqa: T201 - the test reads it
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
