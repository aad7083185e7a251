"""Archives for the tests of the virus scanner, good and bad."""

from __future__ import annotations

import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack files as zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w:") -> bytes:
    """Pack files as tar, packed in its turn when `mode` says so."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


def nested(content: bytes, layers: int) -> bytes:
    """Pack zip in zip."""
    for _ in range(layers):
        content = zipped({"binnen": content}, zipfile.ZIP_STORED)
    return content


def encrypted(files: Mapping[str, bytes]) -> bytes:
    """Pack files as zip and mark them as encrypted."""
    made = bytearray(zipped(files))
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = made.find(magic)
        while start >= 0:
            made[start + flags] |= 1
            start = made.find(magic, start + 4)
    return bytes(made)
