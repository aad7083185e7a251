"""E-mail over SMTP."""

from loket.connectors.email.composing import compose
from loket.connectors.email.delivery import send
from loket.connectors.email.values import (
    DefinitiefMislukt,
    Mail,
    Receipt,
    Smtp,
    TijdelijkMislukt,
    VerzendenMislukt,
)

__all__ = [
    "DefinitiefMislukt",
    "Mail",
    "Receipt",
    "Smtp",
    "TijdelijkMislukt",
    "VerzendenMislukt",
    "compose",
    "send",
]
