"""What a file really is, by its first bytes, and whether that contradicts what is said of it.

Only what can be known is held against a client: a file whose first bytes say nothing may be called
anything, and a format without a signature of its own may hold anything but a programme. Why not a
library: they guess by name and probability, and what is refused here must be certain.
"""

from __future__ import annotations

import mimetypes
import re
from typing import Final

_SIGNATURES: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (8, b"WEBP", "webp"),
    (8, b"WAVEfmt", "wav"),
    (8, b"AVI LIST", "avi"),
    (4, b"ftyphei", "heic"),
    (4, b"ftypmif1", "heic"),
    (4, b"ftyp", "mp4"),
    (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole2"),
    (0, b"\x1f\x8b\x08", "gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"{\\rtf", "rtf"),
    (0, b"\x7fELF", "programma"),
)
_MARKUP: Final = (
    (re.compile(rb"<(!doctype\s+html|html|head|body|script)\b", re.IGNORECASE), "html"),
    (re.compile(rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype\s+svg[^>]*>\s*)?<svg\b",
                re.IGNORECASE | re.DOTALL), "svg"),
    (re.compile(rb"<\?xml\b"), "xml"),
)  # fmt: skip
_TYPES: Final = {
    "pdf": ("application/pdf", "application/x-pdf"),
    "png": ("image/png", "image/x-png"),
    "jpeg": ("image/jpeg", "image/jpg", "image/pjpeg"),
    "gif": ("image/gif",),
    "tiff": ("image/tiff", "image/tif"),
    "webp": ("image/webp",),
    "wav": ("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"),
    "avi": ("video/x-msvideo", "video/avi", "video/msvideo"),
    "heic": ("image/heic", "image/heif"),
    "mp4": (
        "video/mp4",
        "audio/mp4",
        "video/quicktime",
        "audio/x-m4a",
        "video/3gpp",
        "video/x-m4v",
    ),
    "ogg": ("audio/ogg", "video/ogg", "application/ogg"),
    "mp3": ("audio/mpeg", "audio/mp3"),
    "zip": ("application/zip", "application/x-zip-compressed", "application/x-zip"),
    "gzip": ("application/gzip", "application/x-gzip"),
    "7z": ("application/x-7z-compressed",),
    "rar": ("application/vnd.rar", "application/x-rar-compressed", "application/x-rar"),
    "rtf": ("application/rtf", "text/rtf"),
    "html": ("text/html", "application/xhtml+xml"),
    "svg": ("image/svg+xml",),
    "xml": ("application/xml", "text/xml"),
    "ole2": ("application/x-ole-storage",),
    "programma": ("application/x-msdownload", "application/x-executable"),
}
_FAMILY: Final = {kind: family for family, kinds in _TYPES.items() for kind in kinds}
_OFFICE: Final = re.compile(
    r"application/(msword|msexcel|mspowerpoint|vnd\.ms-.*|vnd\.openxmlformats-.*|vnd\.oasis\..*)"
)
_TEXT: Final = frozenset({"html", "svg", "xml", "rtf"})
_INSIDE: Final = {
    "office": frozenset({"zip", "ole2", "rtf", "html", "xml"}),
    "text": _TEXT,
    "html": frozenset({"html", "xml", "svg"}),
    "xml": frozenset({"xml", "svg", "html"}),
    "svg": frozenset({"svg", "xml"}),
}
"""What may stand inside a format: Word opens RTF and HTML, a locked docx is OLE2, a docx a ZIP."""


def family_of(head: bytes) -> str:
    """Return what the first bytes say that a file is; empty when they say nothing."""
    for place, signature, family in _SIGNATURES:
        if head[place : place + len(signature)] == signature:
            return family
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[:2] == b"MZ" and (b"PE\x00\x00" in head or b"This program" in head):
        return "programma"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((family for shape, family in _MARKUP if shape.match(text)), "")


def real_type(head: bytes) -> str:
    """Return the media type that the first bytes tell of; empty when they say nothing."""
    family = family_of(head)
    return _TYPES[family][0] if family else ""


def _declared_family(formaat: str) -> str:
    kind = formaat.split(";", maxsplit=1)[0].strip().lower()
    if "/" not in kind:  # some clients send an extension
        kind = mimetypes.guess_type(f"x.{kind.lstrip('.')}")[0] or ""
    if _OFFICE.fullmatch(kind):
        return "office"
    return _FAMILY.get(kind) or ("text" if kind.startswith("text/") else "")


def contradicts(formaat: str, real: str) -> bool:
    """Tell whether a file of the `real` type cannot be of the declared format."""
    declared, found = _declared_family(formaat), _FAMILY.get(real, "")
    if not declared or not found or declared == found:
        return False
    return found not in _INSIDE.get(declared, ())
