"""Who listens to the ledger in this house."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.conf import settings

from loket.connectors.email import Smtp
from loket.registers.documenten import opruimen
from loket.services.archivering import vernietigen
from loket.services.output import attendering, verificatie
from loket.site import instellingen


def connect() -> None:
    """Subscribe every service that acts on events."""
    attendering.subscribe_with(sender)
    verificatie.subscribe_with(sender)
    vernietigen.connect()
    opruimen.subscribe_to_removals()


def sender() -> attendering.Sender:
    """Return how the municipality at hand sends, as it is set now."""
    return attendering.Sender(_smtp(), instellingen.portal())


def _smtp() -> Smtp:
    parts = urlsplit(settings.SMTP_URL)
    return Smtp(
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 25,
        sender=instellingen.mail_from(),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        starttls=parts.scheme == "smtp+starttls",
    )
