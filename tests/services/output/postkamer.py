"""The post room of the tests: what goes in as events comes out as messages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from loket.ledger import dispatch
from loket.ledger.database import one, rows
from loket.services.output.verzenden import verzend

if TYPE_CHECKING:
    from loket.services.output.bezorgen import Wegen
    from loket.simulators.mailsink.failure import Luck
    from loket.simulators.mailsink.mailbox import Mailbox, Stored
    from loket.simulators.notifynl.post import Post

KEY = "test-6a2f41a3-c54c-fce8-32d2-0324e1c32e22-d4f6a1b0-93c1-4a5e-8a7e-0b1c2d3e4f50"
PORTAAL = "https://mijn.duinrade.example"

Json = dict[str, Any]


@dataclass
class Postkamer:
    """What sends, and what was sent."""

    mailbox: Mailbox
    luck: Luck
    sms: Post
    wegen: Wegen

    def skip(self) -> None:
        """Take what waits out of the outbox without telling anybody."""
        one("DELETE FROM ledger_outbox")

    def set(self, **ways: Any) -> None:
        """Send by other ways from now on."""
        self.wegen = replace(self.wegen, **ways)

    def work(self) -> None:
        """Do what the worker does, until there is nothing left that is due."""
        busy = True
        while busy:
            busy = bool(dispatch.route())
            while dispatch.deliver_one():
                busy = True
            while verzend(self.wegen):
                busy = True

    def due(self) -> None:
        """Let the time come for everything that is planned."""
        one("UPDATE output_klantnotificatie SET gepland_op = now() WHERE status = 'gepland'")

    def came_from(self) -> str:
        """Return the envelope sender of the last mail, to which it comes back."""
        return self.mails()[-1].content.header("Return-Path").strip("<>")

    def mails(self) -> list[Stored]:
        """Return every mail, the oldest first."""
        return self.mailbox.all()[::-1]

    def messages(self) -> list[Json]:
        """Return what became of each message, in order."""
        names = ("gebeurtenis", "kanaal", "status", "adres", "uitkomst", "pogingen")
        sql = f"SELECT {', '.join(names)} FROM output_klantnotificatie ORDER BY id"  # noqa: S608
        return [dict(zip(names, row, strict=True)) for row in rows(sql)]

    def states(self) -> list[tuple[str, str]]:
        """Return over which channel each message went, and how far it is."""
        return [(each["kanaal"], each["status"]) for each in self.messages()]
