"""Whether a body is as the API asks: the fields of the published file, and what they may hold."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from loket.simulators.notifynl.faults import bad, invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from loket.simulators.notifynl.templates import Template

    Body = dict[str, Any]

_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+")
_SPACING = re.compile(r"[\s().-]")
_POSTAGE = ("first", "second", "economy")


def _string(name: str, value: Any) -> str:
    return "" if isinstance(value, str) else f"{name} {value} is not of type string"


def _uuid(name: str, value: Any) -> str:
    return "" if is_uuid(value) else f"{name} is not a valid UUID"


def _mapping(name: str, value: Any) -> str:
    return "" if isinstance(value, dict) else f"{name} {value} is not of type object"


def _strings(name: str, value: Any) -> str:
    return "" if isinstance(value, list) else f"{name} {value} is not of type array"


def _https(name: str, value: Any) -> str:
    fine = isinstance(value, str) and value.startswith("https://")
    return "" if fine else f"{name} is not a valid https url"


def _phone(name: str, value: Any) -> str:
    """Tell what is wrong with a number, in the words of the API."""
    if not isinstance(value, str):
        return _string(name, value)
    digits = _SPACING.sub("", value).removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        return f"{name} Must not contain letters or symbols"
    if len(value) < 7:
        return f"{name} Not enough digits"
    return f"{name} Too many digits" if len(value) > 15 else ""


def _email(name: str, value: Any) -> str:
    fine = isinstance(value, str) and 5 <= len(value) <= 250 and _ADDRESS.fullmatch(value)
    return "" if fine else f"{name} Not a valid email address"


def _postage(name: str, value: Any) -> str:
    fine = value in _POSTAGE
    return "" if fine else f"{name} invalid. It must be either first, second or economy"


@dataclass(frozen=True)
class Form:
    """The fields of a kind of message: which must be there, and how each is checked."""

    required: tuple[str, ...]
    fields: Mapping[str, Callable[[str, Any], str]]

    def check(self, body: Any) -> Body:
        """Return the body, or refuse it with all that is wrong."""
        if not isinstance(body, dict):
            raise bad("Invalid JSON supplied in POST data")
        checked: Body = dict(body)  # pyright: ignore[reportUnknownArgumentType] - read from JSON
        faults = list(self._faults(checked))
        if faults:
            raise invalid(*faults)
        return checked

    def _faults(self, body: Body) -> Iterator[str]:
        for name in self.required:
            if name not in body:
                yield f"{name} is a required property"
        for name, value in body.items():
            check = self.fields.get(name)
            if check is None:
                yield f"Additional properties are not allowed ({name} was unexpected)"
            elif fault := check(name, value):
                yield fault


_BY_TEMPLATE = {"template_id": _uuid, "personalisation": _mapping, "reference": _string}
FORMS = {
    "sms": Form(
        ("phone_number", "template_id"),
        _BY_TEMPLATE | {"phone_number": _phone, "sms_sender_id": _uuid},
    ),
    "email": Form(
        ("email_address", "template_id"),
        _BY_TEMPLATE
        | {
            "email_address": _email,
            "email_reply_to_id": _uuid,
            "one_click_unsubscribe_url": _https,
            "sanitise_content_for": _strings,
        },
    ),
    "letter": Form(
        ("reference", "content"),
        {"reference": _string, "content": _string, "postage": _postage},
    ),
}
"""What may be sent; of letters only those that are a PDF already."""


def template_of(body: Body, kind: str, templates: Mapping[str, Template]) -> Template:
    """Return the template that a body names, if all of its holes are filled."""
    template = templates.get(str(UUID(body["template_id"])))
    if template is None:
        raise bad("Template not found")
    if template.kind != kind:
        raise bad(f"{template.kind} template is not suitable for {kind} notification")
    missing = template.missing(body.get("personalisation", {}))
    if missing:
        raise bad(f"Missing personalisation: {', '.join(missing)}")
    return template


def pdf_of(body: Body) -> bytes:
    """Return the PDF in a body."""
    try:
        content = b64decode(body["content"], validate=True)
    except ValueError:
        raise bad("Cannot decode letter content (invalid base64 encoding)") from None
    if not content.startswith(b"%PDF-"):
        raise bad("Letter content is not a valid PDF")
    return content


def is_uuid(value: Any) -> bool:
    """Tell whether it is an id."""
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False
