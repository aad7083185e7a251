"""Who listens to the ledger in this house."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.conf import settings

from loket.connectors.email import Smtp
from loket.connectors.notificaties import Caller
from loket.registers.documenten import opruimen
from loket.registers.notificaties import proef
from loket.services.archivering import vernietigen
from loket.services.notificeren import abonnees
from loket.services.output import attendering, verificatie
from loket.site import instellingen


def connect() -> None:
    """Subscribe every service that acts on events."""
    attendering.subscribe_with(sender)
    verificatie.subscribe_with(sender)
    vernietigen.connect()
    opruimen.subscribe_to_removals()
    abonnees.connect(instellingen.portal)


def try_callbacks() -> None:
    """Let the callback of an abonnement be tried before it is taken, unless that is off."""
    caller = Caller()
    proef.bind(lambda url, auth: caller.probe(url, auth) if settings.TEST_CALLBACKS else "")


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
