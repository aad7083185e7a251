"""The door for machines, beside Django's middleware: from a request to a resource, and back."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

from loket.grammar import asking, codec
from loket.grammar.authorisation import demand_scope
from loket.grammar.blobs import Download
from loket.grammar.bodies import JSON, READERS, Incoming, close, kind_of, read_json
from loket.grammar.change import demand_fresh
from loket.grammar.files import Unavailable
from loket.grammar.reading import StaleRights
from loket.grammar.resource import Call, Command, Resource
from loket.grammar.routing import (
    COLLECTION_METHODS,
    METHODS,
    keys_of,
    methods_of,
    register_of,
    routes_of,
)
from loket.grammar.sending import sent
from loket.kernel.problems import (
    Forbidden,
    Invalid,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    Problem,
    Unauthorised,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from loket.grammar.register import Register
    from loket.kernel.actor import Actor

MOST_CHANGES = 20
"""How often the rights may change during one request."""
NO_CONTENT = 204


@dataclass(frozen=True)
class Request:
    """What the edge makes of a WSGI environment."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: Mapping[str, str]
    incoming: Incoming
    base: str
    trace: str = field(default_factory=lambda: uuid4().hex)
    bodies: list[Any] = field(default_factory=list)

    def body(self, media: Sequence[str], blobs: Sequence[str] = (), *, bare: bool = False) -> Any:
        """Return the body, read once, also when the answer is made anew."""
        kind = kind_of(self.headers.get("content-type", ""), media)
        if not self.bodies:
            reader = READERS.get(kind)
            found = reader(self.incoming) if reader else None
            self.bodies.append(found if reader else read_json(self.incoming, blobs, bare=bare))
        return self.bodies[0]


@dataclass
class Response:
    """Status, headers and body of an answer."""

    status: int
    body: bytes | Iterator[bytes] = b""
    headers: dict[str, str] = field(default_factory=dict)


def request_of(environ: Mapping[str, Any], base: str) -> Request:
    """Read a WSGI environment; the body waits until it is asked for."""
    headers = {
        key[5:].replace("_", "-").lower(): value
        for key, value in environ.items()
        if key.startswith("HTTP_")
    }
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    path = environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8", "replace")
    query = environ.get("QUERY_STRING", "").encode("latin-1").decode("utf-8", "replace")
    return Request(
        method=environ["REQUEST_METHOD"].upper(),
        path=path,
        query=parse_qsl(query, keep_blank_values=True),
        headers=headers,
        incoming=Incoming(environ),
        base=base,
        trace=_trace(headers.get("traceparent", "")),
    )


