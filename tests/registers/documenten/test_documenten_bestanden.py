"""Files of documents: as base64 in, as a download out, scanned and checked on their way."""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from loket.ledger import dispatch
from loket.registers.documenten import opruimen
from tests.registers.documenten.documentwerk import EIO, INHOUD, base64_of, faults
from tests.registers.documenten.opslag import VIRUS

if TYPE_CHECKING:
    from tests.registers.documenten.documentwerk import Documentwerk

PDF = b"%PDF-1.7\n1 0 obj\n"
DOCX = b"PK\x03\x04\x14\x00\x06\x00"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00"
PROGRAMMA = b"MZ\x90\x00This program cannot be run in DOS mode"


@pytest.mark.rule("drc-oas")
def test_a_file_goes_in_as_base64_and_comes_out_as_it_was(werk: Documentwerk) -> None:
    made = werk.document(bytes(range(256)) * 40)
    assert made["inhoud"] == f"{made['url']}/download?versie=1"
    assert (made["versie"], made["bestandsomvang"], made["locked"]) == (1, 10240, False)
    assert (made["lock"], made["bestandsdelen"]) == ("", [])
    answer = werk.api.get(made["inhoud"])
    assert answer.content == bytes(range(256)) * 40
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Length"] == "10240"
    assert werk.wacht.scanned == 1
    [key] = werk.opslag.files
    assert key.startswith(made["uuid"] + "/")


def test_a_size_that_is_left_out_is_filled_in(werk: Documentwerk) -> None:
    body = werk.body()
    del body["bestandsomvang"]
    assert werk.api.post(EIO, json=body).json()["bestandsomvang"] == len(INHOUD)


@pytest.mark.rule("drc-oas")
def test_a_size_that_is_not_that_of_the_file_is_refused(werk: Documentwerk) -> None:
    assert faults(werk.post(bestandsomvang=3)) == {("nonFieldErrors", "file-size")}
    assert werk.opslag.files == {}


@pytest.mark.rule("drc-oas")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Y!==", "invalid-base64"),
        ("geen base64 é", "invalid-base64"),
        ("YQ=", "incorrect-base64-padding"),
        ("YQ", "incorrect-base64-padding"),
    ],
)
def test_what_is_no_base64_is_refused(werk: Documentwerk, text: str, code: str) -> None:
    assert faults(werk.post(None, inhoud=text)) == {("inhoud", code)}


@pytest.mark.rule("drc-oas")
def test_a_file_may_be_empty(werk: Documentwerk) -> None:
    made = werk.document(None, bestandsomvang=0)
    assert made["bestandsdelen"] == []
    answer = werk.api.get(made["inhoud"])
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_document_may_be_without_a_file(werk: Documentwerk) -> None:
    made = werk.document(None)
    assert (made["inhoud"], made["locked"]) == (None, False)
    assert werk.api.get(f"{made['url']}/download").status_code == 404


def test_an_infected_file_is_refused(werk: Documentwerk) -> None:
    answer = werk.post(b"voor " + VIRUS)
    assert (answer.status_code, answer.json()["code"]) == (400, "virus-gevonden")
    assert werk.opslag.files == {}


@pytest.mark.parametrize("neighbour", ["wacht", "opslag"])
def test_without_scanner_or_storage_nothing_is_taken(werk: Documentwerk, neighbour: str) -> None:
    getattr(werk, neighbour).down = True
    answer = werk.post()
    assert (answer.status_code, answer.json()["code"]) == (503, "niet-bereikbaar")
    assert werk.read(EIO)["count"] == 0


def test_a_refused_document_leaves_no_file(werk: Documentwerk) -> None:
    assert faults(werk.post(indicatieGebruiksrecht=True))
    assert werk.opslag.files == {}


@pytest.mark.parametrize(
    ("content", "formaat"),
    [
        (PNG, "application/pdf"),
        (PDF, "image/jpeg"),
        (PROGRAMMA, "application/pdf"),
        (PROGRAMMA, "text/plain"),
        (b"<!DOCTYPE html><script>", "application/pdf"),
        (DOCX, "image/png; charset=binary"),
    ],
)
def test_a_format_that_the_file_contradicts_is_refused(
    werk: Documentwerk, content: bytes, formaat: str
) -> None:
    assert faults(werk.post(content, formaat=formaat)) == {("formaat", "formaat-mismatch")}


