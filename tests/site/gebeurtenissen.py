"""What happened to a zaak, and somebody who was told of it but did not listen."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from loket.connectors.notificaties import Caller
from loket.ledger import dispatch
from loket.ledger.dispatch import Family
from loket.services.notificeren import abonnees
from tests.registers.zaken.zaakwerk import Typen, Werk
from tests.services.notificeren.abonnee import AUTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from loket.ledger.dispatch import Happened
    from tests.conftest import Api

BSN = "999990639"
CALLBACK = "https://zaakafhandeling.example/callbacks"


class Verhaal:
    """Two abonnees, of which one refuses for as long as it is told to; and a zaak."""

    def __init__(self, api: Api) -> None:
        self.api, self.refuses = api, True
        family = abonnees.Abonnees(Caller(), lambda: "https://loket.example")
        dispatch.subscribe_family(Family(abonnees.NAME, family.wanting, self.calls))
        typen = Typen(api)
        typen.publish()
        self.werk = Werk(api, typen)
        self.hears = self.subscribe("https://dataplatform.example/hoort/alles")
        self.deaf = self.subscribe(CALLBACK)
        self.out()

    def subscribe(self, address: str) -> str:
        body = {"callbackUrl": address, "auth": AUTH, "kanalen": [{"naam": "zaken"}]}
        answer = self.api.post("/notificaties/api/v1/abonnement", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["url"].rsplit("/", 1)[1])

    def calls(self, key: str, events: Sequence[Happened]) -> list[Callable[[], str]]:
        def call() -> str:
            if key == self.deaf and self.refuses:
                raise dispatch.Refused(f"404 ken {BSN} niet")
            return "204"

        return [call for _ in events]

    @staticmethod
    def out() -> None:
        while dispatch.route():
            pass

    def deliver(self) -> None:
        self.out()
        asleep = dispatch.Asleep()
        while dispatch.deliver_to_family(asleep):
            asleep = dispatch.Asleep()

    def zaak(self) -> dict[str, Any]:
        """Make a zaak with a status, of which the deaf one was told in vain."""
        made = self.werk.zaak(toelichting="Bel niet voor negen uur")
        self.werk.status(made, 1)
        self.deliver()
        return made


@contextmanager
def verhaal(api: Api) -> Iterator[Verhaal]:
    """Tell the story; afterwards whoever listened before does so again."""
    kept, others = dict(dispatch.families), dict(dispatch.subscribers)
    dispatch.families.clear()
    dispatch.subscribers.clear()
    try:
        yield Verhaal(api)
    finally:
        dispatch.families.clear()
        dispatch.subscribers.clear()
        dispatch.families.update(kept)
        dispatch.subscribers.update(others)
