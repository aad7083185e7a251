"""What goes to the mail server, what comes back, and how it fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class VerzendenMislukt(Exception):
    """Sending failed; `code` and `answer` are the server's, if it said anything."""

    def __init__(self, answer: str, code: int | None = None) -> None:
        super().__init__(f"{code} {answer}" if code else answer)
        self.code = code
        self.answer = answer


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
    attempt, so that a receiver recognises a second copy.
    """

    to: str
    subject: str
    text: str
    message_id: str
    date: datetime
    html: str | None = None
    list_unsubscribe: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The server took responsibility for the mail; `answer` is its proof."""

    message_id: str
    code: int
    answer: str
