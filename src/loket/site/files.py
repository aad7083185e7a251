"""Where this house keeps files and who scans them, from the settings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from loket.connectors.opslag import LocalDisk
from loket.connectors.virusscanner import Clamd, Unset
from loket.grammar import files
from loket.kernel import tenant

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "documenten"


def connect() -> None:
    """Bind the storage and the scanner of the settings."""
    files.bind(_storage, _scanner)


def missing() -> list[str]:
    """Return what does not answer; nothing when files can be stored."""
    found = []
    for name, check in (("opslag", _check_storage), ("virusscanner", _scanner().check)):
        try:
            check()
        except files.Unavailable as problem:
            found.append(f"{name}: {problem.detail}")
    return found


def _folder() -> Path:
    folder: Path = settings.DATA_DIR / FOLDER
    return folder


def _storage() -> LocalDisk:
    return LocalDisk(_folder() / tenant.current().name)


def _check_storage() -> None:
    LocalDisk(_folder()).check()


@cache
def _scanner() -> Clamd | Unset:
    return Clamd(settings.CLAMD_URL) if settings.CLAMD_URL else Unset()
