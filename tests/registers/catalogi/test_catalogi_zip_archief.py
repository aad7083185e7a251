"""A ZIP that means harm, or is broken, gets one clear sentence."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from loket.registers.catalogi.uitwisselen import archief
from loket.registers.catalogi.uitwisselen.archief import ArchiveError, read
from tests.registers.catalogi import zips

if TYPE_CHECKING:
    from pathlib import Path

THING = [{"url": "https://x.nl/1"}]


def said(source: io.BytesIO | Path) -> str:
    with pytest.raises(ArchiveError) as caught:
        read(source)
    return str(caught.value)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "geen bestanden van een catalogus"),
        ({"anders.json": []}, "geen bestanden van een catalogus"),
        ({"ZaakType.json": []}, "zijn leeg"),
        ({"ZaakType.json": b""}, "ZaakType.json is geen JSON."),
        ({"ZaakType.json": b"\xff\xfe"}, "ZaakType.json is geen JSON."),
        ({"ZaakType.json": b"[" * 100_000}, "ZaakType.json is geen JSON."),
        ({"ZaakType.json": b'["\\ud800"]'}, "ZaakType.json is geen JSON."),
        ({"ZaakType.json": b'[{"url": "a\\u0000"}]'}, "tekens die niet zijn toegestaan"),
        ({"ZaakType.json": {"a": 1}}, "ZaakType.json heeft geen lijst."),
        ({"ZaakType.json": [1]}, "ZaakType.json nr. 1 is geen object."),
        ({"ZaakType.json": [{}]}, "ZaakType.json nr. 1 heeft geen url."),
        ({"ZaakType.json": [{"url": 1}]}, "ZaakType.json nr. 1 heeft geen url."),
        ({"ZaakType.json": THING * 2}, "ZaakType.json nr. 2: deze url staat twee keer"),
        ({"ZaakType.json": THING, "RolType.json": THING}, "RolType.json nr. 1: deze url"),
        ({"../ZaakType.json": THING}, "pad dat naar buiten wijst"),
        ({"a/../../ZaakType.json": THING}, "pad dat naar buiten wijst"),
        ({"/etc/ZaakType.json": THING}, "pad dat naar buiten wijst"),
        ({"c:\\ZaakType.json": THING}, "pad dat naar buiten wijst"),
        ({"een/ZaakType.json": THING, "ZaakType.json": THING}, "twee keer in de ZIP"),
    ],
)
def test_wrong_contents_get_one_sentence(files: dict[str, Any], reason: str) -> None:
    assert reason in said(zips.zipped(files))


@pytest.mark.parametrize("content", [b"", b"geen zip", b"PK\x03\x04" + b"\x00" * 40])
def test_what_is_no_zip_is_said_to_be_none(content: bytes) -> None:
    assert said(io.BytesIO(content)) == "Dit is geen (hele) ZIP."


def test_a_zip_cut_off_or_spoilt_is_refused() -> None:
    made = zips.zipped({"ZaakType.json": [{"url": f"https://x.nl/{nr}"} for nr in range(999)]})
    whole = made.getvalue()
    assert said(io.BytesIO(whole[: len(whole) // 2])) == "Dit is geen (hele) ZIP."
    spoilt = bytearray(whole)
    spoilt[60:90] = bytes(30)
    assert said(io.BytesIO(bytes(spoilt))) == "Dit is geen (hele) ZIP."


def test_a_bomb_is_not_unpacked_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archief, "MAX_BYTES", 1_000_000)
    assert "groter dan" in said(zips.zipped({"ZaakType.json": b" " * 5_000_000}))


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    made = zips.zipped({"ZaakType.json": b"[]" + b" " * 5_000_000}).getvalue()
    lying = made.replace(struct.pack("<L", 5_000_002), struct.pack("<L", 2))
    assert said(io.BytesIO(lying)) in {
        "Dit is geen (hele) ZIP.",
        "ZaakType.json is geen JSON.",
    } or ("leeg" in said(io.BytesIO(lying)))


def test_thousands_of_entries_are_refused() -> None:
    assert "meer dan 200 bestanden" in said(zips.zipped({f"{nr}.json": [] for nr in range(5000)}))


def test_too_many_things_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archief, "MAX_THINGS", 1)
    files = {"ZaakType.json": [{"url": "a"}, {"url": "b"}]}
    assert "meer dan 1 typen" in said(zips.zipped(files))


def test_too_large_a_file_is_refused_unread(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(archief, "MAX_ZIP", 10)
    assert "groter dan" in said(zips.zipped({"ZaakType.json": THING}))
    file = tmp_path / "groot.zip"
    file.write_bytes(bytes(20))
    assert "groter dan" in said(file)


def test_an_encrypted_zip_is_refused() -> None:
    made = bytearray(zips.zipped({"ZaakType.json": THING}).getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + at] |= 1
    assert "versleuteld" in said(io.BytesIO(bytes(made)))


def test_a_folder_around_the_files_and_a_byte_order_mark_are_no_matter() -> None:
    content = b"\xef\xbb\xbf" + json.dumps(THING).encode()
    found = read(zips.zipped({"ZaakType.json": content, "leesmij.txt": b"x"}, folder="mijn map/"))
    assert [each.place for each in found.things["ZaakType.json"]] == ["ZaakType.json nr. 1"]
    assert found.ignored == ("mijn map/leesmij.txt",)


def test_entries_that_a_mac_adds_are_passed_by() -> None:
    found = read(zips.zipped({"ZaakType.json": THING, "__MACOSX/ZaakType.json": b"x"}))
    assert found.ignored == ("__MACOSX/ZaakType.json",)


def test_a_zip_may_be_stored_without_packing() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("ZaakType.json", json.dumps(THING))
    assert read(made).count == 1
