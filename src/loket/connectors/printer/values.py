"""Where letters go to be printed, what comes back, and how it fails."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from loket.kernel.addresses import is_loopback

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_NAME: Final = 255
"""Octets of a name in IPP."""
PORT: Final = 631

_PDF = b"%PDF-"
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class VerzendenMislukt(Exception):
    """Printing or asking failed; `code` and `answer` are the queue's, if it said anything.

    A code below 0x0400 is of HTTP or, with a directory, of the operating system.
    """

    def __init__(self, answer: str, code: int | None = None) -> None:
        super().__init__(f"{code} {answer}" if code else answer)
        self.code = code
        self.answer = answer


class TijdelijkMislukt(VerzendenMislukt):
    """It may succeed later: the queue is away or busy, or its settings are wrong here."""


class DefinitiefMislukt(VerzendenMislukt):
    """This letter will never be accepted: the PDF or the reference is at fault."""


class JobState(IntEnum):
    """How far a job is, by the numbers of the standard."""

    UNKNOWN = 0
    """A number that this release does not know."""
    PENDING = 3
    HELD = 4
    """It waits until somebody lets it go on."""
    PROCESSING = 5
    STOPPED = 6
    """It waits for the printer, which has no paper or is turned off."""
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9

    @property
    def failed(self) -> bool:
        """Tell whether it is not printed, and will not be by itself."""
        return self in {JobState.CANCELED, JobState.ABORTED}

    @property
    def final(self) -> bool:
        """Tell whether no more news is to be expected."""
        return self.failed or self is JobState.COMPLETED


@dataclass(frozen=True, slots=True)
class Ipp:
    """A print queue, such as `ipps://print.gemeente.nl/printers/brieven`."""

    uri: str
    user: str = "loket"
    """In whose name is printed; it logs in if there is a password."""
    timeout: float = 30.0
    """Seconds to wait for a connection, for an answer to begin, and for its end."""
    password: str | None = field(default=None, repr=False)
    trusted: Path | None = None
    """Certificates in PEM that are trusted instead of the world's: many queues sign their own."""

    def __post_init__(self) -> None:
        """Refuse an address that anybody on the way could read letters from."""
        parts = urlsplit(self.uri)
        host = parts.hostname or ""
        plain = parts.scheme == "ipp" and is_loopback(host)
        if parts.port == 0 or "@" in parts.netloc or parts.query or parts.fragment:
            raise ValueError("The address of the print queue holds more than host, port and path.")
        if not host or not (parts.scheme == "ipps" or plain):
            raise ValueError(f"The address {self.uri!r} of the print queue is not an ipps address.")
        if is_no_name(self.user):
            raise ValueError("The user of the print queue is not a name.")

    @property
    def url(self) -> str:
        """The same place as HTTP names it."""
        parts = urlsplit(self.uri)
        port = "" if parts.port else f":{PORT}"
        scheme = "https" if parts.scheme == "ipps" else "http"
        return f"{scheme}://{parts.netloc.rstrip(':')}{port}{parts.path or '/'}"


@dataclass(frozen=True, slots=True)
class FileDrop:
    """A directory that a print service collects letters from, and that is there already."""

    directory: Path


@dataclass(frozen=True, slots=True)
class Receipt:
    """The queue, or the directory, has the letter; `code` and `answer` are its proof."""

    reference: str
    code: int
    answer: str
    job_id: int | None = None
    """By which the queue knows the job; a directory knows none."""


def is_no_name(name: str) -> bool:
    """Tell whether a name is not one line of text, or too long for IPP."""
    return not name or bool(_CONTROL.search(name)) or len(name.encode()) > LONGEST_NAME


def check_letter(pdf: bytes, reference: str) -> None:
    """See that it is a PDF, by a reference that can be the name of a file; DefinitiefMislukt."""
    if not pdf.startswith(_PDF):
        raise DefinitiefMislukt("The letter is not a PDF.")
    if not _REFERENCE.fullmatch(reference):
        raise DefinitiefMislukt("The reference is not of letters, digits, dots and dashes.")
