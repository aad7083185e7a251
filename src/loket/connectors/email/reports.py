"""What a mail server reports of a mail that it took before (RFC 3464); anybody may have sent it."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from typing import TYPE_CHECKING, Any, Final

from loket.connectors.email.values import Action, BrokenReport, NoReport, Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

LARGEST: Final = 4 * 2**20
"""Bytes of the largest report that is read; a mail of ours that comes along in full is smaller."""

_RECIPIENT: Final = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_STATUS: Final = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?!\S)")
_UNREADABLE: Final = (
    *(MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError),
)
"""What the parsers of headers raise at what is no header at all."""


def read_report(source: bytes, recipient: str = "") -> Report:
    """Return what a mail reports, and to whom; `recipient` is the envelope's, where it is known.

    Of more than one recipient the worst counts. NoReport for any other mail, BrokenReport for a
    report that does not say what happened.
    """
    if len(source) > LARGEST:
        raise BrokenReport
    try:
        message: EmailMessage = message_from_bytes(source, policy=policy.default)
        if _kind(message) != "delivery-status":
            raise NoReport(automatic=_is_automatic(message))
        told = sorted(_told(message), key=lambda each: list(Action).index(each[0]))
        sent_to = (recipient,) if recipient else tuple(_recipients(message))
    except _UNREADABLE as problem:
        raise BrokenReport from problem
    if not told:
        raise BrokenReport
    return Report(*told[0], sent_to)


def _kind(message: EmailMessage) -> str:
    """Return of which kind a report is, empty for what is none."""
    if message.get_content_type() != "multipart/report":
        return ""
    return str(message.get_param("report-type", "")).lower()


def _is_automatic(message: EmailMessage) -> bool:
    said = str(message.get("Auto-Submitted", "no")).strip().lower()
    return not said.startswith("no")


def _told(message: EmailMessage) -> Iterator[tuple[Action, str]]:
    """Yield what happened for each recipient; what tells of the report itself has no action."""
    status = next(
        (part for part in message.walk() if part.get_content_type() == "message/delivery-status"),
        None,
    )
    payload: Any = status.get_payload() if status is not None else ()
    for block in payload if isinstance(payload, list) else ():
        action = str(block.get("Action", "")).partition(";")[0].strip().lower()
        found = _STATUS.match(str(block.get("Status", "")))
        if action in set(Action):
            yield Action(action), found.group(1) if found else ""


def _recipients(message: EmailMessage) -> Iterator[str]:
    for name in _RECIPIENT:
        yield from (str(value) for value in message.get_all(name, ()))
