"""The event stream: server-sent events, a small ASGI process with one LISTEN per tenant.

A listener hears positions, never content; what he may see he then reads through the API.
Each client has a bounded queue: one that does not read loses its connection, not the others.
"""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings")

import django

django.setup()

from loket.ledger.database import listen
from loket.site import tenants
from loket.site.door import hostname
from loket.site.postgres import database_url

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from loket.kernel.tenant import Tenant

QUEUE = 100
HEARTBEAT = 15.0

_clients: dict[str, set[asyncio.Queue[str]]] = {}
_listeners: dict[str, asyncio.Task[None]] = {}


async def application(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[Any]],
    send: Callable[[Any], Awaitable[None]],
) -> None:
    """Answer one request: `/events` streams, `/healthz` says that the process answers."""
    if scope["type"] != "http":
        return
    if scope["path"] == "/healthz":
        await _answer(send, 200, b"ok")
        return
    headers = {name.decode(): value.decode() for name, value in scope["headers"]}
    found = await asyncio.to_thread(tenants.by_host, hostname(headers.get("host", "")))
    if scope["path"] != "/events" or found is None:
        await _answer(send, 404, b"")
        return
    await _stream(found, receive, send)


async def _answer(send: Callable[[Any], Awaitable[None]], status: int, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": body})


async def _stream(
    which: Tenant, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    queue: asyncio.Queue[str] = asyncio.Queue(QUEUE)
    _clients.setdefault(which.name, set()).add(queue)
    if which.name not in _listeners or _listeners[which.name].done():
        _listeners[which.name] = asyncio.create_task(_listen(which))
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    gone = asyncio.create_task(_gone(receive))
    try:
        while not gone.done() and queue in _clients[which.name]:
            await send(
                {"type": "http.response.body", "body": await _next(queue), "more_body": True}
            )
        await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()
        _clients[which.name].discard(queue)


async def _gone(receive: Callable[[], Awaitable[Any]]) -> None:
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
