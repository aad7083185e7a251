"""What goes to NotifyNL, what comes back, and how it fails."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from loket.kernel.addresses import is_loopback

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    Personalisation = Mapping[str, str | Sequence[str]]

_HEX = "[0-9a-fA-F]"
_UUID = f"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}"
_API_KEY = re.compile(rf"[^\r\n]+-(?P<service>{_UUID})-(?P<secret>{_UUID})")


class VerzendenMislukt(Exception):
    """Sending or asking failed; `code` and `answer` are NotifyNL's, if it said anything."""

    def __init__(self, answer: str, code: int | None = None) -> None:
        super().__init__(f"{code} {answer}" if code else answer)
        self.code = code
        self.answer = answer


class TijdelijkMislukt(VerzendenMislukt):
    """It may succeed later: NotifyNL is away or busy, or its settings are wrong here."""


class DefinitiefMislukt(VerzendenMislukt):
    """This will never be accepted: the address, the template or the content is at fault."""


class Status(StrEnum):
    """How far a message is, in the words of the API."""

    CREATED = "created"
    SENDING = "sending"
    PENDING = "pending"
    """The network of the phone has it, the phone itself not yet."""
    SENT = "sent"
    """It went abroad, from where no more is heard."""
    DELIVERED = "delivered"
    PERMANENT_FAILURE = "permanent-failure"
    """There is no such address, or it is refused there."""
    TEMPORARY_FAILURE = "temporary-failure"
    """The inbox is full or the phone off, also after 72 hours of trying."""
    TECHNICAL_FAILURE = "technical-failure"
    """It went wrong between NotifyNL and the provider."""
    PENDING_VIRUS_CHECK = "pending-virus-check"
    VIRUS_SCAN_FAILED = "virus-scan-failed"
    VALIDATION_FAILED = "validation-failed"
    """Something in the letter stands outside of what can be printed."""
    ACCEPTED = "accepted"
    """The printer has the letter."""
    RECEIVED = "received"
    """The letter is printed and in the post."""
    CANCELLED = "cancelled"
    RETURNED = "returned-letter"
    """The letter came back."""
    UNKNOWN = "unknown"
    """A word that this release does not know."""

    @property
    def failed(self) -> bool:
        """Tell whether it did not reach anybody, and will not by itself."""
        return self in _FAILED

    @property
    def final(self) -> bool:
        """Tell whether no more news is to be expected, but for a letter that comes back."""
        return self.failed or self in _ARRIVED


_ARRIVED = {Status.SENT, Status.DELIVERED, Status.RECEIVED}
_FAILED = {
    Status.PERMANENT_FAILURE,
    Status.TEMPORARY_FAILURE,
    Status.TECHNICAL_FAILURE,
    Status.VIRUS_SCAN_FAILED,
    Status.VALIDATION_FAILED,
    Status.CANCELLED,
    Status.RETURNED,
}


class Postage(StrEnum):
    """How fast a letter travels."""

    FIRST = "first"
    SECOND = "second"
    ECONOMY = "economy"


@dataclass(frozen=True, slots=True)
class NotifyNL:
    """Where NotifyNL is, and the key of our service there: `name-service id-secret`."""

    base: str
    api_key: str = field(repr=False)
    timeout: float = 10.0
    """Seconds to wait for a connection, for an answer to begin, and for its end."""

    def __post_init__(self) -> None:
        """Refuse an address that anybody on the way could listen to, and what is no key."""
        parts = urlsplit(self.base)
        host = parts.hostname or ""
        plain = parts.scheme == "http" and is_loopback(host)
        if not host or not (parts.scheme == "https" or plain):
            raise ValueError(f"The address {self.base!r} of NotifyNL is not an https address.")
        if not _API_KEY.fullmatch(self.api_key):
            raise ValueError("The API key of NotifyNL is not of the form name-service-secret.")

    @property
    def service(self) -> str:
        """The id of our service, which stands in the key before the secret."""
        return self.api_key[-73:-37]

    @property
    def secret(self) -> str:
        """What tokens are signed with: the end of the key."""
        return self.api_key[-36:]


@dataclass(frozen=True, slots=True)
class Sms:
    """A text message by a template; `reference` is ours and says nothing about a person."""

    to: str = field(repr=False)
    template: str
    personalisation: Personalisation = field(repr=False)
    reference: str
    sender: str | None = None
    """The id of the sender, if it is not the default one of the service."""


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail by a template; what is in `sanitise` was written by others and loses its links."""

    to: str = field(repr=False)
    template: str
    personalisation: Personalisation = field(repr=False)
    reference: str
    reply_to: str | None = None
    """The id of the address for answers, if it is not the default one of the service."""
    unsubscribe: str | None = field(default=None, repr=False)
    """An https address that ends the subscription when it gets an empty POST."""
    sanitise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that is a PDF already; the address is read from the page."""

    content: bytes = field(repr=False)
    reference: str
    postage: Postage | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """NotifyNL took responsibility for the message; `code` and `answer` are its proof."""

    id: UUID
    reference: str | None
    code: int
    answer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a message is; whom it was for stays at NotifyNL."""

    id: UUID
    reference: str | None
    status: Status
    completed_at: datetime | None = None
    sent_at: datetime | None = None
