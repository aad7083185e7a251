"""The XML of an export: every fault is one clear error with line and column."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.registers.catalogi.inavigator import reader
from loket.registers.catalogi.inavigator.parsing import read_procesmodel
from loket.registers.catalogi.inavigator.reader import InavigatorError
from tests.registers.catalogi.inavigator_exports import (
    REAL,
    RICH,
    attempt,
    export,
    understand,
    velden,
)

if TYPE_CHECKING:
    from pathlib import Path

REAL_BYTES = REAL.read_bytes()
LAST_BRACKET = REAL_BYTES.rindex(b">")

BOMB = """<?xml version="1.0"?>
<!DOCTYPE dsp [
 <!ENTITY a "lachlachlachlachlach">
 <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
 <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<dsp>&c;</dsp>"""
EXTERNAL = """<!DOCTYPE dsp [<!ENTITY x SYSTEM "file:///etc/passwd">]><dsp>&x;</dsp>"""


def fault(content: str | bytes) -> InavigatorError:
    """Read something that cannot be read."""
    with pytest.raises(InavigatorError) as caught:
        understand(content)
    return caught.value


@pytest.mark.parametrize(
    ("content", "line", "column", "says"),
    [
        (b"", 1, 1, "leeg"),
        (b"   \n  ", 2, 3, "leeg"),
        (b"Geachte heer, mevrouw", 1, 1, "geen XML"),
        (b"PK\x03\x04\x14\x00\x06\x00", 1, 3, "geen XML"),
        (b"<!DOCTYPE html>\n<html></html>", 1, 15, "webpagina"),
        (b"<html><body></body></html>", 1, 1, "verwacht <dsp>"),
        (b"<foo>\n    <bar>baz</bar>\n</foo>\n", 1, 1, "gevonden <foo>"),
        (b'<dsp xmlns="urn:anders"/>', 1, 1, "gevonden <dsp>"),
        (b"<dsp>\n  <preambule>", 2, 14, "breekt af: <preambule> van regel 2"),
        (b"<dsp>\n  <preambule></dsp>", 2, 16, "eindtag"),
        (b"<dsp/>\n<dsp/>", 2, 1, "Na het einde"),
        (b"<dsp>&naam;</dsp>", 1, 6, "entiteit"),
        (b"<dsp x='1' x='2'/>", 1, 12, "twee keer"),
        (b"<dsp><x:y/></dsp>", 1, 6, "voorvoegsel"),
        (b'<?xml version="1.0" encoding="klingon"?><dsp/>', 1, 31, "tekenset"),
        (b'<?xml version="1.0" encoding="utf-16"?><dsp/>', 1, 31, "tekenset"),
        (b'<?xml version="1.0" encoding="shift_jis"?><dsp/>', 1, 31, "tekenset"),
        (b"<dsp>\xff</dsp>", 1, 6, "teken"),
    ],
)
def test_what_is_no_xml_gets_one_error_with_its_place(
    content: bytes, line: int, column: int, says: str
) -> None:
    error = fault(content)
    assert says in error.message
    assert (error.line, error.column) == (line, column)
    assert str(error) == f"Regel {line}, kolom {column}: {error.message}"


@pytest.mark.parametrize("content", [BOMB, EXTERNAL, "<!DOCTYPE dsp SYSTEM 'x.dtd'><dsp/>"])
def test_entities_are_refused_before_they_can_do_anything(content: str) -> None:
    error = fault(content)
    assert "geweigerd" in error.message
    assert error.line <= 2


def test_endless_nesting_is_refused() -> None:
    assert "dieper genest" in fault("<a>" * 100_000).message


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_ELEMENTS", 10)
    assert "meer dan 10 elementen" in fault("<dsp>" + "<a/>" * 11 + "</dsp>").message


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(InavigatorError, match="groter dan 1000 bytes"):
        read_procesmodel(io.BytesIO(REAL_BYTES), max_bytes=1000)


def test_a_huge_text_is_read(tmp_path: Path) -> None:
    file = tmp_path / "groot.xml"
    file.write_text(export(velden(naam="Iets", toelichting_proces="lang " * 400_000)))
    proces = read_procesmodel(file).processen[0]
    assert len(proces.toelichting) == 5 * 400_000 - 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252", "iso-8859-15"])
def test_other_encodings_say_the_same(encoding: str) -> None:
    text = export(velden(naam="Geïnde één"))
    declared = encoding if encoding.endswith(("2", "5")) else ""
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    assert understand((head + text).encode(encoding)).processen[0].naam == "Geïnde één"


@given(cut=st.integers(0, LAST_BRACKET))
@settings(max_examples=60, deadline=None)
def test_half_a_file_breaks_off_at_its_end(cut: int) -> None:
    half = REAL_BYTES[:cut]
    error = fault(half)
    assert 1 <= error.line <= half.count(b"\n") + 1
    assert error.column >= 1
    assert "breekt af" in error.message or cut < len("<?xml version='1.0' encoding='utf-8'?>\n<dsp")


@given(place=st.integers(0, LAST_BRACKET), noise=st.binary(min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_noise_in_a_file_is_read_or_refused_but_never_breaks(place: int, noise: bytes) -> None:
    noisy = REAL_BYTES[:place] + noise + REAL_BYTES[place + len(noise) :]
    outcome = attempt(noisy)
    assert outcome.line >= 1 if isinstance(outcome, InavigatorError) else outcome.plans


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(content: bytes) -> None:
    assert fault(content).line >= 1


def test_the_place_of_an_element_is_where_it_begins() -> None:
    root = reader.read(RICH)
    lines = RICH.read_text().splitlines()
    for element in (root, *root.children, *root.children[0].children):
        assert lines[element.line - 1][element.column - 1 :].startswith(f"<{element.name}")
