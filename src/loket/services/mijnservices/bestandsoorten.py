"""What files a citizen or company may send along: how large, and of which kind.

The municipality chooses out of what the house takes. The name of a file says nothing of its kind:
what the first bytes tell is leading, and for the formats that are a ZIP what stands in it. A
document with macros is refused, whatever it is called.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from django.conf import settings

from loket.registers.beheer import bestanden
from loket.registers.beheer.bestanden import MB, Soort
from loket.registers.documenten.formaten import real_type

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from loket.grammar.spool import Spool


@dataclass(frozen=True)
class Bestandsoort:
    """Een soort bestand: hoe burgers die noemen, het mediatype, en hoe een naam dan eindigt."""

    soort: Soort
    formaat: str
    uitgangen: tuple[str, ...]

    @property
    def naam(self) -> str:
        """Zo noemen burgers het."""
        return str(self.soort.label)


@dataclass(frozen=True)
class Toegelaten:
    """Wat de gemeente aanneemt: bestanden van hoogstens zoveel bytes, van deze soorten."""

    most: int
    soorten: tuple[Bestandsoort, ...]

    @property
    def mb(self) -> int:
        """Hoeveel MB een bestand mag zijn."""
        return self.most // MB

    @property
    def namen(self) -> str:
        """De soorten, zoals een zin ze noemt."""
        return ", ".join(each.naam for each in self.soorten)


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN: Final = "application/vnd.oasis.opendocument"
_SOORTEN: Final = (
    Bestandsoort(Soort.PDF, "application/pdf", (".pdf",)),
    Bestandsoort(Soort.JPG, "image/jpeg", (".jpg", ".jpeg")),
    Bestandsoort(Soort.PNG, "image/png", (".png",)),
    Bestandsoort(Soort.HEIC, "image/heic", (".heic", ".heif")),
    Bestandsoort(Soort.TIFF, "image/tiff", (".tif", ".tiff")),
    Bestandsoort(Soort.GIF, "image/gif", (".gif",)),
    Bestandsoort(Soort.WEBP, "image/webp", (".webp",)),
    Bestandsoort(Soort.DOCX, f"{_OFFICE}.wordprocessingml.document", (".docx",)),
    Bestandsoort(Soort.XLSX, f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",)),
    Bestandsoort(Soort.PPTX, f"{_OFFICE}.presentationml.presentation", (".pptx",)),
    Bestandsoort(Soort.ODT, f"{_OPEN}.text", (".odt",)),
    Bestandsoort(Soort.ODS, f"{_OPEN}.spreadsheet", (".ods",)),
    Bestandsoort(Soort.ODP, f"{_OPEN}.presentation", (".odp",)),
)
_BINNENIN: Final = {
    "word/document.xml": f"{_OFFICE}.wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OFFICE}.presentationml.presentation",
}
_MACROS: Final = ("vbaproject.bin", "basic/", "scripts/")
_ZIP: Final = "application/zip"


def toegelaten(mb: int | None = None, gekozen: Collection[str] = ()) -> Toegelaten:
    """Return what a municipality takes that chose this, as far as the house takes it."""
    most = int(settings.UPLOAD_MOST_BYTES)
    taken = {each for each in bestanden.soorten() if not gekozen or each in gekozen}
    soorten = tuple(each for each in _SOORTEN if each.soort in taken)
    return Toegelaten(min(most, mb * MB) if mb else most, soorten)


def passend(soorten: Iterable[Bestandsoort], patroon: str) -> tuple[Bestandsoort, ...]:
    """Return those that fit the pattern of a form: `image/*,.pdf`; all where it says nothing."""
    parts = [each.strip().lower() for each in patroon.replace(";", ",").split(",") if each.strip()]
    if not parts or "*" in parts:
        return tuple(soorten)
    return tuple(each for each in soorten if any(_fits(each, part) for part in parts))


def _fits(soort: Bestandsoort, part: str) -> bool:
    if part.startswith((".", "*.")):
        return part.removeprefix("*") in soort.uitgangen
    return soort.formaat == part or (part.endswith("/*") and soort.formaat.startswith(part[:-1]))


def accept(soorten: Iterable[Bestandsoort]) -> str:
    """Return the kinds as the attribute `accept` of a field for files has them."""
    found = tuple(soorten)
    endings = chain.from_iterable(each.uitgangen for each in found)
    return ",".join([*endings, *(each.formaat for each in found)])


def herkend(spool: Spool, soorten: Iterable[Bestandsoort]) -> Bestandsoort | None:
    """Return which of the kinds a file is; None when it is none of them."""
    kind = real_type(spool.head)
    if kind == _ZIP:
        kind = _inside(spool)
    return next((each for each in soorten if each.formaat == kind), None)


def _inside(spool: Spool) -> str:
    """Return which kind of document a ZIP is; empty for another one, or one with macros."""
    try:
        with zipfile.ZipFile(io.BufferedReader(_Readable(spool))) as archive:
            names = {each.lower() for each in archive.namelist()}
            if any(each.endswith(_MACROS[0]) or each.startswith(_MACROS[1:]) for each in names):
                return ""
            if "mimetype" in names:
                with archive.open("mimetype") as opened:
                    return opened.read(100).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, NotImplementedError, RuntimeError):
        return ""
    return next((kind for name, kind in _BINNENIN.items() if name in names), "")


class _Readable(io.RawIOBase):
    """A spool as a file that can be read from any place."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._at = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read from any place."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; never before the first byte."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._spool.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read on from the place."""
        read = b"".join(self._spool.part(self._at, self._at + len(buffer)))
        buffer[: len(read)] = read
        self._at += len(read)
        return len(read)
