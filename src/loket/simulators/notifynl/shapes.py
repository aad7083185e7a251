"""Messages as the API writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.simulators.notifynl.post import written

if TYPE_CHECKING:
    from loket.simulators.notifynl.post import Sent
    from loket.simulators.notifynl.templates import Template

FROM_NUMBER = "Loket"
FROM_EMAIL = "simulator@notifynl.example.nl"


def taken(message: Sent, base: str) -> dict[str, Any]:
    """Return the answer to whoever sent it."""
    told: dict[str, Any] = {"id": message.id, "reference": message.reference}
    if message.template is None:
        return told | {"postage": message.postage}
    content = {"body": message.body}
    if message.kind == "sms":
        content["from_number"] = FROM_NUMBER
    else:
        content |= {"subject": message.subject, "from_email": FROM_EMAIL}
    return told | {
        "content": content,
        "uri": f"{base}/v2/notifications/{message.id}",
        "template": _template(message.template, f"{base}/v2/template/{message.template.id}"),
        "scheduled_for": None,
    }


def known(message: Sent, base: str) -> dict[str, Any]:
    """Return the data of one message; moments that did not come yet are left out."""
    moments = {
        "sent_at": written(message.sent_at),
        "completed_at": written(message.completed_at),
    }
    lines = {f"line_{number}": None for number in range(2, 7)}
    told: dict[str, Any] = {
        "id": message.id,
        "reference": message.reference,
        "email_address": message.to if message.kind == "email" else None,
        "phone_number": message.to if message.kind == "sms" else None,
        "line_1": message.to if message.kind == "letter" else None,
        "postcode": None,
        "postage": message.postage,
        "type": message.kind,
        "status": message.status,
        "body": message.body,
        "subject": message.subject or None,
        "created_at": written(message.created_at),
        "created_by_name": None,
        "scheduled_for": None,
        "one_click_unsubscribe_url": message.asked.get("one_click_unsubscribe_url"),
        "is_cost_data_ready": False,
    }
    if message.template is not None:
        own = f"{base}/v2/template/{message.template.id}/version/{message.template.version}"
        told["template"] = _template(message.template, own)
    return told | lines | {name: moment for name, moment in moments.items() if moment}


def _template(template: Template, uri: str) -> dict[str, Any]:
    return {"id": template.id, "version": template.version, "uri": uri}
