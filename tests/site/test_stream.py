"""The event stream: positions only, for whoever may read something, and for nobody else."""

from __future__ import annotations

import asyncio
import json
import queue
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import pytest

from loket.ledger.database import control, one
from loket.site import stream, stream_access
from loket.site.postgres import database_url
from tests.conftest import HOST, OTHER_HOST, make_client

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from loket.kernel.tenant import Tenant
    from tests.conftest import Api

READS = [{"component": "ac", "scopes": ["autorisaties.lezen"]}]
WRITES = [{"component": "ac", "scopes": ["autorisaties.bijwerken"]}]


jobs: queue.Queue[tuple[Future[Any], Callable[[], Any]]] = queue.Queue()


@pytest.fixture(autouse=True)
def _asked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the database in the thread of the test, which sees what the test wrote."""

    async def asked(work: Callable[..., Any], *arguments: Any) -> Any:
        answer: Future[Any] = Future()
        jobs.put((answer, partial(work, *arguments)))
        return await asyncio.wrap_future(answer)

    monkeypatch.setattr(asyncio, "to_thread", asked)
    monkeypatch.setattr(stream, "_listeners", {})


def run(walk: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run the event loop in a thread of its own, and here what it asks of the database."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(asyncio.run, walk())
        while not done.done():
            with suppress(queue.Empty):
                answer, work = jobs.get(timeout=0.02)
                if not answer.set_running_or_notify_cancel():
                    continue  # whoever asked has gone away
                try:
                    answer.set_result(work())
                except Exception as problem:  # noqa: BLE001 - whoever asked hears it
                    answer.set_exception(problem)
    return done.result()


class Listening:
    """One request, and what came of it."""

    def __init__(self, method: str, path: str, token: str = "", host: str = HOST) -> None:
        bare, _, query = path.partition("?")
        headers = [(b"host", host.encode()), (b"origin", b"https://elders.example")]
        if token:
            headers.append((b"authorization", f"Bearer {token}".encode()))
        self.scope = {
            "type": "http", "method": method, "path": bare, "scheme": "http",
            "query_string": query.encode(), "headers": headers,
        }  # fmt: skip
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.gone = asyncio.Event()

    async def __aenter__(self) -> Self:
        self.task = asyncio.create_task(
            stream.application(self.scope, self._receive, self.sent.put)
        )
        self.start = await asyncio.wait_for(self.sent.get(), 5)
        self.headers = {name.decode(): value.decode() for name, value in self.start["headers"]}
        return self

    async def __aexit__(self, *_: object) -> None:
        self.gone.set()
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    async def _receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def body(self) -> str:
        return str((await asyncio.wait_for(self.sent.get(), 5))["body"].decode())


def status(method: str, path: str, token: str = "", host: str = HOST) -> int:
    async def walk() -> int:
        async with Listening(method, path, token, host) as answer:
            assert not [name for name in answer.headers if name.startswith("access-control-")]
            return int(answer.start["status"])

    return int(run(walk))


def bought(token: str) -> str:
    async def walk() -> str:
        async with Listening("POST", "/events/kaartjes", token) as answer:
            assert answer.start["status"] == 201
            return str(json.loads(await answer.body())["ticket"])

    return str(run(walk))


def notify(which: Tenant, position: str) -> None:
    with control(database_url(which.database)) as database:
        database.execute("SELECT pg_notify('loket_events', %s)", (position,))


def test_without_credentials_nobody_hears_anything(gemeente: Tenant, api: Api) -> None:
    del gemeente
    for token in ("", "geen.geldig.token", api.token(iat=0)):
        assert status("GET", "/events", token) == 401
        assert status("POST", "/events/kaartjes", token) == 401
    assert status("GET", "/events?ticket=verzonnen") == 401


def test_who_may_read_nothing_hears_nothing(gemeente: Tenant) -> None:
    del gemeente
    for client in (make_client("kaal", []), make_client("schrijver", WRITES)):
        assert status("GET", "/events", client.token()) == 403
        assert status("POST", "/events/kaartjes", client.token()) == 403


def test_who_may_read_something_hears_positions_and_no_more(gemeente: Tenant) -> None:
    token = make_client("lezer", READS).token()

    async def walk() -> tuple[str, str]:
        async with Listening("GET", "/events", token) as answer:
            assert answer.start["status"] == 200
            await asyncio.sleep(0.5)  # the LISTEN is on its way
            notify(gemeente, "41")
            return answer.headers["content-type"], await answer.body()

    assert run(walk) == ("text/event-stream", "id: 41\nevent: gebeurtenis\ndata: 41\n\n")


def test_a_ticket_is_for_one_connection(gemeente: Tenant, api: Api) -> None:
    del gemeente
    ticket = bought(api.token())
    assert status("GET", f"/events?ticket={ticket}") == 200
    assert status("GET", f"/events?ticket={ticket}") == 401


def test_a_ticket_of_one_municipality_opens_no_other(andere: Tenant, api: Api) -> None:
    del andere
    ticket = bought(api.token())
    assert status("GET", f"/events?ticket={ticket}", host=OTHER_HOST) == 401
    assert status("GET", "/events", api.token(), host=OTHER_HOST) == 401


def test_a_ticket_gets_old(gemeente: Tenant, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    del gemeente
    ticket = bought(api.token())
    monkeypatch.setattr(stream_access, "TICKET_LIFE", -1)
    assert status("GET", f"/events?ticket={ticket}") == 401


def test_a_stream_ends_with_the_right_to_it(
    gemeente: Tenant, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    del gemeente
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)

    async def walk() -> str:
        async with Listening("GET", "/events", api.token()) as answer:
            assert await answer.body() == ": nog hier\n\n"
            await asyncio.to_thread(one, "DELETE FROM autorisaties_applicatie")
            while await answer.body():
                pass
            return "ended"

    assert run(walk) == "ended"


def test_another_municipality_hears_nothing_of_it(
    gemeente: Tenant, andere: Tenant, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    del gemeente
    monkeypatch.setattr(stream, "HEARTBEAT", 0.5)

    async def walk() -> str:
        async with Listening("GET", "/events", api.token()) as answer:
            await asyncio.sleep(0.4)
            notify(andere, "77")
            return await answer.body()

    assert run(walk) == ": nog hier\n\n"


@pytest.mark.parametrize(
    ("method", "path"), [("OPTIONS", "/events"), ("POST", "/events"), ("GET", "/events/kaartjes")]
)
def test_there_is_nothing_else(gemeente: Tenant, api: Api, method: str, path: str) -> None:
    del gemeente
    assert status(method, path, api.token()) == 404
