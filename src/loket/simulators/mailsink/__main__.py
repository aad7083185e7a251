"""Run the mail sink: `python -m loket.simulators.mailsink`."""

from __future__ import annotations

import logging
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from loket.simulators import web
from loket.simulators.mailsink.failure import Failure, Luck, Mode
from loket.simulators.mailsink.mailbox import Mailbox
from loket.simulators.mailsink.pages import make_site
from loket.simulators.mailsink.receiving import Receiver, receive


def main(
    folder: Annotated[Path, typer.Option("--dir", help="The folder that keeps the mails.")],
    smtp_port: Annotated[int, typer.Option(help="Port for SMTP; 0 for any free one.")] = 8002,
    http_port: Annotated[int, typer.Option(help="Port for the page; 0 for any free one.")] = 8003,
    fail_mode: Annotated[Mode, typer.Option(help="How to fail.")] = Mode.TEMPORARY,
    fail_rate: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Share of the mails that fail.")
    ] = 0.0,
) -> None:
    """Take all mail on 127.0.0.1, keep it, and show it on a page."""
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    mailbox = Mailbox(folder)
    luck = Luck(Failure(fail_mode, fail_rate))
    server = web.bind(http_port)
    try:
        taken = receive(Receiver(mailbox, luck), web.HOST, smtp_port)
    except OSError as error:
        raise typer.BadParameter(f"port {smtp_port}: {error.strerror}") from error
    said = {
        "smtp_port": taken,
        "http_port": server.port,
        "url": f"http://{web.HOST}:{server.port}/",
    }
    web.serve(server, make_site(mailbox, luck), said)


if __name__ == "__main__":
    typer.run(main)
