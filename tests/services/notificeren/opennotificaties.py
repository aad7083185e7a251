"""A Notificaties API of somebody else over HTTP, as published (VNG 1.0, Open Notificaties 1.16)."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import jwt
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from tests.services.notificeren.abonnee import Received, _Quiet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIApplication

CLIENT, SECRET = "loket", "a secret that Loket has there, of thirty-two"
PATH = "/api/v1"
TEST = {
    "kanaal": "test", "hoofdObject": "https://on.example/1", "resource": "test",
    "resourceUrl": "https://on.example/1", "actie": "test",
    "aanmaakdatum": "2026-01-01T00:00:00Z", "kenmerken": {},
}  # fmt: skip

Json = dict[str, Any]


class _Refusal(Exception):
    def __init__(self, status: int, name: str = "", code: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.params = [{"name": name, "code": code, "reason": code}] if name else []


@dataclass
class OpenNotificaties:
    """What is there, what came, and how to answer: a status for each of the next calls, or well."""

    kanalen: dict[str, list[str]] = field(default_factory=dict)
    abonnementen: dict[str, Json] = field(default_factory=dict)
    notificaties: list[Json] = field(default_factory=list)
    cloudevents: list[Json] = field(default_factory=list)
    claims: list[Json] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    requests: list[Received] = field(default_factory=list)
    url: str = ""

    @property
    def root(self) -> str:
        """Where the API is."""
        return self.url + PATH

    def application(self, request: Request) -> Response:
        """Answer one call."""
        sent = {name.lower(): value for name, value in request.headers.items()}
        self.requests.append(Received(request.url, sent, request.get_data(), request.method))
        self.asked.append(f"{request.method} {request.path.removeprefix(PATH)}")
        if self.answers and (status := self.answers.pop(0)) >= 300:
            return Response(status=status)
        try:
            self._identify(request)
            status, told = self._answer(request)
        except _Refusal as problem:
            body = {"status": problem.status, "invalidParams": problem.params}
            return _json(problem.status, body, "application/problem+json")
        return _json(status, told)

    def _identify(self, request: Request) -> None:
        """Hold the token to what the standard asks."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(
                token, SECRET, algorithms=["HS256"], options={"require": ["iss", "iat"]}
            )
        except jwt.PyJWTError:
            raise _Refusal(403) from None
        if claims["client_id"] != CLIENT:
            raise _Refusal(403)
        self.claims.append(claims)

    def _answer(self, request: Request) -> tuple[int, Any]:
        path, _, key = request.path.removeprefix(f"{PATH}/").partition("/")
        if (request.method, path) == ("GET", "kanaal"):
            naam = request.args.get("naam")
            return 200, [self._kanaal(each) for each in self.kanalen if naam in (None, each)]
        body = request.get_json(force=True) if request.method in ("POST", "PUT") else {}
        if path == "cloudevents" and request.mimetype != "application/cloudevents+json":
            raise _Refusal(415)
        made: Any = {
            ("POST", "kanaal"): self._make_kanaal,
            ("POST", "notificaties"): self._publish,
            ("POST", "cloudevents"): self._take,
            ("POST", "abonnement"): lambda told: self._subscribe(str(uuid4()), told),
            ("PUT", "abonnement"): lambda told: self._change(key, told),
            ("DELETE", "abonnement"): lambda _: self._end(key),
        }.get((request.method, path))
        if made is None:
            raise _Refusal(405)
        told = made(body)
        return {"POST": 201, "PUT": 200, "DELETE": 204}[request.method], told

    def _kanaal(self, naam: str) -> Json:
        url = f"{self.root}/kanaal/{uuid4()}"
        return {"url": url, "naam": naam, "documentatieLink": "", "filters": self.kanalen[naam]}

    def _make_kanaal(self, body: Json) -> Json:
        if body["naam"] in self.kanalen:
            raise _Refusal(400, "naam", "unique")
        httpx.URL(body["documentatieLink"])
        self.kanalen[body["naam"]] = body["filters"]
        return self._kanaal(body["naam"])

    def _publish(self, body: Json) -> Json:
        if body["kanaal"] not in self.kanalen:
            raise _Refusal(400, "kanaal", "message_kanaal")
        if set(body["kenmerken"]) != set(self.kanalen[body["kanaal"]]):
            raise _Refusal(400, "kenmerken", "kenmerken_inconsistent")
        self.notificaties.append(body)
        return body

    def _take(self, body: Json) -> Json:
        self.cloudevents.append(body)
        return body

    def _subscribe(self, key: str, body: Json) -> Json:
        for nr, each in enumerate(body["kanalen"]):
            if each["naam"] not in self.kanalen:
                raise _Refusal(400, f"kanalen.{nr}.naam", "kanaal_naam")
        if _call(body["callbackUrl"], "", TEST) not in (401, 403):
            raise _Refusal(400, "nonFieldErrors", "no-auth-on-callback-url")
        if _call(body["callbackUrl"], body["auth"], TEST) != 204:
            raise _Refusal(400, "nonFieldErrors", "invalid-callback-url")
        self.abonnementen[key] = body
        return {**body, "url": f"{self.root}/abonnement/{key}"}

    def _change(self, key: str, body: Json) -> Json:
        self._demand(key)
        return self._subscribe(key, body)

    def _end(self, key: str) -> None:
        self._demand(key)
        del self.abonnementen[key]

    def _demand(self, key: str) -> None:
        if key not in self.abonnementen:
            raise _Refusal(404)

    def deliver(self, *told: Json) -> list[int]:
        """Hand notifications, or CloudEvents, to each subscriber; return what was answered."""
        said = []
        for each in told:
            for abonnement in self.abonnementen.values():
                chosen = {kanaal["naam"] for kanaal in abonnement["kanalen"]}
                types = [f["typeSubstring"] for f in abonnement.get("cloudeventFilters", ())]
                if each.get("kanaal") in chosen or any(t in each.get("type", "") for t in types):
                    said.append(_call(abonnement["callbackUrl"], abonnement["auth"], each))
        return said


def _call(url: str, auth: str, body: Json) -> int:
    kind = "application/cloudevents+json" if "specversion" in body else "application/json"
    headers = {"Content-Type": kind, **({"Authorization": auth} if auth else {})}
    try:
        return httpx.post(url, content=json.dumps(body), headers=headers, timeout=20).status_code
    except httpx.HTTPError:
        return 0


def _json(status: int, told: Any, kind: str = "application/json") -> Response:
    return Response(json.dumps(told) if told is not None else "", status, content_type=kind)


@contextmanager
def serving(application: Any, *, threaded: bool = True) -> Iterator[str]:
    """Serve a WSGI application on a port of its own until the block ends; yield its address."""
    made: WSGIApplication = application
    server = make_server("127.0.0.1", 0, made, threaded=threaded, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def running(dienst: OpenNotificaties) -> Iterator[OpenNotificaties]:
    """Let it run until the block ends."""
    with serving(Request.application(dienst.application)) as dienst.url:
        yield dienst
