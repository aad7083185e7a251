"""Printing letters: the stand-in, a queue that answers whatever a test wants, and a directory."""

from __future__ import annotations

import threading
import traceback
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from loket.connectors.printer import (
    DefinitiefMislukt,
    Ipp,
    JobState,
    Receipt,
    TijdelijkMislukt,
    VerzendenMislukt,
    asking,
    find,
    job_state,
    print_job,
)
from loket.connectors.printer.encoding import Group, Message, Value, encode
from loket.connectors.printer.words import Status, Tag
from loket.simulators.printer.jobs import LOST_REPLY
from loket.simulators.printer.server import Served, serving

if TYPE_CHECKING:
    import ssl
    from collections.abc import Generator, Iterator

PDF = b"%PDF-1.7\n% brief"
KIND = "Besluit op aanvraag"
NOWHERE = Ipp("ipp://127.0.0.1:1/printers/brieven", timeout=5)


@pytest.fixture
def served() -> Iterator[Served]:
    with serving() as queue:
        yield queue


@pytest.fixture
def printer(served: Served) -> Ipp:
    return Ipp(served.uri, timeout=5)


@contextmanager
def answering(
    body: bytes, code: int = 200, tls: ssl.SSLContext | None = None
) -> Generator[tuple[Ipp, list[Any]]]:
    """Serve one answer to everything, and keep the headers of the requests."""
    asked: list[Any] = []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.headers)
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is called there
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        scheme = "ipps" if tls else "ipp"
        try:
            yield Ipp(f"{scheme}://127.0.0.1:{server.server_port}/ipp/print", timeout=5), asked
        finally:
            server.shutdown()
            thread.join()


def answer(code: int = 0, said: str | None = None, **job: Value) -> bytes:
    told = {} if said is None else {"status-message": [Value(Tag.TEXT, said)]}
    of_job = {name.replace("_", "-"): [value] for name, value in job.items()}
    return encode(Message(code, [Group(Tag.OPERATION, told), Group(Tag.JOB, of_job)]))


def test_a_letter_is_printed_under_its_reference(served: Served, printer: Ipp) -> None:
    receipt = print_job(printer, PDF, KIND, "019af3-1.b_2")
    [job] = served.queue.jobs
    assert receipt == Receipt("019af3-1.b_2", 0, "successful-ok", job.id)
    assert (job.name, job.document_name, job.user) == ("019af3-1.b_2", KIND, "loket")
    assert job.content == PDF
    assert job_state(printer, job.id) is JobState.PENDING
    served.queue.come_to(JobState.COMPLETED)
    assert job_state(printer, job.id) is JobState.COMPLETED


def test_a_lost_reply_may_be_tried_again_but_the_job_is_found(served: Served, printer: Ipp) -> None:
    served.queue.fail(LOST_REPLY)
    with pytest.raises(TijdelijkMislukt) as caught:
        print_job(printer, PDF, KIND, "kenmerk-1")
    assert caught.value.code is None
    [job] = served.queue.jobs
    assert find(printer, "kenmerk-1") == [job.id]
    served.queue.come_to(JobState.COMPLETED)
    assert find(printer, "kenmerk-1") == [job.id]
    assert find(printer, "kenmerk-2") == []


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (Status.SERVER_ERROR_BUSY, TijdelijkMislukt),
        (Status.SERVER_ERROR_NOT_ACCEPTING_JOBS, TijdelijkMislukt),
        (Status.SERVER_ERROR_PRINTER_IS_DEACTIVATED, TijdelijkMislukt),
        (Status.SERVER_ERROR_VERSION_NOT_SUPPORTED, TijdelijkMislukt),
        (Status.CLIENT_ERROR_FORBIDDEN, TijdelijkMislukt),
        (Status.CLIENT_ERROR_NOT_AUTHENTICATED, TijdelijkMislukt),
        (Status.CLIENT_ERROR_NOT_AUTHORIZED, TijdelijkMislukt),
        (Status.CLIENT_ERROR_NOT_POSSIBLE, TijdelijkMislukt),
        (Status.CLIENT_ERROR_NOT_FOUND, TijdelijkMislukt),
        (Status.CLIENT_ERROR_ACCOUNT_LIMIT_REACHED, TijdelijkMislukt),
        (Status.CLIENT_ERROR_BAD_REQUEST, DefinitiefMislukt),
        (Status.CLIENT_ERROR_REQUEST_ENTITY_TOO_LARGE, DefinitiefMislukt),
        (Status.CLIENT_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED, DefinitiefMislukt),
        (Status.CLIENT_ERROR_DOCUMENT_FORMAT_ERROR, DefinitiefMislukt),
    ],
)
def test_a_refusal_carries_the_answer_of_the_queue(
    served: Served, printer: Ipp, status: Status, failure: type[VerzendenMislukt]
) -> None:
    served.queue.fail(status)
    with pytest.raises(failure) as caught:
        print_job(printer, PDF, KIND, "kenmerk-1")
    assert type(caught.value) is failure
    assert caught.value.code == status
    assert caught.value.answer == status.name.lower().replace("_", "-")
    assert served.queue.jobs == []
    assert print_job(printer, PDF, KIND, "kenmerk-1").job_id == 1


