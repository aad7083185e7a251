"""The stream for who has a page of the portal open: that something of his own changed.

What changed is looked up once for all who listen in a municipality, at most every other second, and
by the rule that says what each may read. Who logged out, or whose session ended, hears nothing.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError

from loket.channels.portaal import kaartje
from loket.grammar import codec
from loket.kernel import tenant
from loket.kernel.clock import now
from loket.kernel.problems import Forbidden
from loket.ledger.database import Away
from loket.services.mijnservices.inloggen import sessies
from loket.services.mijnservices.veranderd import Gelezen, veranderd
from loket.site import tenants
from loket.site.faults import Unidentified

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from loket.grammar.http import Request
    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant
    from loket.services.mijnservices.veranderd import Verandering

    Inside = Callable[[Tenant, Callable[[Any], Any], Any], Awaitable[Any]]

PAUSE = 2.0
"""Seconds in which what happens is gathered before anybody hears of it."""

QUEUE: Final = 20
"""How much waits for one listener; of more he hears nothing: he knows to look again."""

_used: OrderedDict[str, float] = OrderedDict()


@dataclass(eq=False)
class Klant:
    """Somebody who listens: his session, who he is, and what waits for him."""

    session: str
    actor: Actor
    queue: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(QUEUE))

    def told(self, body: bytes) -> None:
        """Let him hear something, unless he hears enough already."""
        with suppress(asyncio.QueueFull):
            self.queue.put_nowait(body)


def listener(request: Request) -> Klant:
    """Return who listens; Unidentified without a ticket that holds, of a session that lives."""
    found = kaartje.ingewisseld(dict(request.query).get("kaartje", ""))
    actor = kaartje.wie(found[0]) if found and _unused(found[1]) else None
    if found is None or actor is None:
        raise Unidentified("Dit kaartje is niet geldig, of niet meer.")
    made = Klant(found[0], actor)
    made.told(_shown("kaartje", kaartje.kaartje(found[0])))  # for when the connection is lost
    return made


def demand_session(klant: Klant) -> None:
    """Refuse who is not logged in any more."""
    if kaartje.wie(klant.session) is None:
        raise Forbidden("U bent niet meer ingelogd.")


def cors(request: Request) -> dict[str, str]:
    """Let pages of this same municipality at another port read the stream, and no other."""
    origin = request.headers.get("origin", "")
    here = urlsplit(origin).hostname
    found = tenants.by_host(here) if here else None
    allowed = found is not None and found.name == tenant.current().name
    return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"} if allowed else {}


class Feed:
    """What happens in one municipality, for all who listen there."""

    def __init__(self, which: Tenant, inside: Inside) -> None:
        """Listen for nobody yet."""
        self.klanten: set[Klant] = set()
        self.bell = asyncio.Event()
        self._which, self._inside = which, inside
        self._gelezen: Gelezen | None = None

    async def run(self) -> None:
        """Tell what changed, for as long as somebody listens."""
        while self.klanten:
            with suppress(OperationalError, Away):
                for klant, body in await self._inside(self._which, self._news, [*self.klanten]):
                    klant.told(body)
            await self.bell.wait()
            await asyncio.sleep(PAUSE)
            self.bell.clear()

    def _news(self, klanten: list[Klant]) -> list[tuple[Klant, bytes]]:
        """Return what each is to hear, who is still logged in."""
        if self._gelezen is None:
            self._gelezen = Gelezen()
            return []
        gebeurd = self._gelezen.nieuw()
        if not gebeurd:
            return []
        alive = sessies.levend(each.session for each in klanten)
        there = [each for each in klanten if each.session in alive]
        return [
            (there[nr], _shown("verandering", _told(news)))
            for nr, news in veranderd([each.actor for each in there], gebeurd)
        ]


def _told(news: Verandering) -> str:
    return codec.encode({"soort": news.soort, "uuid": str(news.uuid)}).decode()


def _unused(mark: str) -> bool:
    """Tell whether a ticket is used for the first time, and note that it is used."""
    moment = now().timestamp()
    while _used and next(iter(_used.values())) < moment:
        _used.popitem(last=False)
    if mark in _used:
        return False
    _used[mark] = moment + settings.SESSION_COOKIE_AGE
    return True


def _shown(event: str, body: str) -> bytes:
    return f"event: {event}\ndata: {body}\n\n".encode()
