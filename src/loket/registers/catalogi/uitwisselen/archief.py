"""Reading a ZIP that somebody sent: nothing is unpacked to disk, and nothing in it is believed."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from loket.grammar import codec
from loket.kernel.problems import Malformed
from loket.registers.catalogi.uitwisselen.bestanden import FILES

MAX_ZIP: Final = 50 * 1024 * 1024
MAX_BYTES: Final = 100 * 1024 * 1024
MAX_ENTRIES: Final = 200
MAX_THINGS: Final = 20_000
_CHUNK: Final = 64 * 1024


class ArchiveError(ValueError):
    """De ZIP kan niet worden gelezen."""


@dataclass(frozen=True)
class Thing:
    """One representation in a file of the ZIP."""

    file: str
    nr: int
    body: dict[str, Any]

    @property
    def url(self) -> str:
        """The address under which the rest of the ZIP refers to it."""
        return str(self.body["url"])

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"{self.file} nr. {self.nr}"


@dataclass(frozen=True)
class Contents:
    """What a ZIP holds: the things by file, and the names of files that are not of a catalogus."""

    things: dict[str, tuple[Thing, ...]]
    ignored: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many things there are."""
        return sum(map(len, self.things.values()))


def read(source: Path | IO[bytes]) -> Contents:
    """Read a ZIP; ArchiveError says in one sentence what is wrong with it."""
    try:
        if _size(source) > MAX_ZIP:
            raise ArchiveError(f"De ZIP is groter dan {MAX_ZIP // 2**20} MiB.")
        with zipfile.ZipFile(source) as archive:
            return _contents(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError) as problem:
        raise ArchiveError("Dit is geen (hele) ZIP.") from problem
    except (NotImplementedError, RuntimeError) as problem:
        raise ArchiveError(
            "De ZIP is versleuteld of op een onbekende manier ingepakt."
        ) from problem


def _size(source: Path | IO[bytes]) -> int:
    if isinstance(source, Path):
        return source.stat().st_size
    source.seek(0, 2)
    size = source.tell()
    source.seek(0)
    return size


def _contents(archive: zipfile.ZipFile) -> Contents:
    entries = [each for each in archive.infolist() if not each.is_dir()]
    if len(entries) > MAX_ENTRIES:
        raise ArchiveError(f"De ZIP heeft meer dan {MAX_ENTRIES} bestanden.")
    known, ignored = _sorted_out(entries)
    if not known:
        raise ArchiveError(
            "De ZIP heeft geen bestanden van een catalogus, zoals Catalogus.json of ZaakType.json."
        )
    left = MAX_BYTES
    things: dict[str, tuple[Thing, ...]] = dict.fromkeys(FILES, ())
    for file in FILES:
        if file in known:
            content = _bytes(archive, known[file], left)
            left -= len(content)
            things[file] = _things(file, content)
    contents = Contents(things, tuple(ignored))
    _check(contents)
    return contents


def _sorted_out(entries: list[zipfile.ZipInfo]) -> tuple[dict[str, zipfile.ZipInfo], list[str]]:
    """Return the files of a catalogus by name, also when all stand in one folder, and the rest."""
    known: dict[str, zipfile.ZipInfo] = {}
    ignored: list[str] = []
    for entry in entries:
        path = entry.filename.replace("\\", "/")
        *folders, name = path.split("/")
        if path.startswith("/") or ".." in folders or ":" in path or len(path) > 255:
            raise ArchiveError("De ZIP heeft een bestand met een pad dat naar buiten wijst.")
        if name not in FILES or len(folders) > 1 or folders == ["__MACOSX"]:
            ignored.append(path)
        elif name in known:
            raise ArchiveError(f"{name} staat twee keer in de ZIP.")
        else:
            known[name] = entry
    return known, ignored


def _bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """Unpack a file up to a limit, whatever the ZIP says of its size."""
    pieces, size = [], 0
    with archive.open(entry) as opened:
        while piece := opened.read(_CHUNK):
            size += len(piece)
            if size > most:
                raise ArchiveError(f"Uitgepakt is de ZIP groter dan {MAX_BYTES // 2**20} MiB.")
            pieces.append(piece)
    return b"".join(pieces)


def _things(file: str, content: bytes) -> tuple[Thing, ...]:
    if b"\\u0000" in content:
        raise ArchiveError(f"{file} bevat tekens die niet zijn toegestaan.")
    try:
        found = codec.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except Malformed:
        raise ArchiveError(f"{file} is geen JSON.") from None
    if not isinstance(found, list):
        raise ArchiveError(f"{file} heeft geen lijst.")
    for nr, each in enumerate(found, start=1):
        if not isinstance(each, dict):
            raise ArchiveError(f"{file} nr. {nr} is geen object.")
        if not isinstance(each.get("url"), str) or not each["url"]:
            raise ArchiveError(f"{file} nr. {nr} heeft geen url.")
    return tuple(Thing(file, nr, each) for nr, each in enumerate(found, start=1))


def _check(contents: Contents) -> None:
    if contents.count == 0:
        raise ArchiveError("De bestanden in de ZIP zijn leeg.")
    if contents.count > MAX_THINGS:
        raise ArchiveError(f"De ZIP heeft meer dan {MAX_THINGS} typen en onderdelen.")
    seen: set[str] = set()
    for thing in (each for things in contents.things.values() for each in things):
        if thing.url in seen:
            raise ArchiveError(f"{thing.place}: deze url staat twee keer in de ZIP.")
        seen.add(thing.url)
