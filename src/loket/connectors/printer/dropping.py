"""A directory that a print service collects: a letter is there whole and once, or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from loket.connectors.printer.values import Receipt, TijdelijkMislukt, check_letter

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from loket.connectors.printer.values import FileDrop

ASIDE: Final = ".loket"
"""The folder of letters that are not whole yet, and of marks: what was dropped already."""

_READABLE = 0o640
"""The print service is in the group of the directory."""


def drop(place: FileDrop, pdf: bytes, reference: str) -> Receipt:
    """Put a letter in the directory under its reference, or raise VerzendenMislukt.

    A second time changes nothing, also when the print service collected the letter meanwhile.
    """
    check_letter(pdf, reference)
    name = f"{reference}.pdf"
    try:
        _drop_once(place.directory, name, pdf)
    except OSError as problem:
        answer = problem.strerror or type(problem).__name__
        raise TijdelijkMislukt(answer, problem.errno) from problem
    return Receipt(reference, 0, name)


def forget(place: FileDrop, before: datetime) -> int:
    """Remove the marks, and what was left half-written, of before a moment; count them."""
    forgotten = 0
    for path in list((place.directory / ASIDE).glob("*")):
        with suppress(FileNotFoundError):  # another was quicker
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
                forgotten += 1
    return forgotten


def _drop_once(directory: Path, name: str, pdf: bytes) -> None:
    aside = directory / ASIDE
    aside.mkdir(mode=0o700, exist_ok=True)  # not its parents: they may be a disk that is away
    mark = aside / name
    if mark.exists():
        return
    if not (directory / name).exists():
        _publish(aside, directory / name, pdf)
    mark.touch(mode=0o600)
    _settle(aside)


def _publish(aside: Path, target: Path, pdf: bytes) -> None:
    """Write aside on the same disk, see it safe, and move it to where it is collected."""
    half = aside / f"{secrets.token_hex(8)}.half"
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _READABLE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Let the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
