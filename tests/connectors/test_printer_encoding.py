"""IPP on the wire: what is written reads back the same, and what is garbled is told to be."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.connectors.printer import JobState
from loket.connectors.printer.encoding import (
    DEEPEST,
    Garbled,
    Group,
    Message,
    Value,
    decode,
    encode,
)
from loket.connectors.printer.words import Status, Tag, phrase

SOME = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
HEAD = bytes.fromhex("0200 0000 00000001")
NAMES = st.text(min_size=1, max_size=30)
SINGLE = st.one_of(
    st.builds(Value, st.sampled_from([Tag.INTEGER, Tag.ENUM]), st.integers(-(2**31), 2**31 - 1)),
    st.builds(Value, st.just(Tag.BOOLEAN), st.booleans()),
    st.builds(Value, st.sampled_from([Tag.TEXT, Tag.NAME, Tag.KEYWORD, Tag.URI]), st.text()),
    st.builds(
        Value,
        st.sampled_from([0x10, 0x12, 0x13, Tag.OCTETS, 0x31, 0x32, 0x33, Tag.TEXT_IN_LANGUAGE]),
        st.binary(max_size=60),
    ),
)


def attributes(values: st.SearchStrategy[Value]) -> st.SearchStrategy[dict[str, list[Value]]]:
    return st.dictionaries(NAMES, st.lists(values, min_size=1, max_size=3), max_size=4)


VALUES = st.recursive(
    SINGLE, lambda inner: st.builds(Value, st.just(Tag.COLLECTION), attributes(inner)), max_leaves=6
)
GROUPS = st.lists(
    st.builds(
        Group,
        st.sampled_from([Tag.OPERATION, Tag.JOB, Tag.PRINTER, Tag.UNSUPPORTED]),
        attributes(VALUES),
    ),
    max_size=3,
)
MESSAGES = st.builds(
    Message,
    st.integers(0, 0xFFFF),
    GROUPS,
    st.binary(),
    st.integers(-(2**31), 2**31 - 1),
    st.tuples(st.integers(0, 255), st.integers(0, 255)),
)


@SOME
@given(MESSAGES)
def test_what_is_written_reads_back_the_same(message: Message) -> None:
    assert decode(encode(message)) == message


@SOME
@given(MESSAGES, st.data())
def test_what_breaks_off_is_garbled(message: Message, draw: st.DataObject) -> None:
    octets = encode(message._replace(document=b""))
    with pytest.raises(Garbled):
        decode(octets[: draw.draw(st.integers(0, len(octets) - 1))])


@SOME
@given(st.binary(max_size=200))
def test_whatever_comes_in_is_read_or_garbled(octets: bytes) -> None:
    for sent in (octets, HEAD + octets):
        try:
            message = decode(sent)
        except Garbled:
            continue
        assert decode(encode(message)) == message


def test_a_request_is_as_the_standard_shows_it() -> None:
    asked = {
        "attributes-charset": [Value(Tag.CHARSET, "utf-8")],
        "requested-attributes": [Value(Tag.KEYWORD, "job-id"), Value(Tag.KEYWORD, "job-uri")],
    }
    request = encode(Message(0x000A, [Group(Tag.OPERATION, asked)], request_id=0x123))
    assert request == (
        b"\x02\x00\x00\x0a\x00\x00\x01\x23\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x44\x00\x14requested-attributes\x00\x06job-id"
        b"\x44\x00\x00\x00\x07job-uri"
        b"\x03"
    )


def test_a_collection_is_as_the_standard_shows_it() -> None:
    octets = (
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x02"
        b"\x34\x00\x09media-col\x00\x00"
        b"\x4a\x00\x00\x00\x0amedia-size"
        b"\x34\x00\x00\x00\x00"
        b"\x4a\x00\x00\x00\x0bx-dimension\x21\x00\x00\x00\x04\x00\x00\x52\x08"
        b"\x37\x00\x00\x00\x00"
        b"\x4a\x00\x00\x00\x0amedia-type\x44\x00\x00\x00\x05plain"
        b"\x37\x00\x00\x00\x00"
        b"\x03"
    )
    size = {"x-dimension": [Value(Tag.INTEGER, 21000)]}
    media = {
        "media-size": [Value(Tag.COLLECTION, size)],
        "media-type": [Value(Tag.KEYWORD, "plain")],
    }
    message = decode(octets)
    assert message.group(Tag.JOB).attributes == {"media-col": [Value(Tag.COLLECTION, media)]}
    assert encode(message) == octets


@pytest.mark.parametrize(
    "octets",
    [
        b"\x21\x00\x01a\x00\x04\x00\x00\x00\x01\x03",  # outside of any group
        b"\x02\x21\x00\x00\x00\x04\x00\x00\x00\x01\x03",  # no name
        b"\x02\x21\x00\x01a\x00\x02\x00\x01\x03",  # a number of two octets
        b"\x02\x22\x00\x01a\x00\x00\x03",  # a yes or no of none
        b"\x02\x44\x00\x01a\x00\x01x\x44\x00\x01a\x00\x01y\x03",  # twice
        b"\x02\x34\x00\x01a\x00\x00\x44\x00\x00\x00\x01x\x37\x00\x00\x00\x00\x03",  # idem
        b"\x02\x34\x00\x01a\x00\x00\x4a\x00\x00\x00\x01x\x03\x00\x00\x00\x00",  # no end
        b"\x02" + b"\x34\x00\x01a\x00\x00" + b"\x4a\x00\x00\x00\x01x\x34\x00\x00\x00\x00" * 5000,
    ],
)
def test_what_cannot_be_is_garbled(octets: bytes) -> None:
    with pytest.raises(Garbled):
        decode(HEAD + octets)


def test_collections_are_read_as_deep_as_anybody_nests_them() -> None:
    value = Value(Tag.INTEGER, 1)
    for _ in range(DEEPEST):
        value = Value(Tag.COLLECTION, {"in": [value]})
    message = Message(0, [Group(Tag.JOB, {"a": [value]})])
    assert decode(encode(message)) == message
    deeper = Value(Tag.COLLECTION, {"in": [value]})
    with pytest.raises(Garbled):
        decode(encode(Message(0, [Group(Tag.JOB, {"a": [deeper]})])))


def test_a_text_in_a_language_is_read_without_it() -> None:
    told = b"\x00\x02nl\x00\x04bezet"[:-1]
    group = Group(Tag.OPERATION, {"status-message": [Value(Tag.TEXT_IN_LANGUAGE, told)]})
    assert group.text("status-message") == "beze"
    assert group.number("status-message") is None
    assert group.text("job-name") is None


def test_a_text_in_another_encoding_is_read_as_far_as_it_goes() -> None:
    octets = HEAD + b"\x01\x41\x00\x01a\x00\x02\xe9n\x03"
    assert decode(octets).group(Tag.OPERATION).text("a") == "\ufffdn"


def test_a_status_has_a_name() -> None:
    assert phrase(Status.SERVER_ERROR_BUSY) == "server-error-busy"
    assert phrase(0x0599) == "status 0x0599"


def test_states_know_whether_more_is_to_be_expected() -> None:
    final = {state for state in JobState if state.final}
    assert final == {JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED}
    assert {state for state in JobState if state.failed} == final - {JobState.COMPLETED}
