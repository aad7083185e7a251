"""SMS, e-mail and letters through NotifyNL, which speaks the GOV.UK Notify API, version 2."""

from loket.connectors.notifynl.receiving import read_callback
from loket.connectors.notifynl.sending import find, send_email, send_letter, send_sms, status
from loket.connectors.notifynl.values import (
    DefinitiefMislukt,
    Delivery,
    Email,
    Letter,
    NotifyNL,
    Postage,
    Receipt,
    Sms,
    Status,
    TijdelijkMislukt,
    VerzendenMislukt,
)

__all__ = [
    "DefinitiefMislukt",
    "Delivery",
    "Email",
    "Letter",
    "NotifyNL",
    "Postage",
    "Receipt",
    "Sms",
    "Status",
    "TijdelijkMislukt",
    "VerzendenMislukt",
    "find",
    "read_callback",
    "send_email",
    "send_letter",
    "send_sms",
    "status",
]
