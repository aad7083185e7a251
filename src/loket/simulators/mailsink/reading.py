"""What stands in a mail, also when it is badly made."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import Message


@dataclass(frozen=True, slots=True)
class Content:
    """A mail's headers and its two bodies; `text` and `html` are empty where there is none."""

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    source: bytes

    def header(self, name: str) -> str:
        """Return the first header called `name`, or nothing."""
        return next(iter(self.headers_called(name)), "")

    def headers_called(self, name: str) -> list[str]:
        """Return all headers called `name`."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


def read(source: bytes) -> Content:
    """Read a mail; whatever cannot be decoded is shown with replacement characters."""
    message = message_from_bytes(source)
    return Content(
        headers=tuple((name, _readable(str(value))) for name, value in message.items()),
        text=_body(message, "text/plain"),
        html=_body(message, "text/html"),
        source=source,
    )


def _readable(raw: str) -> str:
    unfolded = " ".join(raw.split())
    try:
        return str(make_header(decode_header(unfolded)))
    except (HeaderParseError, LookupError, UnicodeError):
        return unfolded


def _body(message: Message, content_type: str) -> str:
    for part in message.walk():
        attached = part.get_content_disposition() == "attachment"
        if part.get_content_type() == content_type and not attached:
            return _decoded(part)
    return ""


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    octets = payload if isinstance(payload, bytes) else b""
    try:
        return octets.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:
        return octets.decode(errors="replace")
