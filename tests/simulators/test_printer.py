"""The stand-in for a print queue, held to RFC 8011 by a client that nobody here wrote."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import httpx
import pytest

from loket.connectors.printer import Ipp, JobState, job_state, print_job
from loket.connectors.printer.encoding import Attributes, Group, Message, Value, decode, encode
from loket.connectors.printer.words import Operation, Status, Tag
from loket.simulators.printer.server import Served, serving
from loket.simulators.running import running
from loket.site.process_table import within

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IPPTOOL = "/usr/bin/ipptool"
PDF = b"%PDF-1.7\n% brief"
IPP = {"Content-Type": "application/ipp"}


@pytest.fixture
def served() -> Iterator[Served]:
    with serving() as queue:
        yield queue


def beginning(served: Served) -> Attributes:
    """Return what every request begins with."""
    return {
        "attributes-charset": [Value(Tag.CHARSET, "utf-8")],
        "attributes-natural-language": [Value(Tag.LANGUAGE, "nl")],
        "printer-uri": [Value(Tag.URI, served.uri)],
    }


def post(served: Served, octets: bytes) -> Message:
    url = served.uri.replace("ipp://", "http://")
    response = httpx.post(url, content=octets, headers=IPP)
    assert response.headers["Content-Type"] == "application/ipp"
    return decode(response.raise_for_status().content)


def ask(
    served: Served, operation: int, asked: Attributes, document: bytes = b"", major: int = 1
) -> Message:
    message = Message(operation, [Group(Tag.OPERATION, asked)], document, 42, (major, 1))
    return post(served, encode(message))


@pytest.mark.parametrize("version", ["1.1", "2.0"])
@pytest.mark.parametrize(
    "conversation", ["print-job.test", "get-jobs.test", "get-completed-jobs.test"]
)
def test_ipptool_of_cups_is_content(
    served: Served, tmp_path: Path, conversation: str, version: str
) -> None:
    letter = tmp_path / "brief.pdf"
    letter.write_bytes(PDF)
    print_job(Ipp(served.uri), PDF, "Besluit", "kenmerk-1")
    said = subprocess.run(  # noqa: S603 - Debian's ipptool
        [IPPTOOL, "-tV", version, "-f", str(letter), served.uri, conversation],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout + said.stderr
    assert "[PASS]" in said.stdout


def test_a_printer_tells_of_itself(served: Served) -> None:
    told = ask(served, Operation.GET_PRINTER_ATTRIBUTES, beginning(served))
    printer = told.group(Tag.PRINTER)
    assert (told.code, told.request_id, told.version) == (0, 42, (1, 1))
    assert printer.text("printer-name") == "brieven"
    assert printer.text("printer-uri-supported") == served.uri
    assert printer.text("document-format-supported") == "application/pdf"
    assert printer.number("printer-is-accepting-jobs") == 1
    assert printer.number("queued-job-count") == 0


def test_only_what_is_asked_for_is_told(served: Served) -> None:
    wanted: Attributes = {"requested-attributes": [Value(Tag.KEYWORD, "printer-state")]}
    told = ask(served, Operation.GET_PRINTER_ATTRIBUTES, beginning(served) | wanted)
    assert told.group(Tag.PRINTER).attributes == {"printer-state": [Value(Tag.ENUM, 3)]}


@pytest.mark.parametrize(
    ("change", "document", "status"),
    [
        ({"document-format": [Value(Tag.MIME, "text/plain")]}, PDF, 0x040A),
        ({}, b"tekst", 0x0411),
        ({"job-name": [Value(Tag.NAME, "n" * 256)]}, PDF, 0x0409),
        ({"printer-uri": [Value(Tag.URI, "ipp://127.0.0.1/printers/ander")]}, PDF, 0x0406),
        ({"attributes-charset": [Value(Tag.CHARSET, "utf-16")]}, PDF, 0x040D),
    ],
)
def test_what_cannot_be_printed_is_refused(
    served: Served, change: Attributes, document: bytes, status: int
) -> None:
    told = ask(served, Operation.PRINT_JOB, beginning(served) | change, document)
    assert told.code == status
    assert told.group(Tag.OPERATION).text("status-message")
    assert served.queue.jobs == []


@pytest.mark.parametrize("missing", ["attributes-charset", "printer-uri"])
def test_a_request_must_begin_as_the_standard_asks(served: Served, missing: str) -> None:
    asked = beginning(served)
    del asked[missing]
    assert ask(served, Operation.PRINT_JOB, asked, PDF).code == Status.CLIENT_ERROR_BAD_REQUEST


def test_what_is_not_known_is_refused(served: Served) -> None:
    asked = beginning(served)
    told = [
        ask(served, 0x0008, asked),
        ask(served, Operation.PRINT_JOB, asked, PDF, major=3),
        post(served, b"tekst"),
    ]
    assert [each.code for each in told] == [
        Status.SERVER_ERROR_OPERATION_NOT_SUPPORTED,
        Status.SERVER_ERROR_VERSION_NOT_SUPPORTED,
        Status.CLIENT_ERROR_BAD_REQUEST,
    ]
    plain = httpx.post(served.uri.replace("ipp://", "http://"), content=b"")
    assert plain.status_code == 400


def test_a_job_without_names_is_taken(served: Served) -> None:
    told = ask(served, Operation.PRINT_JOB, beginning(served), PDF)
    [job] = served.queue.jobs
    assert told.group(Tag.JOB).number("job-id") == job.id
    assert (job.name, job.user) == ("Untitled", "anonymous")


def test_it_fails_as_often_as_is_asked(served: Served) -> None:
    asked = beginning(served)
    busy = {"status": "server-error-busy", "times": 2}
    assert httpx.put(f"{served.url}/api/failure", json=busy).status_code == 204
    codes = [ask(served, Operation.PRINT_JOB, asked, PDF).code for _ in range(3)]
    assert codes == [Status.SERVER_ERROR_BUSY, Status.SERVER_ERROR_BUSY, Status.SUCCESSFUL_OK]


def test_it_may_refuse_for_ever_and_be_set_right(served: Served) -> None:
    closed = {"status": "server-error-not-accepting-jobs", "times": None}
    httpx.put(f"{served.url}/api/failure", json=closed).raise_for_status()
    codes = {ask(served, Operation.PRINT_JOB, beginning(served), PDF).code for _ in range(3)}
    assert codes == {Status.SERVER_ERROR_NOT_ACCEPTING_JOBS}
    assert not served.queue.accepting
    assert httpx.delete(f"{served.url}/api/jobs").status_code == 204
    assert served.queue.accepting
    assert ask(served, Operation.PRINT_JOB, beginning(served), PDF).code == 0


@pytest.mark.parametrize(
    "told", [None, [], {}, {"status": "druk"}, {"status": "lost-reply", "times": "x"}]
)
def test_a_failure_that_is_none_is_refused(served: Served, told: object) -> None:
    assert httpx.put(f"{served.url}/api/failure", json=told).status_code == 400


def is_printed(printer: Ipp, job: int) -> bool:
    """Wait for a job, which is printed once its sender has the answer."""
    return within(5, lambda: job_state(printer, job) is JobState.COMPLETED)


def test_as_a_process_it_prints_at_once_and_keeps_the_letters(tmp_path: Path) -> None:
    kept = tmp_path / "brieven"
    for number in (1, 2):
        with running("printer", "--port=0", f"--directory={kept}") as simulator:
            printer = Ipp(simulator.said["uri"])
            receipt = print_job(printer, PDF, "Besluit", f"kenmerk-{number}")
            assert receipt.job_id == number
            assert is_printed(printer, number)
            url = f"{simulator.said['url']}/api/jobs"
            [job] = httpx.get(url).json()
            assert (job["name"], job["state"]) == (f"kenmerk-{number}", "completed")
            assert httpx.get(f"{url}/{number}.pdf").content == PDF
            assert httpx.get(f"{url}/99.pdf").status_code == 404
    assert {path.name for path in kept.iterdir()} == {"job-00001.pdf", "job-00002.pdf"}
    assert (kept / "job-00002.pdf").read_bytes() == PDF
