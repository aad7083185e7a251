"""JSON with files in it is read as a stream, however it is cut into pieces on its way."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.grammar.cutting import Cutter
from loket.grammar.spool import Refused, Spool
from loket.kernel.problems import Malformed, TooLarge

WANTED = ("inhoud", "document.inhoud")
LIMIT = 10_000


def read(text: str, size: int = 7, limit: int = LIMIT) -> Any:
    """Read JSON that comes in in pieces of `size` bytes."""
    stream = io.BytesIO(text.encode())
    return Cutter(lambda _: stream.read(size), WANTED, limit).run()


def whole(file: Any) -> bytes:
    assert isinstance(file, Spool)
    return b"".join(file.chunks())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "inhoud", "x y", '"', "\\"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), JSON, st.integers(1, 60), st.sampled_from([None, 2]))
def test_files_are_cut_out_and_the_rest_is_as_it_was(
    content: bytes, other: Any, size: int, indent: int | None
) -> None:
    text = base64.b64encode(content).decode()
    body = {"voor": [other], "inhoud": text, "na": other, "document": {"inhoud": text, "z": other}}
    sent = json.dumps(body, indent=indent)
    found = read(sent, size)
    assert whole(found["inhoud"]) == whole(found["document"]["inhoud"]) == content
    found["inhoud"] = found["document"]["inhoud"] = text
    assert found == body


@given(st.binary(max_size=300), st.integers(1, 60))
def test_base64_may_be_escaped_and_broken_into_lines(content: bytes, size: int) -> None:
    text = base64.encodebytes(content).decode()
    sent = json.dumps({"inhoud": text})
    sent = sent.replace("/", "\\/").replace("+", "\\u002B").replace("=", "\\u003d")
    assert whole(read(sent, size)["inhoud"]) == content


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("YQ=", "incorrect-base64-padding"),
        ("YQ==YQ==", "incorrect-base64-padding"),
        ("Y!==", "invalid-base64"),
        ('\\"YQ=', "invalid-base64"),
        ("http://hier", "invalid-base64"),
    ],
)
def test_what_is_no_base64_is_told_apart(text: str, code: str) -> None:
    found = read(f'{{"inhoud":"{text}"}}')["inhoud"]
    assert isinstance(found, Refused)
    assert found.code == code


@pytest.mark.parametrize("value", ["null", "3", '["YQ=="]', '{"inhoud":"YQ=="}'])
def test_only_a_text_is_a_file(value: str) -> None:
    assert read(f'{{"inhoud":{value}}}') == {"inhoud": json.loads(value)}


@pytest.mark.parametrize("text", ["", '{"inhoud":"YQ', '{"a"', "[1,", '{"a":"b\\'])
def test_what_ends_too_soon_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        read(text)


def test_the_rest_is_held_to_its_limit_and_the_file_is_not() -> None:
    content = bytes(LIMIT * 2)
    sent = json.dumps({"inhoud": base64.b64encode(content).decode()})
    assert whole(read(sent, 1000)["inhoud"]) == content
    with pytest.raises(TooLarge):
        read(json.dumps({"titel": "x" * LIMIT}), 1000)
