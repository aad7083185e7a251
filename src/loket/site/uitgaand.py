"""The ways by which the municipality at hand sends, as they are set now."""

from __future__ import annotations

from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.conf import settings

from loket.connectors.email import Imap, Smtp
from loket.connectors.notifynl import NotifyNL
from loket.connectors.printer import FileDrop, Ipp
from loket.services.output.bezorgen import Sms, Wegen
from loket.services.output.retouradres import LONGEST
from loket.site import instellingen

if TYPE_CHECKING:
    from urllib.parse import SplitResult

    from loket.registers.output.waarden import Outputkanaal


def wegen() -> Wegen:
    """Return how the municipality sends, and where its portal is."""
    return Wegen(
        smtp=smtp(),
        portaal=instellingen.portal(),
        sms=sms(),
        brief=_printer(),
        retour=retour(),
    )


def ingericht() -> tuple[Outputkanaal, ...]:
    """Return the channels over which the municipality can send."""
    return wegen().ingericht


def smtp() -> Smtp:
    """Return the mail server, and the sender in whose name it sends."""
    parts = urlsplit(settings.SMTP_URL)
    return Smtp(
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 25,
        sender=instellingen.mail_from(),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        starttls=parts.scheme == "smtp+starttls",
    )


def retour() -> str:
    """Return the address of our own to which mail comes back; empty where that is not set up."""
    given = settings.BOUNCE_ADDRESS
    if not given:
        return ""
    _, sender = parseaddr(instellingen.mail_from())
    local, _, domain = given.partition("@")
    if len(local) > LONGEST:
        raise ValueError(f"LOKET_BOUNCE_ADDRESS: at most {LONGEST} signs before the @.")
    return f"{local}@{domain or sender.rpartition('@')[2]}"


def bounce_mailboxes() -> list[Imap]:
    """Return the mailboxes in which mail comes back."""
    return [_imap(urlsplit(each)) for each in settings.BOUNCE_MAILBOXES]


def _imap(parts: SplitResult) -> Imap:
    tls = parts.scheme == "imaps"
    return Imap(
        host=parts.hostname or "127.0.0.1",
        port=parts.port or (993 if tls else 143),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.lstrip("/")) or "INBOX",
        tls=tls,
    )


def _printer() -> Ipp | FileDrop | None:
    where = settings.PRINTER
    if not where:
        return None
    if where.startswith("file:"):
        return FileDrop(Path(where.removeprefix("file:")))
    return Ipp(where, settings.PRINTER_USER, password=settings.PRINTER_PASSWORD or None)


def sms() -> Sms | None:
    """Return how text messages go; None where that was not set up."""
    if not (settings.NOTIFYNL_URL and settings.NOTIFYNL_API_KEY and settings.NOTIFYNL_SMS_TEMPLATE):
        return None
    account = NotifyNL(settings.NOTIFYNL_URL, settings.NOTIFYNL_API_KEY)
    return Sms(account, settings.NOTIFYNL_SMS_TEMPLATE)
