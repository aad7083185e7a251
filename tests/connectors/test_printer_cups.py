"""Printing on a real CUPS: on paper that is a port, and by CUPS-PDF."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from loket.connectors.printer import (
    DefinitiefMislukt,
    Ipp,
    JobState,
    TijdelijkMislukt,
    VerzendenMislukt,
    find,
    job_state,
    print_job,
)
from loket.connectors.printer.words import Status
from tests.connectors.real.cups import Cups, cups, letter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LETTER = letter("Geachte mevrouw De Wit")
KIND = "Besluit op aanvraag"
WITHIN = 30


@pytest.fixture(scope="module")
def server() -> Iterator[Cups]:
    with cups() as running:
        yield running


def ends(printer: Ipp, job_id: int | None) -> JobState:
    """Return how a job ends."""
    assert job_id is not None
    deadline = time.monotonic() + WITHIN
    while not (state := job_state(printer, job_id)).final and time.monotonic() < deadline:
        time.sleep(0.05)
    return state


def text_of(pdf: Path) -> str:
    """Return what stands on the pages."""
    said = subprocess.run(["/usr/bin/pdftotext", str(pdf), "-"], capture_output=True, check=True)  # noqa: S603 - CUPS needs it too
    return said.stdout.decode()


def test_the_printer_gets_the_letter_as_it_was_given(server: Cups) -> None:
    printer = Ipp(server.uri("ruw"))
    receipt = print_job(printer, LETTER, KIND, "kenmerk-1")
    assert (receipt.reference, receipt.code, receipt.answer) == ("kenmerk-1", 0, "successful-ok")
    assert server.paper.printed.get(timeout=WITHIN) == LETTER
    assert ends(printer, receipt.job_id) is JobState.COMPLETED
    assert find(printer, "kenmerk-1") == [receipt.job_id]


@pytest.mark.skipif(os.geteuid() != 0, reason="CUPS-PDF works for root only")
def test_cups_pdf_prints_under_the_reference(server: Cups) -> None:
    printer = Ipp(server.uri(server.pdf))
    receipt = print_job(printer, LETTER, KIND, "kenmerk-2")
    assert ends(printer, receipt.job_id) is JobState.COMPLETED
    [printed] = server.printed.glob("*kenmerk-2.pdf")
    assert "Geachte mevrouw De Wit" in text_of(printed)


def test_a_job_waits_for_a_stopped_printer_and_is_found_by_its_reference(server: Cups) -> None:
    printer = Ipp(server.uri("stil"))
    ids = [print_job(printer, LETTER, KIND, name).job_id for name in ("eerste", "tweede", "eerste")]
    assert job_state(printer, ids[0] or 0) is JobState.PENDING
    assert find(printer, "eerste") == [ids[0], ids[2]]
    assert find(printer, "derde") == []
    assert find(Ipp(server.uri("stil"), user="een-ander"), "eerste") == []


@pytest.mark.parametrize(
    ("queue", "code"),
    [
        ("dicht", Status.SERVER_ERROR_NOT_ACCEPTING_JOBS),
        ("nergens", Status.CLIENT_ERROR_NOT_FOUND),
        ("besloten", 401),
    ],
)
def test_a_queue_that_takes_no_letters_may_be_tried_again(
    server: Cups, queue: str, code: int
) -> None:
    with pytest.raises(TijdelijkMislukt) as caught:
        print_job(Ipp(server.uri(queue)), LETTER, KIND, "kenmerk-3")
    assert caught.value.code == code
    assert caught.value.answer


@pytest.mark.parametrize("size", [2 * 2**20, 20 * 2**20])
def test_a_letter_that_is_too_large_is_never_taken(server: Cups, size: int) -> None:
    with pytest.raises(DefinitiefMislukt) as caught:
        print_job(Ipp(server.uri("ruw")), LETTER + b"%" * size, KIND, "kenmerk-4")
    assert caught.value.code == 413


def test_a_job_that_is_not_there_never_will_be(server: Cups) -> None:
    with pytest.raises(DefinitiefMislukt) as caught:
        job_state(Ipp(server.uri("ruw")), 2**31 - 1)
    assert caught.value.code == Status.CLIENT_ERROR_NOT_FOUND


def test_a_server_that_speaks_no_tls_may_be_tried_again(server: Cups) -> None:
    secure = server.uri("ruw").replace("ipp://", "ipps://")
    with pytest.raises(VerzendenMislukt) as caught:
        print_job(Ipp(secure, timeout=5), LETTER, KIND, "kenmerk-5")
    assert isinstance(caught.value, TijdelijkMislukt)
