"""Destruction as two people do it over the API, and the worker behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.ledger import dispatch
from loket.services.archivering import vernietigen
from tests.conftest import make_client

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.conftest import Api
    from tests.registers.zaken.zaakwerk import Json, Werk

ARCHIEF = "/archief/api/v1"


class Archief:
    """Lists, made by one and approved by another."""

    def __init__(self, werk: Werk) -> None:
        self.werk = werk
        self.opsteller = self.client("opsteller", "archief.opstellen")
        self.beoordelaar = self.client("beoordelaar", "archief.vaststellen")

    @staticmethod
    def client(name: str, *scopes: str) -> Api:
        """Make an application by which somebody works."""
        api = make_client(name, [{"component": "archief", "scopes": list(scopes)}])
        api.user = name
        return api

    def oud(self, **body: Any) -> Json:
        """Make a zaak that ended so long ago that it is due."""
        zaak = self.werk.zaak(startdatum="2015-01-05", **body)
        self.werk.resultaat(zaak)
        return zaak

    def sluit(self, zaak: Json) -> Json:
        """Close such a zaak."""
        self.werk.status(zaak, 3, "2016-02-01T12:00:00Z")
        return self.werk.read(zaak["url"])

    def lijst(self, *zaken: Json) -> Json:
        """Make a list of zaken."""
        lijst = self._made(
            self.opsteller.post(f"{ARCHIEF}/vernietigingslijsten", json={"naam": "2026"})
        )
        for zaak in zaken:
            self._made(self.zet_erop(lijst, zaak["url"]))
        return lijst

    def zet_erop(self, lijst: Json, zaak: str) -> httpx.Response:
        """Put a zaak on a list."""
        body = {"lijst": {"uuid": lijst["uuid"]}, "zaak": zaak}
        return self.opsteller.post(f"{ARCHIEF}/vernietigingsregels", json=body)

    def stap(self, lijst: Json, naam: str, api: Api | None = None, **body: str) -> httpx.Response:
        """Move a list one step."""
        who = api or (self.opsteller if naam == "aanbieden" else self.beoordelaar)
        return who.post(f"{lijst['url']}/{naam}", json=body)

    def stel_vast(self, lijst: Json) -> None:
        """Offer a list and approve it."""
        for naam in ("aanbieden", "vaststellen"):
            answer = self.stap(lijst, naam)
            assert answer.status_code == 200, answer.text

    def regels(self, lijst: Json) -> list[Json]:
        """Return the lines of a list, by zaaknummer."""
        query = {"lijst__uuid": lijst["uuid"]}
        answer = self.opsteller.get(f"{ARCHIEF}/vernietigingsregels", params=query)
        found: list[Json] = answer.json()["results"]
        return sorted(found, key=lambda regel: str(regel["zaaknummer"]))

    @staticmethod
    def werk_af() -> None:
        """Do what the worker does."""
        while dispatch.route() or dispatch.deliver_one():
            pass

    @staticmethod
    def _made(answer: httpx.Response) -> Json:
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made


@pytest.fixture
def archief(werk: Werk) -> Iterator[Archief]:
    """Two people, and the worker's ear for what they decide."""
    before = dict(dispatch.subscribers)
    vernietigen.connect()
    yield Archief(werk)
    dispatch.subscribers.clear()
    dispatch.subscribers.update(before)