@pytest.mark.parametrize("status", [Status.CLIENT_ERROR_NOT_FOUND, Status.CLIENT_ERROR_GONE])
def test_a_job_that_the_queue_forgot_is_not_asked_for_again(
    served: Served, printer: Ipp, status: Status
) -> None:
    served.queue.fail(status)
    with pytest.raises(DefinitiefMislukt) as caught:
        job_state(printer, 1)
    assert caught.value.code == status


def test_a_busy_queue_may_be_asked_for_a_job_again(served: Served, printer: Ipp) -> None:
    served.queue.fail(Status.SERVER_ERROR_BUSY)
    with pytest.raises(TijdelijkMislukt):
        job_state(printer, 1)


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (401, TijdelijkMislukt),
        (403, TijdelijkMislukt),
        (404, TijdelijkMislukt),
        (413, DefinitiefMislukt),
        (426, TijdelijkMislukt),
        (302, TijdelijkMislukt),
        (503, TijdelijkMislukt),
    ],
)
def test_http_may_turn_a_letter_away(code: int, failure: type[VerzendenMislukt]) -> None:
    with answering(b"", code) as (printer, _), pytest.raises(failure) as caught:
        print_job(printer, PDF, KIND, "kenmerk-1")
    assert type(caught.value) is failure
    assert caught.value.code == code


@pytest.mark.parametrize(
    "body",
    [b"", b"<html></html>", answer()[:-1], answer(), answer(job_id=Value(Tag.NAME, "1"))],
)
def test_an_answer_that_is_none_may_be_tried_again(body: bytes) -> None:
    with answering(body) as (printer, _), pytest.raises(TijdelijkMislukt) as caught:
        print_job(printer, PDF, KIND, "kenmerk-1")
    assert caught.value.code == 200


def test_an_endless_answer_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LARGEST", 1000)
    with answering(b"x" * 1001) as (printer, _), pytest.raises(TijdelijkMislukt):
        job_state(printer, 1)


def test_what_a_queue_says_is_kept_in_part() -> None:
    told = answer(1, "substituted " * 1000, job_id=Value(Tag.INTEGER, 7))
    with answering(told) as (printer, _):
        receipt = print_job(printer, PDF, KIND, "kenmerk-1")
    assert (receipt.code, receipt.job_id, len(receipt.answer)) == (1, 7, asking.LONGEST)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (Value(Tag.ENUM, 6), JobState.STOPPED),
        (Value(Tag.ENUM, 8), JobState.ABORTED),
        (Value(Tag.ENUM, 99), JobState.UNKNOWN),
    ],
)
def test_a_state_is_read_also_when_it_is_new(told: Value, state: JobState) -> None:
    with answering(answer(job_state=told)) as (printer, _):
        assert job_state(printer, 1) is state


def test_a_job_without_a_state_may_be_asked_for_again() -> None:
    with answering(answer()) as (printer, _), pytest.raises(TijdelijkMislukt):
        job_state(printer, 1)


def test_a_queue_that_is_away_may_be_tried_again_and_nothing_leaks() -> None:
    with pytest.raises(TijdelijkMislukt) as caught:
        print_job(NOWHERE, PDF, KIND, "kenmerk-1")
    told = "".join(traceback.format_exception(caught.value))
    assert caught.value.code is None
    assert "ConnectError" in caught.value.answer
    assert "httpx" not in told.partition("TijdelijkMislukt")[2]


@pytest.mark.parametrize(
    ("pdf", "name", "reference"),
    [
        (b"<html>", KIND, "kenmerk-1"),
        (b"", KIND, "kenmerk-1"),
        (PDF, "", "kenmerk-1"),
        (PDF, "x" * 256, "kenmerk-1"),
        (PDF, "twee\nregels", "kenmerk-1"),
        (PDF, "\ud800", "kenmerk-1"),
        (PDF, KIND, ""),
        (PDF, KIND, "Fenna de Wit"),
        (PDF, KIND, "../kenmerk"),
        (PDF, KIND, ".kenmerk"),
        (PDF, KIND, "kenmerk\n"),
        (PDF, KIND, "k" * 201),
    ],
)
def test_what_is_no_letter_is_refused_before_anything_is_sent(
    pdf: bytes, name: str, reference: str
) -> None:
    with pytest.raises(DefinitiefMislukt):
        print_job(NOWHERE, pdf, name, reference)
