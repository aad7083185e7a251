"""The SMTP side: takes any mail, unless told to fail."""

from __future__ import annotations

import asyncio
from threading import Thread
from typing import TYPE_CHECKING

from aiosmtpd.smtp import SMTP, Envelope, Session

from loket.simulators.mailsink.failure import Luck, Mode

if TYPE_CHECKING:
    from loket.simulators.mailsink.mailbox import Mailbox

_REPLIES = {
    Mode.TEMPORARY: "451 4.3.0 Probeer het later nog eens",
    Mode.PERMANENT: "550 5.1.1 Dit adres bestaat niet",
}


class Receiver:
    """What aiosmtpd calls while a mail comes in."""

    def __init__(self, mailbox: Mailbox, luck: Luck) -> None:
        self._mailbox = mailbox
        self._luck = luck

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take a recipient."""
        failing = self._luck.strikes(Mode.TEMPORARY, Mode.PERMANENT)
        if failing:
            return _REPLIES[failing]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - named by aiosmtpd
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take the content."""
        failing = self._luck.strikes(Mode.DROP, Mode.LOST_REPLY)
        name = "-"
        if failing is not Mode.DROP:
            name = await asyncio.to_thread(
                self._mailbox.keep,
                envelope.original_content or b"",
                envelope.mail_from or "",
                envelope.rcpt_tos,
            )
        if failing and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return f"250 2.0.0 Bewaard als {name}"


def receive(receiver: Receiver, host: str, port: int) -> int:
    """Start taking mail in a thread of its own and return the port (0 asks for any free one)."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="smtp", daemon=True).start()

    def connection() -> SMTP:
        return SMTP(receiver, hostname="postbus.localhost", loop=loop, enable_SMTPUTF8=True)

    listening = asyncio.run_coroutine_threadsafe(
        loop.create_server(connection, host, port), loop
    ).result()
    bound: int = listening.sockets[0].getsockname()[1]
    return bound
