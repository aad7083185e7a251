"""Hand a letter to a print queue, and ask what became of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from loket.connectors.printer.asking import ask, said, unreadable
from loket.connectors.printer.encoding import Value
from loket.connectors.printer.values import (
    DefinitiefMislukt,
    JobState,
    Receipt,
    TijdelijkMislukt,
    check_letter,
    is_no_name,
)
from loket.connectors.printer.words import Operation, Status, Tag

if TYPE_CHECKING:
    from loket.connectors.printer.encoding import Attributes
    from loket.connectors.printer.values import Ipp

PDF: Final = "application/pdf"
_FORGOTTEN: Final = (Status.CLIENT_ERROR_NOT_FOUND, Status.CLIENT_ERROR_GONE)


def print_job(printer: Ipp, pdf: bytes, name: str, reference: str) -> Receipt:
    """Print a letter and return the receipt, or raise VerzendenMislukt.

    The reference becomes the name of the job, which any user of a queue may see; `name` is that
    of the document: the kind of letter. Neither says anything about a person.
    """
    check_letter(pdf, reference)
    if is_no_name(name):
        raise DefinitiefMislukt("The name is not a short line of text.")
    asked: Attributes = {
        "job-name": [Value(Tag.NAME, reference)],
        "document-name": [Value(Tag.NAME, name)],
        "document-format": [Value(Tag.MIME, PDF)],
    }
    answer = ask(printer, Operation.PRINT_JOB, asked, pdf)
    job_id = answer.group(Tag.JOB).number("job-id")
    if job_id is None:
        raise unreadable(HTTPStatus.OK)
    return Receipt(reference, answer.code, said(answer), job_id)


def job_state(printer: Ipp, job_id: int) -> JobState:
    """Return how far a job is; DefinitiefMislukt when the queue forgot it."""
    asked: Attributes = {
        "job-id": [Value(Tag.INTEGER, job_id)],
        "requested-attributes": [Value(Tag.KEYWORD, "job-state")],
    }
    try:
        answer = ask(printer, Operation.GET_JOB_ATTRIBUTES, asked)
    except TijdelijkMislukt as refusal:
        if refusal.code in _FORGOTTEN:
            raise DefinitiefMislukt(refusal.answer, refusal.code) from None
        raise
    number = answer.group(Tag.JOB).number("job-state")
    if number is None:
        raise unreadable(HTTPStatus.OK)
    try:
        return JobState(number)
    except ValueError:
        return JobState.UNKNOWN


def find(printer: Ipp, reference: str) -> list[int]:
    """Return the jobs of a reference that the queue remembers, so that none is printed twice."""
    found: list[int] = []
    for which in ("not-completed", "completed"):
        asked: Attributes = {
            "which-jobs": [Value(Tag.KEYWORD, which)],
            "my-jobs": [Value(Tag.BOOLEAN, content=True)],
            "requested-attributes": [Value(Tag.KEYWORD, "job-id"), Value(Tag.KEYWORD, "job-name")],
        }
        answer = ask(printer, Operation.GET_JOBS, asked)
        ids = [
            job.number("job-id") for job in answer.all(Tag.JOB) if job.text("job-name") == reference
        ]
        found += [each for each in ids if each is not None]
    return sorted(set(found))
