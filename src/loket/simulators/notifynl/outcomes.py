"""What becomes of a message: its address decides, as in the documentation of Notify."""

from __future__ import annotations

import re

_PHONES = {
    "7700900001": "delivered",
    "7700900002": "permanent-failure",
    "7700900003": "temporary-failure",
}
_EMAILS = {
    "delivered@simulator.notify": "delivered",
    "perm-fail@simulator.notify": "permanent-failure",
    "temp-fail@simulator.notify": "temporary-failure",
}
_SMOKE = {
    "07700900000",
    "07700900111",
    "07700900222",
    "simulate-delivered@notifications.service.gov.uk",
    "simulate-delivered-2@notifications.service.gov.uk",
    "simulate-delivered-3@notifications.service.gov.uk",
}


def outcome(kind: str, to: str) -> str:
    """Return how a message ends; an address that means nothing is one where all arrives."""
    if kind == "letter":
        return "received"
    if kind == "email":
        return _EMAILS.get(to.strip().lower(), "delivered")
    return _PHONES.get(re.sub(r"\D", "", to)[-10:], "delivered")


def is_smoke(to: str) -> bool:
    """Tell whether all is checked for this address, and nothing kept."""
    return to.strip().lower() in _SMOKE
