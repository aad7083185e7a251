"""A file put aside while it is looked at: in memory when it is small, on disk when it is not."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, cast

from loket.connectors.virusscanner.values import MIB
from loket.grammar.files import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PIECE = 256 * 1024
IN_MEMORY = MIB
_FULL = "Er is nu geen ruimte om het bestand te scannen; het is niet opgeslagen."


@contextmanager
def spooled(chunks: Iterable[bytes], folder: Path) -> Iterator[tuple[IO[bytes], int]]:
    """Put a stream aside until the block ends; yield it and its size."""
    with _told():
        folder.mkdir(parents=True, exist_ok=True)
    opened = SpooledTemporaryFile(max_size=IN_MEMORY, dir=str(folder))  # noqa: SIM115 - see below
    file = cast("IO[bytes]", opened)
    try:
        size = 0
        for chunk in chunks:
            with _told():
                file.write(chunk)
            size += len(chunk)
        with _told():
            file.flush()
        yield file, size
    finally:
        with suppress(OSError):  # a full disk was told already
            file.close()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise Unavailable(_FULL) from problem


def pieces(file: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    """Yield what stands from `start` up to `end`."""
    file.seek(start)
    left = end - start
    while left > 0 and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece
