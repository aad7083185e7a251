"""Hand a message to NotifyNL, and ask what became of it."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from loket.connectors.notifynl import reading
from loket.connectors.notifynl.asking import ask, unreadable
from loket.connectors.notifynl.values import Receipt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from loket.connectors.notifynl.values import Delivery, Email, Letter, NotifyNL, Sms


def send_sms(config: NotifyNL, sms: Sms) -> Receipt:
    """Send a text message and return the receipt, or raise VerzendenMislukt."""
    return _send(
        config,
        "/sms",
        {
            "phone_number": sms.to,
            "template_id": sms.template,
            "personalisation": dict(sms.personalisation),
            "reference": sms.reference,
            "sms_sender_id": sms.sender,
        },
    )


def send_email(config: NotifyNL, email: Email) -> Receipt:
    """Send an e-mail and return the receipt, or raise VerzendenMislukt."""
    return _send(
        config,
        "/email",
        {
            "email_address": email.to,
            "template_id": email.template,
            "personalisation": dict(email.personalisation),
            "reference": email.reference,
            "email_reply_to_id": email.reply_to,
            "one_click_unsubscribe_url": email.unsubscribe,
            "sanitise_content_for": list(email.sanitise) or None,
        },
    )


def send_letter(config: NotifyNL, letter: Letter) -> Receipt:
    """Send a PDF as a letter and return the receipt, or raise VerzendenMislukt."""
    return _send(
        config,
        "/letter",
        {
            "reference": letter.reference,
            "content": b64encode(letter.content).decode(),
            "postage": letter.postage,
        },
    )


def status(config: NotifyNL, id: UUID) -> Delivery:  # noqa: A002 - what the API calls it
    """Return how far a message is; DefinitiefMislukt (404) when NotifyNL forgot it."""
    answer = ask(config, f"/{id}")
    try:
        return reading.delivery(answer.told)
    except ValueError:
        raise unreadable(answer.code) from None


def find(config: NotifyNL, reference: str) -> list[Delivery]:
    """Return the messages with a reference, newest first, so that none is sent a second time."""
    answer = ask(config, "", query={"reference": reference})
    try:
        return reading.deliveries(answer.told.get("notifications"))
    except ValueError:
        raise unreadable(answer.code) from None


def _send(config: NotifyNL, path: str, body: Mapping[str, Any]) -> Receipt:
    answer = ask(config, path, {name: value for name, value in body.items() if value is not None})
    try:
        taken = reading.identity(answer.told, "id")
        reference = reading.reference(answer.told)
    except ValueError:
        raise unreadable(answer.code) from None
    return Receipt(taken, reference, answer.code, answer.text)
