"""Ask the same thing many times, and see what it costs the processes that answer."""

from __future__ import annotations

import http.client
import json
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loket.site.bench.serving import used
from loket.site.child import HOST

if TYPE_CHECKING:
    from loket.site.bench.request import Request
    from loket.site.bench.serving import Serving

CONNECTIONS = 4
WARM_UP = 1.0
"""Seconds of asking before the measuring begins."""

ROUND = 2.0
"""Seconds of one round; the two servers take turns."""

ROUNDS = 3


@dataclass
class Cost:
    """Processor seconds of the web server and of PostgreSQL, over a number of requests."""

    web: float = 0.0
    database: float = 0.0
    requests: int = 0

    @property
    def web_ms(self) -> float:
        """Milliseconds a request, of the web server."""
        return 1000 * self.web / self.requests

    @property
    def database_ms(self) -> float:
        """Milliseconds a request, of PostgreSQL."""
        return 1000 * self.database / self.requests

    @property
    def ms(self) -> float:
        """Milliseconds a request, of both."""
        return self.web_ms + self.database_ms


@dataclass(frozen=True)
class Target:
    """A request as it is put to one server."""

    server: Serving
    path: str
    request: Request

    def ask(self, seconds: float) -> int:
        """Ask over kept connections for some seconds; return how many answers came."""
        done = [0] * CONNECTIONS
        failures: list[str] = []

        def one_client(nr: int) -> None:
            try:
                done[nr] = self._ask(seconds)
            except (OSError, http.client.HTTPException, ValueError) as problem:
                failures.append(f"{self.request.name}: {problem}")

        threads = [threading.Thread(target=one_client, args=(nr,)) for nr in range(CONNECTIONS)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        if failures:
            raise RuntimeError(failures[0])
        return sum(done)

    def _ask(self, seconds: float) -> int:
        link = http.client.HTTPConnection(HOST, self.server.port, timeout=60)
        headers = self.request.headers()
        body: Any = None if self.request.body is None else json.dumps(self.request.body)
        until = time.monotonic() + seconds
        count = 0
        while time.monotonic() < until:
            link.request(self.request.method, self.path, body, headers)
            answer = link.getresponse()
            shown = answer.read()
            if answer.status not in (200, 201):
                raise ValueError(f"{answer.status} {shown.decode()[:500]}")
            count += 1
        link.close()
        return count


def measure(targets: list[Target], postgres: int) -> list[Cost]:
    """Let the servers answer in turns; return what each request cost each of them."""
    costs = [Cost() for _ in targets]
    for target in targets:
        target.ask(WARM_UP)
    for _ in range(ROUNDS):
        for target, cost in zip(targets, costs, strict=True):
            web, database = used(target.server.pid), used(postgres)
            cost.requests += target.ask(ROUND)
            cost.web += used(target.server.pid) - web
            cost.database += used(postgres) - database
    return costs
