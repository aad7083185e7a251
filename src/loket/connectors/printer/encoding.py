"""IPP on the wire, RFC 8010: a head, groups of attributes, and what is to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from loket.connectors.printer.words import Tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERSION: Final = (2, 0)
LAST_DELIMITER: Final = 0x0F
"""Tags up to this one begin a group."""
DEEPEST: Final = 8
"""Layers of collections that are read."""

_NUMBERS: Final = frozenset({Tag.INTEGER, Tag.ENUM})
_TEXTS: Final = range(0x41, 0x60)
_IN_LANGUAGE: Final = frozenset({Tag.TEXT_IN_LANGUAGE, Tag.NAME_IN_LANGUAGE})
_NUMBER_LENGTH: Final = 4


class Garbled(ValueError):
    """These octets are no IPP."""


class Value(NamedTuple):
    """A value, and the tag that says of which kind: octets unless this page knows better."""

    tag: int
    content: Content


Attributes: TypeAlias = "dict[str, list[Value]]"
Content: TypeAlias = "int | str | bytes | Attributes"


class Group(NamedTuple):
    """Attributes of one thing: the operation, a job, a printer."""

    tag: int
    attributes: Attributes

    def number(self, name: str) -> int | None:
        """Return an integer, if there is one by that name."""
        value = self._first(name)
        return value if isinstance(value, int) else None

    def text(self, name: str) -> str | None:
        """Return a text, if there is one by that name; its language is left out."""
        value = self._first(name)
        return value if isinstance(value, str) else None

    def _first(self, name: str) -> Content | None:
        values = self.attributes.get(name)
        if not values:
            return None
        tag, content = values[0]
        if tag in _IN_LANGUAGE and isinstance(content, bytes):
            return _without_language(content)
        return content


class Message(NamedTuple):
    """A request or an answer: `code` is the operation or the status."""

    code: int
    groups: Sequence[Group]
    document: bytes = b""
    request_id: int = 1
    version: tuple[int, int] = VERSION

    def group(self, tag: Tag) -> Group:
        """Return the first group of a kind, or an empty one."""
        return next(self.all(tag), Group(tag, {}))

    def all(self, tag: Tag) -> Iterator[Group]:
        """Yield the groups of a kind."""
        return (group for group in self.groups if group.tag == tag)


def encode(message: Message) -> bytes:
    """Return what goes over the wire."""
    out = bytearray(message.version)
    out += message.code.to_bytes(2, "big") + message.request_id.to_bytes(4, "big", signed=True)
    for group in message.groups:
        out.append(group.tag)
        out += _encoded(group.attributes)
    out.append(Tag.END)
    return bytes(out) + message.document


def _encoded(attributes: Attributes) -> bytes:
    out = bytearray()
    for name, values in attributes.items():
        for place, (tag, content) in enumerate(values):
            out.append(tag)
            out += _sized(b"" if place else name.encode())
            out += _members(content) if isinstance(content, dict) else _sized(_octets(content))
    return bytes(out)


def _members(collection: Attributes) -> bytes:
    """Return the members of a collection: each its name, then its values without one."""
    out = bytearray(_sized(b""))
    for name, values in collection.items():
        out.append(Tag.MEMBER)
        out += _sized(b"") + _sized(name.encode()) + _encoded({"": values})
    out.append(Tag.END_COLLECTION)
    return bytes(out + _sized(b"") + _sized(b""))


def _octets(content: int | str | bytes) -> bytes:
    if isinstance(content, bool):
        return bytes([content])
    if isinstance(content, int):
        return content.to_bytes(_NUMBER_LENGTH, "big", signed=True)
    return content.encode() if isinstance(content, str) else content


def _sized(octets: bytes) -> bytes:
    return len(octets).to_bytes(2, "big") + octets


def decode(octets: bytes) -> Message:
    """Read a message; Garbled when it is none."""
    reader = _Reader(octets)
    version = (reader.number(1), reader.number(1))
    code, request_id = reader.number(2), reader.number(4, signed=True)
    groups: list[Group] = []
    while (tag := reader.number(1)) != Tag.END:
        if tag <= LAST_DELIMITER:
            groups.append(Group(tag, {}))
        elif groups:
            reader.add(tag, groups[-1].attributes)
        else:
            raise Garbled("An attribute stands outside of any group.")
    return Message(code, groups, reader.rest(), request_id, version)


class _Reader:
    """Reads octets from front to back, never past the end."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets
        self._at = 0

    def add(self, tag: int, attributes: Attributes) -> None:
        """Read an attribute; one without a name is another value of the one before it."""
        name = _text(self._sized())
        octets = self._sized()
        if name:
            _begin(attributes, name)
        _last(attributes).append(self._value(tag, octets, DEEPEST))

    def rest(self) -> bytes:
        """Return what was not read yet."""
        return self._octets[self._at :]

    def number(self, length: int, *, signed: bool = False) -> int:
        """Read a number."""
        return int.from_bytes(self._take(length), "big", signed=signed)

    def _value(self, tag: int, octets: bytes, layers: int) -> Value:
        if tag == Tag.COLLECTION:
            return Value(tag, self._collection(layers))
        return Value(tag, _content(tag, octets))

    def _collection(self, layers: int) -> Attributes:
        if not layers:
            raise Garbled("Collections lie in collections, deeper than is read.")
        members: Attributes = {}
        while (tag := self.number(1)) != Tag.END_COLLECTION:
            name, octets = self._sized(), self._sized()
            if name or tag <= LAST_DELIMITER:
                raise Garbled("A collection does not end.")
            if tag == Tag.MEMBER:
                _begin(members, _text(octets))
            else:
                _last(members).append(self._value(tag, octets, layers - 1))
        self._take(4)  # the end has neither name nor value
        return members

    def _sized(self) -> bytes:
        return self._take(self.number(2))

    def _take(self, length: int) -> bytes:
        taken = self._octets[self._at : self._at + length]
        if len(taken) < length:
            raise Garbled("The message breaks off.")
        self._at += length
        return taken


def _begin(attributes: Attributes, name: str) -> None:
    if name in attributes:
        raise Garbled("An attribute stands there twice.")
    attributes[name] = []


def _last(attributes: Attributes) -> list[Value]:
    if not attributes:
        raise Garbled("A value belongs to no attribute.")
    return attributes[next(reversed(attributes))]


def _content(tag: int, octets: bytes) -> int | str | bytes:
    if tag in _NUMBERS:
        if len(octets) != _NUMBER_LENGTH:
            raise Garbled("A number is not of four octets.")
        return int.from_bytes(octets, "big", signed=True)
    if tag == Tag.BOOLEAN:
        if len(octets) != 1:
            raise Garbled("A yes or no is not of one octet.")
        return bool(octets[0])
    return _text(octets) if tag in _TEXTS else octets


def _without_language(octets: bytes) -> str:
    """Return the text that stands, with its length, behind a language with its length."""
    start = 2 + int.from_bytes(octets[:2], "big") + 2
    return _text(octets[start:])


def _text(octets: bytes) -> str:
    return octets.decode(errors="replace")