@pytest.mark.parametrize(
    ("content", "formaat"),
    [
        (PDF, ""),
        (PDF, "pdf"),
        (PDF, "application/pdf;version=1.7"),
        (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (DOCX, "application/msword"),
        (DOCX, "application/octet-stream"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/vnd.openxmlformats-x"),
        (b"<html><table>", "application/vnd.ms-excel"),
        (b"<?xml version='1.0'?><a/>", "application/gml+xml"),
        (b"a;b;c\n", "text/csv; charset=utf-8"),
        (b"zomaar tekst", "application/pdf"),
        (PROGRAMMA, "application/x-onbekend"),
    ],
)
def test_what_clients_say_of_their_files_is_taken(
    werk: Documentwerk, content: bytes, formaat: str
) -> None:
    assert werk.document(content, formaat=formaat)["formaat"] == formaat


@pytest.mark.parametrize(
    ("algoritme", "waarde"),
    [
        ("sha_256", hashlib.sha256(INHOUD).hexdigest()),
        ("sha_512", hashlib.sha512(INHOUD).hexdigest().upper()),
        ("sha_1", hashlib.sha1(INHOUD).hexdigest()),  # noqa: S324 - as the standard has it
        ("md5", hashlib.md5(INHOUD).hexdigest()),  # noqa: S324 - as the standard has it
        ("sha_3", hashlib.sha3_256(INHOUD).hexdigest()),
        ("crc_32", f"{zlib.crc32(INHOUD):08x}"),
        ("fletcher_4", "dat kan niemand nagaan"),
    ],
)
def test_a_checksum_is_held_beside_the_file(
    werk: Documentwerk, algoritme: str, waarde: str
) -> None:
    integriteit = {"algoritme": algoritme, "waarde": waarde, "datum": "2026-01-05"}
    made = werk.document(integriteit=integriteit)
    assert made["integriteit"] == integriteit
    if algoritme != "fletcher_4":
        integriteit["waarde"] = "0" * len(waarde)
        refused = werk.post(integriteit=integriteit)
        assert faults(refused) == {("integriteit.waarde", "checksum-mismatch")}


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=0-3", 206, b"Geac"),
        ("bytes=5-", 206, INHOUD[5:]),
        ("bytes=-4", 206, INHOUD[-4:]),
        ("bytes=2-999", 206, INHOUD[2:]),
        ("bytes=5-2", 200, INHOUD),
        ("bytes=0-1,3-4", 200, INHOUD),
        ("regels=1-2", 200, INHOUD),
        ("bytes=999-", 416, b""),
    ],
)
def test_a_part_of_a_file_can_be_had(
    werk: Documentwerk, asked: str, status: int, content: bytes
) -> None:
    made = werk.document()
    answer = werk.api.get(made["inhoud"], headers={"Range": asked})
    assert (answer.status_code, answer.content) == (status, content)
    if status == 206:
        told = answer.headers["Content-Range"]
        assert told.startswith("bytes ")
        assert told.endswith(f"/{len(INHOUD)}")
    if status == 416:
        assert answer.headers["Content-Range"] == f"bytes */{len(INHOUD)}"


def test_a_range_of_another_version_is_the_whole(werk: Documentwerk) -> None:
    made = werk.document()
    tag = werk.api.head(made["inhoud"]).headers["ETag"]
    asked = {"Range": "bytes=0-3", "If-Range": tag}
    assert werk.api.get(made["inhoud"], headers=asked).status_code == 206
    asked["If-Range"] = '"iets anders"'
    assert werk.api.get(made["inhoud"], headers=asked).status_code == 200
    known = werk.api.get(made["inhoud"], headers={"If-None-Match": tag})
    assert (known.status_code, known.content) == (304, b"")


def test_head_tells_of_a_file_without_reading_it(werk: Documentwerk) -> None:
    made = werk.document()
    werk.opslag.down = True
    answer = werk.api.head(made["inhoud"])
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(INHOUD))
    assert answer.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a"b\r\nSet-Cookie: x=1', "a_b__Set-Cookie_ x=1"),
        ("C:\\brief.docx", "C__brief.docx"),
        ("café.pdf", "café.pdf"),
        ("rapport\u202efdp.exe", "rapportfdp.exe"),
        ("", "Een brief"),
    ],
)
def test_a_name_cannot_leave_its_folder(werk: Documentwerk, name: str, safe: str) -> None:
    made = werk.document(bestandsnaam=name)
    told = werk.api.get(made["inhoud"]).headers["Content-Disposition"]
    assert told.startswith("attachment; ")
    assert told.endswith(f"filename*=UTF-8''{quote(safe, safe='')}")


def test_what_is_missing_from_the_storage_is_told(werk: Documentwerk) -> None:
    made = werk.document()
    werk.opslag.files.clear()
    assert werk.api.get(made["inhoud"]).status_code == 404


@pytest.mark.rule("drc-008")
def test_files_go_after_the_document(werk: Documentwerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "subscribers", {})
    opruimen.subscribe_to_removals()
    made, other = werk.document(), werk.document()
    werk.change(made, inhoud=base64_of(b"nieuw"), bestandsomvang=5)
    assert len(werk.opslag.files) == 3
    assert werk.api.delete(made["url"]).status_code == 204
    assert len(werk.opslag.files) == 3
    dispatch.route()
    while dispatch.deliver_one():
        pass
    assert [key.split("/")[0] for key in werk.opslag.files] == [other["uuid"]]


def test_escapes_of_json_may_stand_in_base64(werk: Documentwerk) -> None:
    content = bytes(range(256))
    body = werk.api_text(werk.body(content))
    text = body.replace("/", "\\/").replace("+", "\\u002B").replace("=", "\\u003d")
    answer = werk.api.post(EIO, content=text, headers={"Content-Type": "application/json"})
    assert answer.status_code == 201, answer.text
    assert werk.api.get(answer.json()["inhoud"]).content == content
