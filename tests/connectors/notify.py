"""What the tests of NotifyNL share: a key, templates, and one message of each kind."""

from __future__ import annotations

from uuid import UUID

from loket.connectors.notifynl import Email, Letter, Sms
from loket.simulators.notifynl.templates import Template, by_id

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"duinrade-test-{SERVICE}-{SECRET}"
BY_SMS, BY_EMAIL = "f33517ff-2a88-4f6e-b855-c550268ce08a", "9d751e0e-f929-4891-82a1-a3e1c3c18ee3"
TEMPLATES = by_id(
    Template(BY_SMS, "sms", "Dag ((naam)), uw paspoort ligt klaar."),
    Template(BY_EMAIL, "email", "Neem mee:((stukken))", "Dag ((naam))"),
)
SMS = Sms("+31612345678", BY_SMS, {"naam": "Fenna"}, "kenmerk-1")
EMAIL = Email(
    "fenna@example.nl", BY_EMAIL, {"naam": "Fenna", "stukken": ["paspoort", "foto"]}, "kenmerk-2"
)
LETTER = Letter(b"%PDF-1.7\n% brief", "kenmerk-3")
ID = UUID("740e5834-3a29-46b4-9a6f-16142fde533a")
RECEIPT = {
    "id": str(ID),
    "reference": "kenmerk-1",
    "to": "+31612345678",
    "status": "delivered",
    "created_at": "2026-03-04T12:30:00.000000Z",
    "completed_at": "2026-03-04T12:30:02.500000Z",
    "sent_at": "2026-03-04T12:30:01.000000Z",
    "notification_type": "sms",
    "template_id": BY_SMS,
    "template_version": 1,
}
