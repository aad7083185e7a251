"""JSON with files in it, read as a stream: the files go to disk, the rest is read as always."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from loket.grammar import codec
from loket.grammar.spool import Base64, Refused, Spool
from loket.kernel.problems import Malformed, TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

READ = 2**18
_TOKEN: Final = re.compile(rb'["{}\[\],:]')


class Cutter:
    """Reads one JSON text; strings at the `wanted` paths become files, in their place stands null.

    It knows just enough of JSON to tell where it is; the rest is parsed when it is complete, and
    is held to `limit` bytes.
    """

    def __init__(self, read: Callable[[int], bytes], wanted: Collection[str], limit: int) -> None:
        self.read = read
        self.wanted = {tuple(path.split(".")) for path in wanted}
        self.limit = limit
        self.rest = bytearray()
        self.files: dict[tuple[str, ...], Spool | Refused] = {}
        self._at = b""
        self._stack: list[str | None] = []
        self._key: str | None = None

    def run(self) -> Any:
        """Return the parsed text with the files in it; Malformed, TooLarge."""
        while self._token():
            pass
        body = codec.decode(bytes(self.rest))
        for path, file in self.files.items():
            inner = body
            for step in path[:-1]:
                inner = inner.get(step) if isinstance(inner, dict) else None
            if isinstance(inner, dict) and inner.get(path[-1], 0) is None:
                inner[path[-1]] = file
        return body

    def _more(self) -> bool:
        chunk = self.read(READ)
        self._at += chunk
        return bool(chunk)

    def _keep(self, length: int) -> bytes:
        kept, self._at = self._at[:length], self._at[length:]
        self.rest += kept
        if len(self.rest) > self.limit:
            raise TooLarge
        return kept

    def _token(self) -> bool:
        """Read up to and including the next sign that says where we are; False at the end."""
        match = _TOKEN.search(self._at)
        while match is None:
            self._keep(len(self._at))
            if not self._more():
                return False
            match = _TOKEN.search(self._at)
        sign = match[0]
        if sign == b'"':
            self._keep(match.start())
            self._string()
            return True
        self._keep(match.end())
        if sign in b"{[":
            self._stack.append(self._key if sign == b"{" else None)
            self._key = None
        elif sign in b"}]" and self._stack:
            self._stack.pop()
        if sign in b",}]":
            self._key = None
        return True

    def _path(self) -> tuple[str, ...] | None:
        """Return the path of the value that begins here, when it lies in objects only."""
        steps = [*self._stack[1:], self._key]
        return tuple(str(step) for step in steps) if None not in steps else None

    def _string(self) -> None:
        if self._key is not None and self._path() in self.wanted:
            self._cut(self._path() or ())
            return
        begin = len(self.rest)
        self._keep_string()
        if self._key is None and self._colon_follows():
            self._key = self._name(bytes(self.rest[begin:]))

    @staticmethod
    def _name(raw: bytes) -> str:
        name = codec.decode(raw)
        return name if isinstance(name, str) else ""

    def _colon_follows(self) -> bool:
        while not (stripped := self._at.lstrip(b" \t\r\n")):
            if not self._more():
                return False
        return stripped.startswith(b":")

    def _cut(self, path: tuple[str, ...]) -> None:
        """Decode a string to disk instead of keeping it."""
        taking = Base64()
        self._at = self._at[1:]
        self._pass_string(lambda length: taking.write(self._drop(length)))
        self._at = self._at[1:]
        self.rest += b"null"
        self.files[path] = taking.done()

    def _keep_string(self) -> None:
        self._keep(1)
        self._pass_string(self._keep)
        self._keep(1)

    def _drop(self, length: int) -> bytes:
        dropped, self._at = self._at[:length], self._at[length:]
        return dropped

    def _pass_string(self, take: Callable[[int], object]) -> None:
        """Hand over a string up to its closing quote, in pieces that hold whole escapes only."""
        position = 0
        while True:
            quote = self._at.find(b'"', position)
            if quote >= 0 and _slashes(self._at, quote) % 2 == 0:
                take(quote)
                return
            if quote >= 0:
                position = quote + 1
                continue
            whole = _whole(self._at)
            take(whole)
            position = 0
            if not self._more():
                raise Malformed("De inhoud is geen geldige JSON: een tekst eindigt niet.")


def _slashes(text: bytes, end: int) -> int:
    """Return how many backslashes stand right before a position."""
    start = end
    while start and text[start - 1 : start] == b"\\":
        start -= 1
    return end - start


def _whole(text: bytes) -> int:
    """Return how much of the text may go without cutting an escape in two."""
    last = text.rfind(b"\\", max(0, len(text) - 6))
    return last if last >= 0 and _slashes(text, last + 1) % 2 == 1 else len(text)


def cut(read: Callable[[int], bytes], wanted: Collection[str], limit: int) -> Any:
    """Read JSON from `read(size)`, with the strings at `wanted` (dotted paths) as files on disk."""
    return Cutter(read, wanted, limit).run()