def _trace(parent: str) -> str:
    """Take over the caller's trace (W3C Trace Context), or begin one."""
    match = re.fullmatch(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*", parent)
    return match[1] if match else uuid4().hex


def serve(request: Request, identify: Callable[..., Actor]) -> Response:
    """Answer a request; problems become problem+json, nothing else escapes but faults of ours."""
    register = register_of(request.path)
    try:
        if register is None:
            raise NotFound
        response = _answered(register, request, identify)
    except Problem as problem:
        response = problem_response(problem, request)
    finally:
        close(request.bodies[0] if request.bodies else None)
    if register is not None:
        response.headers.setdefault("API-version", register.version)
    response.headers.setdefault("X-Trace-Id", request.trace)
    if request.method == "HEAD":
        if isinstance(response.body, bytes):
            response.headers.setdefault("Content-Length", str(len(response.body)))
        response.body = b""
    return response


def _answered(register: Register, request: Request, identify: Callable[..., Actor]) -> Response:
    """Answer a request with the rights as they are, however often they change meanwhile."""
    for _ in range(MOST_CHANGES):
        try:
            return _answer(register, request, identify)
        except StaleRights:
            identify = partial(identify, fresh=True)
    raise Unavailable("De autorisaties veranderen voortdurend; probeer het later opnieuw.")


def _answer(register: Register, request: Request, identify: Callable[..., Actor]) -> Response:
    rest = request.path[len(register.root) :].strip("/")
    if rest in ("openapi.json", "") and request.method in ("GET", "HEAD"):
        return _openapi(register, request)
    for route in routes_of(register):
        match = route.pattern.fullmatch(rest)
        if match is None:
            continue
        if route.command is not None and request.method not in methods_of(route):
            continue
        keys = keys_of(match)
        actor = _actor(register, request, identify)
        if route.command is not None:
            return _run(route.command, request, actor, keys)
        if route.resource is None:
            continue
        return _speak(route.resource, request, actor, keys, one=route.one)
    if any(route.pattern.fullmatch(rest) for route in routes_of(register)):
        raise _not_allowed(register, request)
    raise NotFound


def _actor(register: Register, request: Request, identify: Callable[..., Actor]) -> Actor:
    """Return who comes; a stranger hears so as the dialect says it."""
    if register.open:
        return register.anybody
    try:
        return identify(request)
    except NotAuthenticated as problem:
        if not register.dialect.tokens:
            raise
        schemes = "Bearer" if register.dialect.personal else "Token, Bearer"
        raise Unauthorised(problem.detail, {"WWW-Authenticate": schemes}) from None


def _not_allowed(register: Register, request: Request) -> NotAllowed:
    """Return the problem that names the methods which the path does have (RFC 9110)."""
    rest = request.path[len(register.root) :].strip("/")
    routes = (route for route in routes_of(register) if route.pattern.fullmatch(rest))
    methods = sorted({method for route in routes for method in methods_of(route)})
    allow = {"Allow": ", ".join(methods)}
    return NotAllowed(f'Methode "{request.method}" niet toegestaan.', allow)


def _openapi(register: Register, request: Request) -> Response:
    from loket.grammar.openapi import document  # noqa: PLC0415 - only where it is asked for

    return Response(200, codec.encode(document(register, request.base)), _json())


def _json() -> dict[str, str]:
    return {"Content-Type": "application/json"}


def _body(resource: Resource, request: Request) -> Any:
    return request.body((JSON,), resource.blobs)


def _call(request: Request, **extra: Any) -> Call:
    return Call(
        base=request.base,
        toelichting=request.headers.get("x-audit-toelichting", "")[:4000],
        trace=request.trace,
        **extra,
    )


def _demand_scope(actor: Actor, scopes: tuple[str, ...]) -> None:
    """Refuse who lacks the scopes, unless his rights have changed since they were read."""
    try:
        demand_scope(actor, scopes)
    except Forbidden:
        demand_fresh(actor)
        raise


def _run(command: Command, request: Request, actor: Actor, keys: dict[str, UUID]) -> Response:
    _demand_scope(actor, command.scopes)
    if command.method == "GET" and not command.fresh:
        demand_fresh(actor)  # what writes asks this inside its transaction
    if command.crs and command.of is not None:
        asking.demand_crs(command.of, request.method, request.headers)
    query = asking.command_query(request.query, command.query)
    wants = command.method in ("POST", "PUT") and command.request is not None
    body = request.body(command.media, command.blobs, bare=command.bare) if wants else None
    call = _call(request, key=keys.get("uuid"), keys=keys, body=body, query=query)
    result = command.run(actor, call)
    if isinstance(result, Response):
        return result
    if isinstance(result, Download):
        return Response(*sent(result, request.headers, only_headers=request.method == "HEAD"))
    if command.success == NO_CONTENT or (command.empty and result is None):
        return Response(NO_CONTENT)
    shown = result if isinstance(result, bytes) else codec.encode(result)
    crs = {"Content-Crs": "EPSG:4326"} if command.crs else {}
    told = {"Content-Type": command.produces, **crs, **_said(call.warnings)}
    return Response(command.success, shown, told)


def _speak(
    resource: Resource, request: Request, actor: Actor, keys: dict[str, UUID], *, one: bool
) -> Response:
    key = keys.pop("uuid", None)
    verb = (METHODS if one else COLLECTION_METHODS).get(request.method)
    if verb not in resource.verbs:
        raise _not_allowed(resource.register, request)
    _demand_scope(actor, resource.scopes_for(verb))
    asking.demand_crs(resource, request.method, request.headers)
    response = _VERBS[verb](resource, request, actor, key, keys)
    if resource.register.dialect.crs and resource.has_geometry:
        response.headers["Content-Crs"] = "EPSG:4326"
    return response


def _list(
    resource: Resource, request: Request, actor: Actor, _: Any, keys: dict[str, UUID]
) -> Response:
    query = asking.list_query(resource, request.query, request.base, actor, request.trace, keys)
    page = resource.list(actor, query)
    if not resource.paged:
        return Response(200, page.results, _json())
    following, previous = asking.neighbours(request.path, request.query, query, page.count)
    head = codec.encode({"count": page.count, "next": following, "previous": previous})
    return Response(200, b'%b,"results":%b}' % (head[:-1], page.results), _json())


def _retrieve(
    resource: Resource, request: Request, actor: Actor, key: Any, keys: dict[str, UUID]
) -> Response:
    query = asking.detail_query(resource, request.query, request.base, request.trace, keys)
    body = resource.get(actor, key, replace(query, looks=True))
    tag = f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
    headers = {**_json(), "ETag": tag}
    known = request.headers.get("if-none-match", "")
    if known and (known.strip() == "*" or tag in re.findall(r'"[^"]*"', known)):
        return Response(304, b"", headers)
    return Response(200, body, headers)


def _create(
    resource: Resource, request: Request, actor: Actor, _: Any, keys: dict[str, UUID]
) -> Response:
    asking.no_parameters(request.query)
    written = resource.create(actor, _body(resource, request), _call(request), **keys)
    location = resource.address(written.record, request.base)
    shown = _shown(resource, written, request, actor)
    return Response(201, shown, {**_json(), "Location": location, **_said(written.warnings)})


def _update(
    resource: Resource, request: Request, actor: Actor, key: Any, keys: dict[str, UUID]
) -> Response:
    asking.no_parameters(request.query)
    write = resource.replace if request.method == "PUT" else resource.patch
    written = write(actor, key, _body(resource, request), _call(request), **keys)
    shown = _shown(resource, written, request, actor)
    return Response(200, shown, {**_json(), **_said(written.warnings)})


def _said(warnings: Iterable[str]) -> dict[str, str]:
    """Say what deserves a look in the header that Zaken 1.7 made for it."""
    said = " ".join(warnings).encode("latin-1", "replace").decode("latin-1").split()
    return {"X-Warning": " ".join(said)} if said else {}


def _shown(resource: Resource, written: Any, request: Request, actor: Actor) -> bytes:
    """Return the JSON of what was written; read again where the event's form hides a BSN.

    It is written already: who may not read it, or no longer, sees it without the BSN.
    """
    if resource.hides_numbers and actor.purpose:
        query = asking.detail_query(resource, [], request.base, request.trace, {})
        with suppress(Forbidden, StaleRights):
            return resource.get(actor, written.record.pk, query)
    shown: bytes = written.shown(request.base)
    return shown


def _destroy(
    resource: Resource, request: Request, actor: Actor, key: Any, keys: dict[str, UUID]
) -> Response:
    asking.no_parameters(request.query)
    resource.destroy(actor, key, _call(request), **keys)
    return Response(204)


_VERBS: dict[str | None, Callable[..., Response]] = {
    "list": _list,
    "retrieve": _retrieve,
    "create": _create,
    "update": _update,
    "partial_update": _update,
    "destroy": _destroy,
}


def problem_response(problem: Problem, request: Request) -> Response:
    """Return a problem as problem+json (RFC 9457, with the standard's invalidParams)."""
    body: dict[str, Any] = {
        "type": f"{request.base}/problemen/{problem.code}",
        "code": problem.code,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": f"urn:uuid:{UUID(request.trace)}",
    }
    if isinstance(problem, Invalid):
        body["invalidParams"] = [
            {"name": fault.name, "code": fault.code, "reason": fault.reason}
            for fault in problem.faults
        ]
    headers = {"Content-Type": "application/problem+json", **problem.headers}
    return Response(problem.status, codec.encode(body), headers)
