"""A post room: a mail server, NotifyNL and the worker's rounds, with everything that goes out."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest

from loket.connectors.email import Smtp
from loket.connectors.notifynl import NotifyNL
from loket.ledger import dispatch
from loket.services.output import onderwerp, plannen
from loket.services.output.bezorgen import Sms, Wegen
from loket.simulators.mailsink.failure import Failure, Luck
from loket.simulators.mailsink.mailbox import Mailbox
from loket.simulators.mailsink.receiving import Receiver, receive
from loket.simulators.notifynl.server import serving
from loket.simulators.notifynl.templates import DEMO
from tests.registers.zaken.zaakwerk import Typen, Werk
from tests.services.output.postkamer import KEY, PORTAAL, Postkamer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Api


@pytest.fixture
def zaakwerk(api: Api) -> Werk:
    """An application that handles zaken of a published zaaktype."""
    return Werk(api, Typen(api).publish())


@pytest.fixture
def postkamer(api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postkamer]:
    """Everything that sends, by day; what waited in the outbox is out of the way."""
    del api
    mailbox, luck = Mailbox(tmp_path / "post"), Luck(Failure())
    port = receive(Receiver(mailbox, luck), "127.0.0.1", 0)
    template = next(each for each in DEMO.values() if each.kind == "sms")
    for each in (plannen, onderwerp):
        monkeypatch.setattr(each, "OCHTEND", time(0))
    monkeypatch.setattr(plannen, "AVOND", time.max)
    before = dict(dispatch.subscribers)
    dispatch.subscribers.clear()
    with serving(KEY, DEMO) as notify:
        wegen = Wegen(
            smtp=Smtp("127.0.0.1", port, "Gemeente Duinrade <post@duinrade.example>"),
            portaal=PORTAAL,
            sms=Sms(NotifyNL(notify.url, KEY), template.id),
        )
        room = Postkamer(mailbox, luck, notify.post, wegen)
        room.skip()
        plannen.connect(lambda: room.wegen.ingericht)
        yield room
    dispatch.subscribers.clear()
    dispatch.subscribers.update(before)
