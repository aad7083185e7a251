"""A load of writes on a running house, and what the house said to each."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import jwt

from loket.site import demo

if TYPE_CHECKING:
    from tests.acceptance.house import House

REFUSED = "geweigerd"
PAUSE = 0.03
"""Seconds between two writes of one writer."""


@dataclass
class Load:
    """Writers, one for each zaak, that set statuses; one in five must be refused."""

    house: House
    statustype: str
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    surprises: list[str] = field(default_factory=list)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many writes were acknowledged so far."""
        return sum(map(len, self.acknowledged.values()))

    def start(self, zaken: list[str]) -> None:
        """Let the writers begin."""
        logging.getLogger("httpx").setLevel(logging.WARNING)  # else a line for every write
        for zaak in zaken:
            self.acknowledged[zaak] = []
            self._threads.append(threading.Thread(target=self._write, args=(zaak,)))
        for each in self._threads:
            each.start()

    def stop(self) -> None:
        """Let the writers finish what they are at."""
        self._stopping.set()
        for each in self._threads:
            each.join()

    def _write(self, zaak: str) -> None:
        number = 0
        while not self._stopping.is_set():
            with httpx.Client(headers=_headers(), timeout=20) as client:
                try:
                    while not self._stopping.is_set():
                        number += 1
                        self._set_status(client, zaak, refused=number % 5 == 0)
                        time.sleep(PAUSE)
                except httpx.TransportError:
                    time.sleep(0.1)

    def _set_status(self, client: httpx.Client, zaak: str, *, refused: bool) -> None:
        moment = datetime.now(UTC) + (timedelta(days=1) if refused else timedelta(seconds=-1))
        body = {
            "zaak": zaak,
            "statustype": self.statustype,
            "datumStatusGezet": moment.isoformat(),
            "statustoelichting": REFUSED if refused else "",
        }
        answer = client.post(f"{self.house.url}/zaken/api/v1/statussen", json=body)
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            time.sleep(0.1)  # the database is away, and the house says so
        elif answer.status_code == (400 if refused else 201):
            if not refused:
                self.acknowledged[zaak].append(answer.json()["url"])
        else:
            self.surprises.append(answer.text)


def _headers() -> dict[str, Any]:
    claims = {"iss": demo.CLIENT_ID, "client_id": demo.CLIENT_ID, "iat": int(time.time())}
    return {"Authorization": f"Bearer {jwt.encode(claims, demo.CLIENT_SECRET, 'HS256')}"}
