"""What was sent, how far it is, and calling whoever wants to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import httpx

from loket.kernel import clock
from loket.simulators.notifynl.checking import FORMS, pdf_of, template_of
from loket.simulators.notifynl.faults import on_purpose
from loket.simulators.notifynl.outcomes import is_smoke, outcome
from loket.simulators.notifynl.templates import DEMO

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from loket.simulators.notifynl.templates import Template

PAGE: Final = 250
"""Messages on a page."""

_PATIENCE = 5.0


@dataclass
class Sent:
    """A message as it was taken."""

    kind: str
    to: str
    reference: str | None
    template: Template | None = None
    personalisation: Mapping[str, Any] = field(default_factory=dict[str, Any])
    subject: str = ""
    body: str = ""
    content: bytes = b""
    postage: str | None = None
    asked: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The body of the request."""
    status: str = "created"
    id: str = field(default_factory=lambda: str(uuid4()))
    created_at: datetime = field(default_factory=clock.now)
    sent_at: datetime | None = None
    completed_at: datetime | None = None


@dataclass(frozen=True)
class Callback:
    """Who wants to know what becomes of messages, and the token that they ask for."""

    url: str
    bearer: str = field(repr=False)


@dataclass(frozen=True)
class Call:
    """A callback as it was made; the status is 0 when nobody answered."""

    body: Mapping[str, Any]
    status: int


class Post:
    """Takes messages and keeps them; used by several threads."""

    def __init__(
        self, templates: Mapping[str, Template] | None = None, callback: Callback | None = None
    ) -> None:
        self.templates = DEMO if templates is None else templates
        self.callback = callback
        self.sent: list[Sent] = []
        self.calls: list[Call] = []
        self._failing: list[int] = []
        self._lock = Lock()

    def fail(self, status: int, times: int = 1) -> None:
        """Answer the next requests with this status."""
        with self._lock:
            self._failing = [status] * times

    def let_down(self) -> None:
        """Fail if that was asked."""
        with self._lock:
            status = self._failing.pop() if self._failing else None
        if status is not None:
            raise on_purpose(status)

    def take(self, kind: str, told: Any) -> Sent:
        """Check a body and keep the message; Refused."""
        body = FORMS[kind].check(told)
        message = self._letter(body) if kind == "letter" else self._by_template(kind, body)
        if not is_smoke(message.to):
            with self._lock:
                self.sent.append(message)
        return message

    def find(self, name: str) -> Sent | None:
        """Return the message with an id."""
        return next((each for each in list(self.sent) if each.id == name), None)

    def matching(self, reference: str, kind: str, statuses: list[str]) -> list[Sent]:
        """Return the newest messages that are as asked, newest first."""
        found = [
            each
            for each in reversed(list(self.sent))
            if reference in {"", each.reference}
            and kind in {"", each.kind}
            and (not statuses or each.status in statuses)
        ]
        return found[:PAGE]

    def deliver(self) -> list[Sent]:
        """Let each message that is under way come to its end, and call back."""
        with self._lock:
            under_way = [each for each in self.sent if each.completed_at is None]
            for each in under_way:
                each.status = outcome(each.kind, each.to)
                each.completed_at = clock.now()
        for each in under_way:
            if each.kind != "letter":
                self._call(_receipt(each))
        return under_way

    def give_back(self, message: Sent) -> None:
        """Let a letter come back."""
        with self._lock:
            message.status = "returned-letter"
        self._call(_returned(message))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self.sent.clear()
            self.calls.clear()
            self._failing.clear()

    def _by_template(self, kind: str, body: dict[str, Any]) -> Sent:
        template = template_of(body, kind, self.templates)
        given = body.get("personalisation", {})
        subject, text = template.filled(given)
        return Sent(
            kind=kind,
            to=body["phone_number" if kind == "sms" else "email_address"],
            reference=body.get("reference"),
            template=template,
            personalisation=given,
            subject=subject,
            body=text,
            asked=body,
            status="sending",
            sent_at=clock.now(),
        )

    def _letter(self, body: dict[str, Any]) -> Sent:
        return Sent(
            kind="letter",
            to="Provided as PDF",
            reference=body["reference"],
            content=pdf_of(body),
            postage=body.get("postage", "second"),
            asked=body,
            status="pending-virus-check",
        )

    def _call(self, body: Mapping[str, Any]) -> None:
        if self.callback is None:
            return
        headers = {"Authorization": f"Bearer {self.callback.bearer}"}
        try:
            answer = httpx.post(
                self.callback.url, json=dict(body), headers=headers, timeout=_PATIENCE
            )
            status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL):
            status = 0
        with self._lock:
            self.calls.append(Call(body, status))


def written(moment: datetime | None) -> str | None:
    """Return a moment as the API writes it."""
    return f"{moment:%Y-%m-%dT%H:%M:%S.%fZ}" if moment else None


def _receipt(message: Sent) -> dict[str, Any]:
    template = message.template
    return {
        "id": message.id,
        "reference": message.reference,
        "to": message.to,
        "status": message.status,
        "created_at": written(message.created_at),
        "completed_at": written(message.completed_at),
        "sent_at": written(message.sent_at),
        "notification_type": message.kind,
        "template_id": template.id if template else None,
        "template_version": template.version if template else None,
    }


def _returned(message: Sent) -> dict[str, Any]:
    return {
        "notification_id": message.id,
        "reference": message.reference,
        "date_sent": written(message.created_at),
        "sent_by": None,
        "template_name": None,
        "template_id": None,
        "template_version": None,
        "spreadsheet_file_name": None,
        "spreadsheet_row_number": None,
        "upload_letter_file_name": None,
    }
