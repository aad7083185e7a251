"""The event stream: server-sent events, a small ASGI process with one LISTEN per tenant.

A listener hears positions, never content; what he may see he then reads through the API. A
position tells only that something was written, so whoever may read anything hears them all.
Each client has a bounded queue: one that does not read loses its connection, not the others.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings")

import django

django.setup()

from urllib.parse import parse_qsl

from django.db import OperationalError

from loket.grammar.bodies import Incoming
from loket.grammar.http import Request, Response, problem_response
from loket.kernel import tenant
from loket.kernel.problems import Problem
from loket.ledger.database import Away, listen
from loket.site import faults, stream_access, tenants
from loket.site.door import hostname
from loket.site.identity import EXPIRY
from loket.site.postgres import database_url

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from loket.kernel.tenant import Tenant

    Scope = dict[str, Any]
    Receive = Callable[[], Awaitable[Any]]
    Send = Callable[[Any], Awaitable[None]]

QUEUE = 100
HEARTBEAT = 15.0

_AWAY = (OperationalError, Away)
_ASKED: dict[tuple[str, str], Callable[[Request], Any]] = {
    ("GET", "/events"): stream_access.listener,
    ("POST", "/events/kaartjes"): stream_access.ticket,
}
_clients: dict[str, set[asyncio.Queue[str]]] = {}
_listeners: dict[str, asyncio.Task[None]] = {}


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request.

    `GET /events` streams, `POST /events/kaartjes` sells a ticket to listen with, `/healthz` says
    that the process answers. No other origin may read any of it: there are no CORS headers.
    """
    if scope["type"] != "http":
        return
    if scope["path"] == "/healthz":
        await _answer(send, Response(200, b"ok"))
        return
    request = _request(scope)
    found = await asyncio.to_thread(tenants.by_host, hostname(request.headers.get("host", "")))
    ask = _ASKED.get((request.method, request.path))
    if found is None or ask is None:
        await _answer(send, Response(404))
        return
    try:
        told = await _inside(found, ask, request)
    except Problem as problem:
        await _answer(send, problem_response(problem, request))
        return
    except _AWAY:
        await _answer(send, faults.away(request))
        return
    if isinstance(told, bytes):
        await _answer(send, Response(201, told, {"Content-Type": "application/json"}))
    else:
        await _stream(found, told, receive, send)


def _request(scope: Scope) -> Request:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    base = f"{scope['scheme']}://{headers.get('host', '')}"
    bodiless = Incoming({"wsgi.input": BytesIO()})  # nothing asked here has a body that counts
    return Request(scope["method"], scope["path"], query, headers, bodiless, base)


async def _inside(which: Tenant, ask: Callable[[Any], Any], about: Any) -> Any:
    """Ask the database something on behalf of a tenant, beside the event loop."""

    def asked() -> Any:
        with tenant.entered(which):
            return ask(about)

    return await asyncio.to_thread(asked)


async def _answer(send: Send, response: Response) -> None:
    headers = {**response.headers, "Cache-Control": "no-store"}
    lines = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": response.status, "headers": lines})
    await send({"type": "http.response.body", "body": response.body})


async def _stream(which: Tenant, client_id: str, receive: Receive, send: Send) -> None:
    queue: asyncio.Queue[str] = asyncio.Queue(QUEUE)
    _clients.setdefault(which.name, set()).add(queue)
    if which.name not in _listeners or _listeners[which.name].done():
        _listeners[which.name] = asyncio.create_task(_listen(which))
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    gone = asyncio.create_task(_gone(receive))
    right = asyncio.create_task(_while_allowed(which, client_id))
    try:
        while not gone.done() and not right.done() and queue in _clients[which.name]:
            body = await _next(queue)
            await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()
        right.cancel()
        _clients[which.name].discard(queue)


async def _while_allowed(which: Tenant, client_id: str) -> None:
    """End when the client may no longer listen, or has listened for as long as a token lasts."""
    with suppress(Problem, *_AWAY):
        for _ in range(int(EXPIRY / HEARTBEAT)):
            await asyncio.sleep(HEARTBEAT)
            await _inside(which, stream_access.demand_reader, client_id)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _next(queue: asyncio.Queue[str]) -> bytes:
    try:
        position = await asyncio.wait_for(queue.get(), HEARTBEAT)
    except TimeoutError:
        return b": nog hier\n\n"
    return f"id: {position}\nevent: gebeurtenis\ndata: {position}\n\n".encode()


async def _listen(which: Tenant) -> None:
    async for position in listen(database_url(which.database), "loket_events"):
        for queue in list(_clients.get(which.name, ())):
            try:
                queue.put_nowait(position)
            except asyncio.QueueFull:
                _clients[which.name].discard(queue)
