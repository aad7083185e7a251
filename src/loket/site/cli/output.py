"""`loket output`: what a mail server has to say of messages that it took."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Final

import typer
from django.db import OperationalError

from loket.connectors.email.reports import LARGEST
from loket.ledger.database import Away
from loket.site import terugpost
from loket.site.cli.saying import err, fail
from loket.site.terugpost import Lot

output = typer.Typer(help="Berichten aan burgers en bedrijven.", no_args_is_help=True)


@output.callback()
def _group() -> None:
    """Keep `bounce` a word of its own, though it is the only command."""


EXITS: Final = {
    Lot.DONE: os.EX_OK,
    Lot.LATER: os.EX_TEMPFAIL,
    Lot.UNKNOWN: os.EX_NOUSER,
    Lot.FORGED: os.EX_NOPERM,
    Lot.UNREADABLE: os.EX_DATAERR,
}
"""As sysexits.h has them, which is what a mail server understands."""


@output.command()
def bounce(
    *,
    recipient: Annotated[
        str, typer.Option(help="Het adres waar de mail aan geadresseerd was (de enveloppe).")
    ] = "",
) -> None:
    """Lees op stdin één mail die terugkwam (RFC 3464) en werk het bericht bij waar hij bij hoort.

    Voor een mailserver, als pipe-transport. De uitkomst: 0 verwerkt, 65 onleesbaar of geen
    rapport, 67 onbekend bericht, 75 later opnieuw aanbieden, 77 niet door Loket ondertekend.
    """
    try:
        taken = terugpost.neem(sys.stdin.buffer.read(LARGEST + 1), recipient)
    except (OperationalError, Away):
        fail("De database is er even niet; bied de mail later opnieuw aan.", os.EX_TEMPFAIL)
    if taken.lot is not Lot.DONE:
        err.print(
            f"message {taken.notificatie or '?'}: {taken.said}", highlight=False, soft_wrap=True
        )
    raise typer.Exit(EXITS[taken.lot])
