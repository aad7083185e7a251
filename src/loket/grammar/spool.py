"""A file on its way: on disk, never whole in memory, with its size and its sha256."""

from __future__ import annotations

import binascii
import hashlib
import re
import tempfile
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 2**18
HEAD = 4096

_ESCAPED = re.compile(rb"\\u00([0-9a-fA-F]{2})")
_BLANK = bytes.maketrans(b"\r\n\t", b"   ")


class Spool:
    """A file in a folder for what is on its way; it has no name, so that nothing stays behind."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - see close
        self._hash = hashlib.sha256()
        self.size = 0
        self.head = b""

    def __del__(self) -> None:
        """Let go of the file of a spool that nobody holds any longer."""
        self.close()

    def write(self, chunk: bytes) -> None:
        """Add to the end."""
        if len(self.head) < HEAD:
            self.head += chunk[: HEAD - len(self.head)]
        self._hash.update(chunk)
        self._file.write(chunk)
        self.size += len(chunk)

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes, from the first on."""
        self._file.seek(0)
        while chunk := self._file.read(CHUNK):
            yield chunk

    def part(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the bytes from `start` up to, not including, `end`."""
        self._file.seek(start)
        left = end - start
        while left > 0 and (chunk := self._file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

    @property
    def sha256(self) -> str:
        """The sha256 of what was written, in hexadecimals."""
        return self._hash.hexdigest()

    def close(self) -> None:
        """Let go of the file; the system removes it."""
        self._file.close()


class Refused(ValueError):
    """What stood in the place of a file and is none: the standard's code and the reason.

    `text` is how it began, for who knows what else it may be.
    """

    def __init__(self, code: str, reason: str, text: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.text = text


class Base64:
    """Decodes base64 as it comes in, as it may stand in a JSON string, into a spool."""

    def __init__(self) -> None:
        self.spool = Spool()
        self.refused: Refused | None = None
        self._kept = b""
        self._padded = False
        self._begin = b""

    def write(self, text: bytes) -> None:
        """Take a piece of the text; escapes must be whole."""
        if self.refused is not None:
            return
        if b"\\" in text:
            text = text.replace(b"\\/", b"/").replace(b"\\n", b"").replace(b"\\r", b"")
            text = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), text)
        if len(self._begin) < HEAD:
            self._begin += text[: HEAD - len(self._begin)]
        text = self._kept + text.translate(_BLANK).replace(b" ", b"")
        whole = len(text) - len(text) % 4
        self._kept = text[whole:]
        self._decode(text[:whole])

    def _decode(self, text: bytes) -> None:
        if not text:
            return
        if self._padded:
            self._refuse("incorrect-base64-padding", "Na de opvulling (=) staat nog meer.")
            return
        try:
            self.spool.write(binascii.a2b_base64(text, strict_mode=True))
        except binascii.Error as problem:
            padding = "padding" in str(problem).lower()
            code = "incorrect-base64-padding" if padding else "invalid-base64"
            self._refuse(code, "Dit is geen geldige base64.")
        self._padded = text.endswith(b"=")

    def _refuse(self, code: str, reason: str) -> None:
        self.refused = Refused(code, reason, self._begin.decode("utf-8", "replace"))
        self.spool.close()

    def done(self) -> Spool | Refused:
        """Return the file, or why there is none."""
        if self.refused is None and self._kept:
            wrong = re.search(rb"[^A-Za-z0-9+/=]", self._kept)
            code = "invalid-base64" if wrong else "incorrect-base64-padding"
            self._refuse(code, "De lengte van de base64 klopt niet.")
        return self.refused or self.spool


def spooled(text: str) -> Spool | Refused:
    """Decode base64 that is in memory already."""
    taking = Base64()
    taking.write(text.encode("utf-8", "replace"))
    return taking.done()
