"""Mail that comes back: whoever brings it, the mark in its address says of which message it is.

A mail server hands it to `loket output bounce`, or the worker fetches it from a mailbox. What is
said of it in the log is the key of the message and no more: neither address nor content.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from django.db import OperationalError, connections

from loket.connectors.email import (
    BrokenReport,
    NoReport,
    TijdelijkMislukt,
    opened,
    read_report,
)
from loket.kernel import tenant
from loket.ledger.database import Away
from loket.services.output import retouradres, terugkomst
from loket.services.output.terugkomst import Gevolg
from loket.site import tenants, uitgaand

if TYPE_CHECKING:
    from uuid import UUID

    from loket.connectors.email import Imap, Mailbox, Report

log = logging.getLogger(__name__)

EVERY: Final = 60.0
"""Seconds between two looks in a mailbox."""


class Lot(Enum):
    """What is to be done with a mail that came back."""

    DONE = auto()
    LATER = auto()
    """It has to come again."""
    UNKNOWN = auto()
    FORGED = auto()
    UNREADABLE = auto()


@dataclass(frozen=True)
class Uitslag:
    """What became of it, in words for the log."""

    lot: Lot
    said: str
    notificatie: UUID | None = None


_LOTS: Final = {Gevolg.LATER: Lot.LATER, Gevolg.ONBEKEND: Lot.UNKNOWN}


def neem(source: bytes, recipient: str = "") -> Uitslag:
    """Take a mail that came back, and log what became of it; any mail of anybody may be given."""
    taken = _taken(source, recipient)
    level = logging.INFO if taken.lot in (Lot.DONE, Lot.LATER) else logging.WARNING
    log.log(level, "mail that came back, message %s: %s", taken.notificatie or "?", taken.said)
    return taken


def _taken(source: bytes, recipient: str) -> Uitslag:
    try:
        report = read_report(source, recipient)
    except NoReport as problem:
        if problem.automatic:
            return Uitslag(Lot.DONE, "an automatic answer, which changes nothing")
        return Uitslag(Lot.UNREADABLE, "no report of a mail server; somebody should read it")
    except BrokenReport:
        return Uitslag(Lot.UNREADABLE, "a report that does not say what happened")
    found = retouradres.tokens(report.sent_to)
    if not found:
        return Uitslag(Lot.FORGED, "it was not sent to an address that we made")
    for each in tenants.everyone():
        with tenant.entered(each):
            if known := _dealt_with(found, report):
                return known
    return Uitslag(Lot.FORGED, "the mark in the address was not made by us")


def _dealt_with(found: list[str], report: Report) -> Uitslag | None:
    """Return what became of a report for the municipality at hand; None when it is not its own."""
    merk = next(filter(None, map(retouradres.gelezen, found)), None)
    if merk is None:
        return None
    gevolg = terugkomst.verwerk(merk, report, uitgaand.ingericht())
    said = f"{report.action.value} {report.status}: {gevolg.value}"
    return Uitslag(_LOTS.get(gevolg, Lot.DONE), said, merk.notificatie)


def begin(stop: threading.Event) -> list[threading.Thread]:
    """Start to look in every mailbox, until `stop` is set."""
    threads = [
        threading.Thread(target=_look_on, args=(stop, each), name=f"terugpost {each.host}")
        for each in uitgaand.bounce_mailboxes()
    ]
    for each in threads:
        each.start()
    return threads


def _look_on(stop: threading.Event, config: Imap) -> None:
    while not stop.is_set():
        try:
            look(config, stop)
        except (OperationalError, Away, TijdelijkMislukt) as problem:
            log.warning("no look at the mailbox on %s: %s", config.host, problem)
            connections.close_all()
        except Exception:
            log.exception("the mailbox on %s could not be dealt with", config.host)
        stop.wait(EVERY)
    connections.close_all()


def look(config: Imap, stop: threading.Event | None = None) -> int:
    """Deal with what came into a mailbox; return how many mails. What must come again stays unseen.

    A mail is marked after it was dealt with: who dies in between does so twice, which changes
    nothing. What nobody can make anything of gets a flag, for somebody to look at.
    """
    done = 0
    with opened(config) as mailbox:
        for uid in mailbox.unseen():
            if stop and stop.is_set():
                break
            done += _one_of(mailbox, uid)
    return done


def _one_of(mailbox: Mailbox, uid: str) -> bool:
    lot = neem(mailbox.source(uid)).lot
    if lot is Lot.LATER:
        return False
    mailbox.seen(uid, flagged=lot is not Lot.DONE)
    return True
