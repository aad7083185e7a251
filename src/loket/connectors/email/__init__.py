"""E-mail over SMTP, and what mail servers report of it."""

from loket.connectors.email.composing import compose
from loket.connectors.email.delivery import send
from loket.connectors.email.mailbox import Mailbox, opened
from loket.connectors.email.reports import read_report
from loket.connectors.email.values import (
    Action,
    BrokenReport,
    DefinitiefMislukt,
    Imap,
    Mail,
    NoReport,
    Receipt,
    Report,
    Smtp,
    TijdelijkMislukt,
    VerzendenMislukt,
)

__all__ = [
    "Action",
    "BrokenReport",
    "DefinitiefMislukt",
    "Imap",
    "Mail",
    "Mailbox",
    "NoReport",
    "Receipt",
    "Report",
    "Smtp",
    "TijdelijkMislukt",
    "VerzendenMislukt",
    "compose",
    "opened",
    "read_report",
    "send",
]
