"""The operations of a print queue, RFC 8011, as far as a client that prints letters needs them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from loket.connectors.printer.encoding import (
    VERSION,
    Garbled,
    Group,
    Message,
    Value,
    decode,
    encode,
)
from loket.connectors.printer.words import Operation, Status, Tag
from loket.simulators.printer.jobs import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loket.connectors.printer.encoding import Attributes
    from loket.simulators.printer.jobs import Job, Queue

PDF: Final = "application/pdf"
LONGEST_NAME: Final = 255
FIRST: Final = ["attributes-charset", "attributes-natural-language"]
"""What every request begins with."""

_IDLE, _STOPPED = 3, 5
_MAJORS = {1, 2}
_ALWAYS: Attributes = {
    "charset-configured": [Value(Tag.CHARSET, "utf-8")],
    "charset-supported": [Value(Tag.CHARSET, "utf-8"), Value(Tag.CHARSET, "us-ascii")],
    "natural-language-configured": [Value(Tag.LANGUAGE, "en")],
    "generated-natural-language-supported": [Value(Tag.LANGUAGE, "en")],
    "ipp-versions-supported": [Value(Tag.KEYWORD, "1.1"), Value(Tag.KEYWORD, "2.0")],
    "document-format-default": [Value(Tag.MIME, PDF)],
    "document-format-supported": [Value(Tag.MIME, PDF)],
    "compression-supported": [Value(Tag.KEYWORD, "none")],
    "pdl-override-supported": [Value(Tag.KEYWORD, "not-attempted")],
    "uri-authentication-supported": [Value(Tag.KEYWORD, "requesting-user-name")],
    "uri-security-supported": [Value(Tag.KEYWORD, "none")],
}
"""What a printer must tell of itself, and what is the same of all of these."""


class Answerer:
    """Answers for a queue at an address."""

    def __init__(self, queue: Queue, uri: str) -> None:
        self.queue = queue
        self.uri = uri
        self._does: dict[int, Callable[[Message], list[Group]]] = {
            Operation.PRINT_JOB: self._print_job,
            Operation.GET_JOB_ATTRIBUTES: self._job,
            Operation.GET_JOBS: self._jobs,
            Operation.GET_PRINTER_ATTRIBUTES: self._printer,
        }

    def answer(self, octets: bytes) -> tuple[bytes, bool]:
        """Do what a request asks and return the answer, and whether it is to be lost."""
        lost, request = False, Message(0, [])
        try:
            request = _read(octets)
            lost = self.queue.let_down()
            _check(request, self.queue.name)
            does = self._does.get(request.code, _nothing)
            answered = _answered(request, Status.SUCCESSFUL_OK, does(request))
        except Refused as refused:
            answered = _answered(request, refused.status, [], refused.message)
        return encode(answered), lost

    def _print_job(self, request: Message) -> list[Group]:
        asked = request.group(Tag.OPERATION)
        if asked.text("document-format") not in {None, PDF}:
            raise Refused(Status.CLIENT_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED)
        if not request.document.startswith(b"%PDF-"):
            raise Refused(Status.CLIENT_ERROR_DOCUMENT_FORMAT_ERROR, "This is no PDF.")
        given = [asked.text(name) or "" for name in ("job-name", "document-name")]
        if any(len(name.encode()) > LONGEST_NAME for name in given):
            raise Refused(Status.CLIENT_ERROR_REQUEST_VALUE_TOO_LONG)
        name, document_name = given
        job = self.queue.take(name or "Untitled", _user(asked), document_name, request.document)
        return [Group(Tag.JOB, self._told(job))]

    def _job(self, request: Message) -> list[Group]:
        asked = request.group(Tag.OPERATION)
        told = self._told(self.queue.find(asked.number("job-id")))
        return [Group(Tag.JOB, _wanted(told, asked, list(told)))]

    def _jobs(self, request: Message) -> list[Group]:
        asked = request.group(Tag.OPERATION)
        completed = asked.text("which-jobs") == "completed"
        mine = _user(asked) if asked.number("my-jobs") else None
        return [
            Group(Tag.JOB, _wanted(self._told(job), asked, ["job-id", "job-uri"]))
            for job in list(self.queue.jobs)
            if job.state.final == completed and mine in {None, job.user}
        ]

    def _printer(self, request: Message) -> list[Group]:
        waiting = sum(not job.state.final for job in list(self.queue.jobs))
        accepting = self.queue.accepting
        told: Attributes = {
            "printer-uri-supported": [Value(Tag.URI, self.uri)],
            "printer-name": [Value(Tag.NAME, self.queue.name)],
            "printer-state": [Value(Tag.ENUM, _IDLE if accepting else _STOPPED)],
            "printer-state-reasons": [Value(Tag.KEYWORD, "none" if accepting else "paused")],
            "printer-is-accepting-jobs": [Value(Tag.BOOLEAN, accepting)],
            "queued-job-count": [Value(Tag.INTEGER, waiting)],
            "printer-up-time": [Value(Tag.INTEGER, int(time.monotonic()) + 1)],
            "operations-supported": [Value(Tag.ENUM, operation) for operation in self._does],
            **_ALWAYS,
        }
        return [Group(Tag.PRINTER, _wanted(told, request.group(Tag.OPERATION), list(told)))]

    def _told(self, job: Job) -> Attributes:
        return {
            "job-uri": [Value(Tag.URI, f"{self.uri}/{job.id}")],
            "job-id": [Value(Tag.INTEGER, job.id)],
            "job-printer-uri": [Value(Tag.URI, self.uri)],
            "job-state": [Value(Tag.ENUM, job.state)],
            "job-state-reasons": [Value(Tag.KEYWORD, "none")],
            "job-name": [Value(Tag.NAME, job.name)],
            "job-originating-user-name": [Value(Tag.NAME, job.user)],
        }


def _nothing(_request: Message) -> list[Group]:
    raise Refused(Status.SERVER_ERROR_OPERATION_NOT_SUPPORTED)


def _read(octets: bytes) -> Message:
    try:
        return decode(octets)
    except Garbled as problem:
        raise Refused(Status.CLIENT_ERROR_BAD_REQUEST, str(problem)) from problem


def _check(request: Message, name: str) -> None:
    """See that a request is one, and for this queue."""
    if request.version[0] not in _MAJORS:
        raise Refused(Status.SERVER_ERROR_VERSION_NOT_SUPPORTED)
    asked = request.group(Tag.OPERATION)
    if list(asked.attributes)[:2] != FIRST or request.request_id < 1:
        raise Refused(Status.CLIENT_ERROR_BAD_REQUEST, f"It does not begin with {FIRST}.")
    if asked.text(FIRST[0]) not in {"utf-8", "us-ascii"}:
        raise Refused(Status.CLIENT_ERROR_CHARSET_NOT_SUPPORTED)
    uri = asked.text("printer-uri")
    if uri is None:
        raise Refused(Status.CLIENT_ERROR_BAD_REQUEST, "It names no printer.")
    if urlsplit(uri).path != f"/printers/{name}":
        raise Refused(Status.CLIENT_ERROR_NOT_FOUND, "The printer or class does not exist.")


def _user(asked: Group) -> str:
    return asked.text("requesting-user-name") or "anonymous"


def _wanted(told: Attributes, asked: Group, otherwise: list[str]) -> Attributes:
    """Return what was asked for, or what is told when nothing was."""
    names = list(_texts(asked.attributes.get("requested-attributes", []))) or otherwise
    if {"all", "job-description", "printer-description"} & set(names):
        return told
    return {name: values for name, values in told.items() if name in names}


def _texts(values: list[Value]) -> Iterator[str]:
    return (content for _, content in values if isinstance(content, str))


def _answered(request: Message, status: Status, groups: list[Group], said: str = "") -> Message:
    """Make an answer, in the version of the request if that is one we know."""
    told: Attributes = {
        FIRST[0]: [Value(Tag.CHARSET, "utf-8")],
        FIRST[1]: [Value(Tag.LANGUAGE, "en")],
    }
    if said:
        told["status-message"] = [Value(Tag.TEXT, said)]
    version = request.version if request.version[0] in _MAJORS else VERSION
    groups = [Group(Tag.OPERATION, told), *groups]
    return Message(status, groups, request_id=request.request_id, version=version)
