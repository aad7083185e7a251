"""The body of a request, in each of the forms that an operation may take; files go to disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from loket.grammar import codec
from loket.grammar.cutting import cut
from loket.grammar.spool import CHUNK, Refused, Spool
from loket.kernel.problems import Malformed, TooLarge, UnsupportedMedia

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LARGEST_BODY = 10 * 2**20
"""The most that a body may hold beside its files."""

LARGEST_UPLOAD = 4 * 2**30 + LARGEST_BODY
"""The most that a body with files in it may hold (the standard: 4 GiB)."""

JSON = "application/json"
MULTIPART = "multipart/form-data"
FORM = "application/x-www-form-urlencoded"
CSV = "text/csv"


class Incoming:
    """The bytes of a body as they come, held to a limit."""

    def __init__(self, environ: Mapping[str, Any]) -> None:
        length = environ.get("CONTENT_LENGTH") or ""
        self.length = int(length) if length.isdigit() else None
        self.kind = environ.get("CONTENT_TYPE", "")
        self._input = environ["wsgi.input"]
        self._read = 0

    def read(self, size: int, most: int = LARGEST_UPLOAD) -> bytes:
        """Return at most `size` bytes, none at the end; TooLarge beyond `most` in all."""
        if self.length is not None:
            if self.length > most:
                raise TooLarge
            size = min(size, self.length - self._read)
        chunk: bytes = self._input.read(size) if size > 0 else b""
        self._read += len(chunk)
        if self._read > most:
            raise TooLarge
        return chunk

    def whole(self) -> bytes:
        """Return a body without files."""
        pieces = []
        while chunk := self.read(LARGEST_BODY + 1, LARGEST_BODY):
            pieces.append(chunk)
        return b"".join(pieces)


def kind_of(content_type: str, media: Sequence[str]) -> str:
    """Return which of `media` a body has; UnsupportedMedia."""
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    if not kind:
        return media[0]
    if kind == "application/problem+json":
        kind = JSON
    if kind not in media:
        raise UnsupportedMedia(f'Ongeldige media type "{kind}".')
    return kind


def read_json(incoming: Incoming, blobs: Sequence[str], *, bare: bool = False) -> Any:
    """Read JSON with files at `blobs`; `bare` is nothing at all allowed, which is None."""
    if blobs:
        return cut(incoming.read, blobs, LARGEST_BODY)
    body = incoming.whole()
    if not body:
        if bare:
            return None
        raise Malformed("De inhoud ontbreekt.")
    return codec.decode(body)


class _ToSpool(FileUploadHandler):
    """Writes each file of a multipart body to a spool."""

    chunk_size = CHUNK

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.spool = Spool()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece."""
        del start
        self.spool.write(raw_data)

    def file_complete(self, file_size: int) -> Any:
        """Return the file."""
        del file_size
        return self.spool


def read_multipart(incoming: Incoming) -> dict[str, Any]:
    """Read a form with files as a stream; Malformed."""
    length = "1" if incoming.length is None else str(incoming.length)
    meta = {"CONTENT_TYPE": incoming.kind, "CONTENT_LENGTH": length}
    try:
        fields, files = MultiPartParser(meta, incoming, [_ToSpool()], "utf-8").parse()  # type: ignore[arg-type]
    except (MultiPartParserError, SuspiciousOperation) as problem:
        raise Malformed(f"De inhoud is geen geldig formulier: {problem}") from None
    return {**fields.dict(), **files.dict()}


def read_form(incoming: Incoming) -> dict[str, Any]:
    """Read a form without files."""
    text = incoming.whole().decode("latin-1")
    return dict(parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="replace"))


def read_file(incoming: Incoming) -> Spool:
    """Read a body that is a file as a whole."""
    spool = Spool()
    while chunk := incoming.read(CHUNK):
        spool.write(chunk)
    return spool


READERS: dict[str, Callable[[Incoming], Any]] = {
    MULTIPART: read_multipart,
    FORM: read_form,
    CSV: read_file,
}


def close(body: Any) -> None:
    """Let go of every file in a body."""
    if isinstance(body, Spool):
        body.close()
    elif isinstance(body, dict):
        for value in body.values():
            close(value)


__all__ = ["Incoming", "Refused", "close", "kind_of", "read_json"]
