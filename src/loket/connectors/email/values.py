"""What goes to the mail server, what comes back, and how it fails."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?!\S)")
NOWHERE = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""The status codes (RFC 3463) that say that no mail reaches the address, now or later: no such
mailbox or domain, no address at all, moved, a domain without mail, or closed."""


class VerzendenMislukt(Exception):
    """Sending failed; `code` and `answer` are the server's, if it said anything."""

    def __init__(self, answer: str, code: int | None = None) -> None:
        super().__init__(f"{code} {answer}" if code else answer)
        self.code = code
        self.answer = answer

    @property
    def nowhere(self) -> bool:
        """Whether the server says that the address leads nowhere."""
        found = _ENHANCED.match(self.answer)
        return found is not None and found.group(1) in NOWHERE


class TijdelijkMislukt(VerzendenMislukt):
    """It may succeed later: the server is away or busy, or its settings are wrong here."""


class DefinitiefMislukt(VerzendenMislukt):
    """This mail will never be accepted: the address or the content is at fault."""


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server and the sender in whose name it sends, such as `Gemeente X <post@x.nl>`."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    starttls: bool = False
    timeout: float = 10.0

    def __post_init__(self) -> None:
        """Refuse settings that would send a password in the clear."""
        if (self.user is None) != (self.password is None):
            raise ValueError("An SMTP log-in needs both a user and a password.")
        if self.user and not self.starttls and not _is_loopback(self.host):
            raise ValueError(f"A password goes to {self.host} over TLS only: turn starttls on.")


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one address.

    The caller keeps `message_id` and `date` with the message and gives the same ones at each
    attempt, so that a receiver recognises a second copy. `return_path` is where a server reports
    that it could not deliver after all; without one, that is the sender.
    """

    to: str
    subject: str
    text: str
    message_id: str
    date: datetime
    html: str | None = None
    list_unsubscribe: str | None = None
    return_path: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The server took responsibility for the mail; `answer` is its proof."""

    message_id: str
    code: int
    answer: str


class Action(StrEnum):
    """What a mail server did with a mail (RFC 3464, 2.3.3), the worst first."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail server reports on a mail, and to which addresses it says so."""

    action: Action
    status: str
    sent_to: tuple[str, ...]

    @property
    def nowhere(self) -> bool:
        """Whether the address leads nowhere, so that there is no sense in trying it again."""
        return self.action is Action.FAILED and self.status in NOWHERE


class NoReport(Exception):
    """A mail that is no report of a mail server; `automatic` when a machine wrote it."""

    def __init__(self, *, automatic: bool) -> None:
        super().__init__("This mail is no report of a mail server.")
        self.automatic = automatic


class BrokenReport(Exception):
    """This report of a mail server cannot be read."""


@dataclass(frozen=True, slots=True)
class Imap:
    """A mailbox in which reports come in; over TLS, except on this machine."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    tls: bool = True
    timeout: float = 30.0

    def __post_init__(self) -> None:
        """Refuse settings that would send a password in the clear."""
        if not self.tls and not _is_loopback(self.host):
            raise ValueError(f"A password goes to {self.host} over TLS only: use imaps.")
