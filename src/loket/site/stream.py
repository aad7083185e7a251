"""The event stream: server-sent events, a small ASGI process with one LISTEN per tenant.

A listener hears positions, never content; what he may see he then reads through the API. A
position tells only that something was written, so whoever may read anything hears them all.
Each client has a bounded queue: one that does not read loses its connection, not the others. Who
has a page of the portal open hears, apart from them, of what is his own (`stream_portaal`).
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
from loket.site import faults, stream_access, stream_portaal, tenants
from loket.site.door import hostname
from loket.site.identity import EXPIRY
from loket.site.postgres import database_url

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from loket.kernel.tenant import Tenant
    from loket.site.stream_portaal import Klant

    Scope = dict[str, Any]
    Receive = Callable[[], Awaitable[Any]]
    Send = Callable[[Any], Awaitable[None]]

QUEUE = 100
HEARTBEAT = 15.0

_AWAY = (OperationalError, Away)
_ASKED: dict[tuple[str, str], Callable[[Request], Any]] = {
    ("GET", "/events"): stream_access.listener,
    ("POST", "/events/kaartjes"): stream_access.ticket,
    ("GET", "/events/mijn"): stream_portaal.listener,
}
_clients: dict[str, set[asyncio.Queue[str]]] = {}
_listeners: dict[str, asyncio.Task[None]] = {}
_feeds: dict[str, tuple[stream_portaal.Feed, asyncio.Task[None]]] = {}


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request.

    `GET /events` streams, `POST /events/kaartjes` sells a ticket to listen with, `GET /events/mijn`
    streams to a page of the portal, `/healthz` says that the process answers. No other origin may
    read any of it: only pages of the municipality itself get CORS headers, for their own stream.
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
    elif isinstance(told, stream_portaal.Klant):
        headers = await _inside(found, stream_portaal.cors, request)
        await _stream_mijn(found, told, headers, receive, send)
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
    _start_listening(which)

    async def following() -> bytes:
        position = await queue.get()
        return f"id: {position}\nevent: gebeurtenis\ndata: {position}\n\n".encode()

    allowed = _while_allowed(which, stream_access.demand_reader, client_id)
    try:
        await _send(following, allowed, {}, receive, send, lambda: queue in _clients[which.name])
    finally:
        _clients[which.name].discard(queue)


async def _stream_mijn(
    which: Tenant, klant: Klant, headers: dict[str, str], receive: Receive, send: Send
) -> None:
    feed, running = _feeds.get(which.name, (None, None))
    if feed is None or running is None or running.done():
        feed = stream_portaal.Feed(which, _inside)
        feed.klanten.add(klant)
        _feeds[which.name] = feed, asyncio.create_task(feed.run())
    feed.klanten.add(klant)
    _start_listening(which)
    allowed = _while_allowed(which, stream_portaal.demand_session, klant)
    try:
        await _send(klant.queue.get, allowed, headers, receive, send, lambda: True)
    finally:
        feed.klanten.discard(klant)
        feed.bell.set()


def _start_listening(which: Tenant) -> None:
    if which.name not in _listeners or _listeners[which.name].done():
        _listeners[which.name] = asyncio.create_task(_listen(which))


async def _send(
    following: Callable[[], Awaitable[bytes]],
    allowed: Coroutine[Any, Any, None],
    headers: dict[str, str],
    receive: Receive,
    send: Send,
    kept: Callable[[], bool],
) -> None:
    """Send what follows, until the other end is gone, may not listen or is not kept any more."""
    told = {"content-type": "text/event-stream", "cache-control": "no-store", **headers}
    lines = [(name.lower().encode(), value.encode("latin-1")) for name, value in told.items()]
    await send({"type": "http.response.start", "status": 200, "headers": lines})
    gone = asyncio.create_task(_gone(receive))
    right = asyncio.create_task(allowed)
    try:
        while not gone.done() and not right.done() and kept():
            body = await _next(following)
            await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()
        right.cancel()


async def _while_allowed(which: Tenant, demand: Callable[[Any], None], about: Any) -> None:
    """End when the client may no longer listen, or has listened for as long as a token lasts."""
    with suppress(Problem, *_AWAY):
        for _ in range(int(EXPIRY / HEARTBEAT)):
            await asyncio.sleep(HEARTBEAT)
            await _inside(which, demand, about)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _next(following: Callable[[], Awaitable[bytes]]) -> bytes:
    try:
        return await asyncio.wait_for(following(), HEARTBEAT)
    except TimeoutError:
        return b": nog hier\n\n"


async def _listen(which: Tenant) -> None:
    async for position in listen(database_url(which.database), "loket_events"):
        for queue in list(_clients.get(which.name, ())):
            try:
                queue.put_nowait(position)
            except asyncio.QueueFull:
                _clients[which.name].discard(queue)
        feed, _ = _feeds.get(which.name, (None, None))
        if feed is not None:
            feed.bell.set()
