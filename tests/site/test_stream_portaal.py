"""The stream of the portal: each hears that something of his own changed, and nothing else."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from loket.channels.portaal import kaartje, sessie
from loket.ledger.database import control, one
from loket.services.mijnservices import berichten
from loket.site import stream, stream_portaal
from loket.site.postgres import database_url
from tests.conftest import HOST, OTHER_HOST
from tests.services.mijnservices.leven import Leven, key
from tests.site.test_stream import Listening, _asked_here, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api

__all__ = ["_asked_here"]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_feeds", {})
    monkeypatch.setattr(stream_portaal, "PAUSE", 0.05)
    monkeypatch.setattr(stream, "HEARTBEAT", 0.6)


@pytest.fixture
def leven(api: Api) -> Leven:
    return Leven(api)


def ingelogd(actor: Actor) -> str:
    """Log somebody in; return the key of his session."""
    request = RequestFactory().get("/")
    request.session = SessionStore()
    sessie.begin(request, actor)
    request.session.save()
    return str(request.session.session_key)


def luisteren(ticket: str, host: str = HOST) -> Listening:
    return Listening("GET", f"/events/mijn?kaartje={ticket}", host=host)


def heard(*wie: Actor, happens: Callable[[], Any], which: Tenant) -> list[list[dict[str, str]]]:
    """Let people listen while something happens; return what each heard of it."""
    tickets = [kaartje.kaartje(ingelogd(actor)) for actor in wie]

    async def walk() -> list[list[dict[str, str]]]:
        listening = [luisteren(ticket) for ticket in tickets]
        for each in listening:
            await each.__aenter__()
            assert each.start["status"] == 200
            assert (await each.body()).startswith("event: kaartje\ndata: ")
        await asyncio.sleep(0.3)
        await asyncio.to_thread(happens)
        with control(database_url(which.database)) as database:
            database.execute("SELECT pg_notify('loket_events', '1')")
        told = [await until_silence(each) for each in listening]
        for each in listening:
            await each.__aexit__()
        return told

    found: list[list[dict[str, str]]] = run(walk)
    return found


async def until_silence(each: Listening) -> list[dict[str, str]]:
    found, silences = [], 0
    while silences < 3:
        body = await each.body()
        silences += body == ": nog hier\n\n"
        if body.startswith("event: verandering\n"):
            found.append(json.loads(body.partition("data: ")[2]))
    return found


def test_each_hears_only_of_his_own(leven: Leven, gemeente: Tenant) -> None:
    een, ander, bedrijf = leven.burger(), leven.burger("De Vries"), leven.bedrijf()
    made: dict[str, Any] = {}

    def happens() -> None:
        made["zaak"] = leven.zaak(een)
        made["bericht"] = leven.bericht(ander)
        made["taak"] = leven.taak(bedrijf)

    told = heard(een.actor, ander.actor, bedrijf.actor, happens=happens, which=gemeente)
    assert told == [
        [{"soort": soort, "uuid": str(key(made[soort]))}] for soort in ("zaak", "bericht", "taak")
    ]


def test_what_one_does_oneself_is_no_news(leven: Leven, gemeente: Tenant) -> None:
    klant = leven.burger()
    bericht = key(leven.bericht(klant))

    def reads() -> None:
        assert berichten.lees(klant.actor, bericht).regel.uuid == bericht

    assert heard(klant.actor, happens=reads, which=gemeente) == [[]]


def test_what_may_not_be_seen_is_not_told(leven: Leven, gemeente: Tenant) -> None:
    """A draft with one's own zaak: that it exists is no news either."""
    klant = leven.burger()
    zaak = leven.zaak(klant)

    def happens() -> None:
        leven.werk.document(titel="Concept", status="in_bewerking")

    assert heard(klant.actor, happens=happens, which=gemeente) == [[]]
    assert zaak


def test_who_logged_out_hears_nothing_more(leven: Leven) -> None:
    klant = leven.burger()
    session = ingelogd(klant.actor)
    ticket = kaartje.kaartje(session)

    async def walk() -> str:
        async with luisteren(ticket) as answer:
            await answer.body()
            await asyncio.to_thread(one, "DELETE FROM django_session")
            while await answer.body():
                pass
            return "ended"

    assert run(walk) == "ended"


def test_a_ticket_is_for_one_connection_and_each_gives_the_next(leven: Leven) -> None:
    ticket = kaartje.kaartje(ingelogd(leven.burger().actor))

    async def walk() -> list[int]:
        found = []
        async with luisteren(ticket) as answer:
            found.append(answer.start["status"])
            following = (await answer.body()).partition("data: ")[2].strip()
        for each in (ticket, following, following):
            async with luisteren(each) as again:
                found.append(again.start["status"])
        return found

    assert run(walk) == [200, 401, 200, 401]


@pytest.mark.parametrize("ticket", ["", "verzonnen", "a:b:c"])
def test_without_a_ticket_that_holds_nobody_hears_anything(leven: Leven, ticket: str) -> None:
    del leven
    assert status(ticket) == 401


def test_a_ticket_of_a_session_that_ended_opens_nothing(leven: Leven) -> None:
    ticket = kaartje.kaartje(ingelogd(leven.burger().actor))
    one("DELETE FROM django_session")
    assert status(ticket) == 401


def test_a_ticket_of_one_municipality_opens_no_other(leven: Leven, andere: Tenant) -> None:
    del andere
    ticket = kaartje.kaartje(ingelogd(leven.burger().actor))
    assert status(ticket, OTHER_HOST) == 401


def test_a_ticket_does_not_show_the_session(leven: Leven) -> None:
    session = ingelogd(leven.burger().actor)
    assert session not in kaartje.kaartje(session)


def test_only_pages_of_the_municipality_itself_may_read_it(leven: Leven) -> None:
    """Under whatever port they stand; the page of another origin may not."""
    session = ingelogd(leven.burger().actor)
    tickets = iter([kaartje.kaartje(session) for _ in range(3)])

    async def walk(origin: str) -> str:
        listening = luisteren(next(tickets))
        listening.scope["headers"] = [
            (b"host", HOST.encode()), (b"origin", origin.encode()),
        ]  # fmt: skip
        async with listening as answer:
            return str(answer.headers.get("access-control-allow-origin", ""))

    own = f"http://{HOST.partition(':')[0]}:8000"
    for origin, allowed in ((own, own), ("https://elders.example", ""), ("null", "")):
        assert run(partial(walk, origin)) == allowed


def status(ticket: str, host: str = HOST) -> int:
    async def walk() -> int:
        async with luisteren(ticket, host) as answer:
            return int(answer.start["status"])

    return int(run(walk))
