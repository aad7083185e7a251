"""What lies in an archive, by its content and whatever its name: zip, tar, gzip, bzip2 and xz.

All is read in small pieces: nothing that an archive says of itself decides how much memory is used.
"""

from __future__ import annotations

import bz2
import lzma
import struct
import tarfile
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from loket.connectors.virusscanner.values import MIB, ExpandsTooFar, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Members = Iterator[Iterator[bytes]]

PIECE = 256 * 1024
MOST_AT_ONCE = 4 * MIB
MOST_STREAMS = 5000
MAGIC = 10
XZ_MEMORY = 100 * MIB
ENCRYPTED = 0x1
READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""Ways of packing that zipfile unpacks in small pieces."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_CLOSED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"MSCF\0\0\0\0", b"\x28\xb5\x2f\xfd")
_DAMAGED = (
    zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, struct.error, EOFError,
    OSError, ValueError, IndexError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What the standard library raises on archives that are broken, on purpose or not."""


def members(file: IO[bytes]) -> Members:
    """Yield what lies in a file, each to be read before the next; nothing if it is no archive."""
    for opened in _kinds(file):
        yield from opened(file)


def is_archive(file: IO[bytes]) -> bool:
    """Tell whether it is an archive that we can look into."""
    return bool(_kinds(file))


def is_closed(file: IO[bytes]) -> bool:
    """Tell whether it begins as an archive that we cannot look into."""
    head = _head(file)
    if head.startswith(_ZIP):
        return not _opens_as_zip(file)
    return head.startswith(_CLOSED) or head[2:5] == b"-lh"


def _kinds(file: IO[bytes]) -> list[Callable[[IO[bytes]], Members]]:
    """Return the ways in which a file can be read; a tar may end as a zip does, so all of them."""
    head = _head(file)
    found: list[Callable[[IO[bytes]], Members]] = []
    found += [_packed(make, magic) for magic, make in _PACKED if head.startswith(magic)]
    if head[257:262] == b"ustar":
        found.append(_tar)
    if _opens_as_zip(file):
        found.append(_zip)
    return found


def _head(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(512)


def _opens_as_zip(file: IO[bytes]) -> bool:
    """Tell whether there is a table of contents; other files may end with something like one."""
    file.seek(0)
    if not zipfile.is_zipfile(file):
        return False
    try:
        with zipfile.ZipFile(_careful(file)):
            return True
    except _DAMAGED:
        return False


def _zip(file: IO[bytes]) -> Members:
    with _told(), zipfile.ZipFile(_careful(file)) as archive:
        for info in archive.infolist():
            if info.flag_bits & ENCRYPTED:
                raise Unreadable("Het archief is versleuteld en kan niet worden gescand.")
            if info.compress_type not in READABLE:
                raise Unreadable
            if not info.is_dir():
                with archive.open(info) as member:
                    yield _pieces(member)


def _tar(file: IO[bytes]) -> Members:
    file.seek(0)
    with _told(), tarfile.open(fileobj=_careful(file), mode="r:") as archive:
        while info := archive.next():
            member = archive.extractfile(info) if info.isreg() else None
            if member:
                with member:
                    yield _pieces(member)


def _packed(
    make: Callable[[], _Unpacker], magic: tuple[bytes, ...]
) -> Callable[[IO[bytes]], Members]:
    """Return what reads a kind of file in which one stream is packed, or several in a row."""

    def opened(file: IO[bytes]) -> Members:
        file.seek(0)
        yield _unpacked(file, make, magic)

    return opened


def _unpacked(
    file: IO[bytes], make: Callable[[], _Unpacker], magic: tuple[bytes, ...]
) -> Iterator[bytes]:
    packed = file.read(PIECE)
    for _ in range(MOST_STREAMS):
        if not packed.startswith(magic):
            return  # what stands behind the last stream belongs to nothing
        stream = make()
        ended = False
        while not stream.eof:
            if stream.needs_input and not packed:
                packed = file.read(PIECE)
                ended = not packed
            with _told():
                piece = stream.decompress(packed, PIECE)
                if ended and not piece and not stream.eof:
                    raise EOFError
            packed = b""
            if piece:
                yield piece
        packed = _next_stream(file, stream.unused_data)
    raise Unreadable


def _next_stream(file: IO[bytes], packed: bytes) -> bytes:
    """Return what follows, past the zeros that may fill up to a block."""
    while not (left := packed.lstrip(b"\0")):
        packed = file.read(PIECE)
        if not packed:
            return b""
    return left + file.read(MAGIC) if len(left) < MAGIC else left


class _Gunzip:
    """gzip in the way in which bz2 and lzma unpack: as much at a time as is asked for."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self.eof, self.needs_input, self.unused_data = False, True, b""

    def decompress(self, packed: bytes, most: int, /) -> bytes:
        """Unpack what comes in, and what was left of what came before."""
        piece = self._stream.decompress(self._stream.unconsumed_tail + packed, most)
        self.eof, self.unused_data = self._stream.eof, self._stream.unused_data
        self.needs_input = not self._stream.unconsumed_tail
        return piece


_Unpacker = _Gunzip | bz2.BZ2Decompressor | lzma.LZMADecompressor


def _unxz() -> _Unpacker:
    """Unpack xz with a limit on memory, which a file may choose as it likes."""
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY)


_BZIP2 = tuple(
    f"BZh{level}".encode() + begin
    for level in range(1, 10)
    for begin in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90")  # a block, or the end at once
)
_PACKED: tuple[tuple[tuple[bytes, ...], Callable[[], _Unpacker]], ...] = (
    ((b"\x1f\x8b\x08",), _Gunzip),
    (_BZIP2, bz2.BZ2Decompressor),
    ((b"\xfd7zXZ\0",), _unxz),
)


def _pieces(member: IO[bytes]) -> Iterator[bytes]:
    while True:
        with _told():
            piece = member.read(PIECE)
        if not piece:
            return
        yield piece


class _Careful:
    """A file that is not read in great gulps: the tables and names of an archive are small."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1) -> bytes:
        """Read, if that is not too much at once."""
        if size < 0 or size > MOST_AT_ONCE:
            here = self._file.tell()
            left = self._file.seek(0, 2) - here
            self._file.seek(here)
            if left > MOST_AT_ONCE:
                raise ExpandsTooFar
        return self._file.read(size)

    def seekable(self) -> bool:
        """Say yes."""
        return True


def _careful(file: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", _Careful(file))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except _DAMAGED as problem:
        raise Unreadable from problem
