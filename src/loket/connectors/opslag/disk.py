"""Files on a local disk: a file is there whole or not at all, also after a power cut."""

from __future__ import annotations

import logging
import os
import secrets
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from loket.connectors.opslag import names
from loket.grammar.files import Kept, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

log = logging.getLogger(__name__)

PIECE = 256 * 1024
HALF = ".half"
"""The folder of files that are not whole yet; no key can be named so."""

_NOT_THERE = (FileNotFoundError, IsADirectoryError, NotADirectoryError)
_AWAY = "De opslag van bestanden is nu niet bereikbaar."


@dataclass(frozen=True)
class LocalDisk:
    """The folder of one tenant; a key is a path below it."""

    root: Path

    def put(self, key: str, chunks: Iterable[bytes]) -> int:
        """Write aside on the same disk, see it safe, and move it to where it belongs."""
        target = self.root / names.key(key)
        size = 0
        with self._half() as (half, handle):
            for chunk in chunks:
                _write(handle, chunk)
                size += len(chunk)
            with _told():
                os.fsync(handle)
                _move(half, target)
        with _told():
            self._make_safe(target.parent)
        return size

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Open the file now, so that the caller hears at once when it is not there."""
        pieces = _pieces(self.root / names.key(key), start, end)
        try:
            with _told(*_NOT_THERE):
                next(pieces)
        except _NOT_THERE:
            raise KeyError(key) from None
        return pieces

    def remove(self, prefix: str) -> int:
        """Remove files, and the folders that they leave empty."""
        removed = 0
        for kept in self.keys(names.telling_prefix(prefix)):
            path = self.root / kept.key
            with _told(), suppress(*_NOT_THERE):
                path.unlink()
                removed += 1
            self._drop_empty(path.parent)
        return removed

    def keys(self, prefix: str = "") -> Iterator[Kept]:
        """Walk through the folders in the order of the keys."""
        folder, _, _ = names.prefix(prefix).rpartition("/")
        for path, found in _walk(self.root / folder if folder else self.root, prefix, self.root):
            moment = datetime.fromtimestamp(found.st_mtime, UTC)
            yield Kept(path, found.st_size, moment)

    def sweep(self, before: datetime) -> int:
        """Remove what is left of files that were being put before a moment and never came whole."""
        swept = 0
        with _told():
            for half in (self.root / HALF).glob("*"):
                stat = _stat(half)
                if stat and stat.st_mtime < before.timestamp():
                    half.unlink(missing_ok=True)
                    swept += 1
        return swept

    def check(self) -> None:
        """See that a file can be written here; Unavailable."""
        with self._half() as (_, handle):
            _write(handle, b".")
            with _told():
                os.fsync(handle)

    @contextmanager
    def _half(self) -> Iterator[tuple[Path, int]]:
        """Open a file that is gone after the block, unless it was moved to its place."""
        half = self.root / HALF / secrets.token_hex(8)
        with _told():
            half.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            yield half, handle
        finally:
            with suppress(OSError):  # what was written is safe already, or thrown away
                os.close(handle)
            with suppress(OSError):  # if it stays, it is swept one day
                half.unlink(missing_ok=True)

    def _drop_empty(self, folder: Path) -> None:
        with suppress(OSError):  # somebody may just have put something in it
            while folder != self.root:
                folder.rmdir()
                folder = folder.parent

    def _make_safe(self, folder: Path) -> None:
        """Let the names of the file and of its folders survive a power cut."""
        while True:
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
            if folder == self.root:
                return
            folder = folder.parent


def _move(half: Path, target: Path) -> None:
    """Move a file to its folder, which may be taken away as empty while we make it."""
    for _ in range(100):
        with suppress(FileNotFoundError, FileExistsError):  # it went, or it went and came
            target.parent.mkdir(parents=True, exist_ok=True)
            half.replace(target)
            return
    raise FileNotFoundError(target)


def _write(handle: int, chunk: bytes) -> None:
    left = memoryview(chunk)
    with _told():
        while left:
            left = left[os.write(handle, left) :]


def _pieces(path: Path, start: int, end: int | None) -> Iterator[bytes]:
    """Yield nothing once the file is open, and then what it holds."""
    with path.open("rb") as opened:
        opened.seek(start)
        yield b""
        left = None if end is None else max(0, end - start)
        while left is None or left > 0:
            with _told():
                piece = opened.read(PIECE if left is None else min(PIECE, left))
            if not piece:
                return
            if left is not None:
                left -= len(piece)
            yield piece


def _walk(folder: Path, prefix: str, root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield keys below a folder; a folder sorts as its name with a `/`, as its keys do."""
    try:
        with _told(*_NOT_THERE), os.scandir(folder) as found:
            entries = sorted(
                entry.name + ("/" if entry.is_dir(follow_symlinks=False) else "")
                for entry in found
                if not entry.name.startswith(".")
            )
    except _NOT_THERE:
        return
    above = "" if folder == root else f"{folder.relative_to(root)}/"
    for name in entries:
        key = above + name
        if name.endswith("/") and (key.startswith(prefix) or prefix.startswith(key)):
            yield from _walk(folder / name, prefix, root)
        elif key.startswith(prefix) and (stat := _stat(root / key)):
            yield key, stat


def _stat(path: Path) -> os.stat_result | None:
    try:
        with _told(*_NOT_THERE):
            return path.stat()
    except _NOT_THERE:
        return None


@contextmanager
def _told(*expected: type[OSError]) -> Iterator[None]:
    """Turn what goes wrong with the disk into Unavailable, but for what the caller expects."""
    try:
        yield
    except OSError as problem:
        if isinstance(problem, expected):
            raise
        log.error("the storage on disk fails: %s", problem)  # noqa: TRY400 - a full disk, no bug
        raise Unavailable(_AWAY) from problem
