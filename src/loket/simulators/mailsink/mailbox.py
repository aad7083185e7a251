"""The mails on disk: one file each, whole or not there at all."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from loket.simulators.mailsink.reading import Content, read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NAME = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}", re.ASCII)
_MOMENT = "%Y%m%dT%H%M%S%f"
_CACHED = 2048


@dataclass(frozen=True, slots=True)
class Stored:
    """A mail as it was received."""

    id: str
    received: datetime
    content: Content


class Mailbox:
    """A folder of mails; what a stopped process left half-written is swept away."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for left_behind in folder.glob("*.part"):
            left_behind.unlink()
        self._folder = folder

    def keep(self, mail: bytes, sender: str, recipients: Sequence[str]) -> str:
        """Store a mail under its envelope and return its id, once it is safely on disk."""
        name = f"{datetime.now(UTC):{_MOMENT}}-{secrets.token_hex(4)}"
        envelope = [f"Return-Path: <{sender}>", *(f"Delivered-To: {to}" for to in recipients)]
        half = self._folder / f"{name}.part"
        with half.open("wb") as file:
            file.write("".join(f"{line}\r\n" for line in envelope).encode() + mail)
            file.flush()
            os.fsync(file.fileno())
        half.rename(self._path(name))
        self._settle()
        return name

    def ids(self) -> list[str]:
        """Return the ids of all mails, newest first."""
        return sorted((path.stem for path in self._folder.glob("*.eml")), reverse=True)

    def find(self, name: str) -> Stored | None:
        """Return one mail, or None if there is no such mail."""
        if not _NAME.fullmatch(name):
            return None
        try:
            content = _content(self._path(name))
        except FileNotFoundError:
            return None
        received = datetime.strptime(name.partition("-")[0], _MOMENT).replace(tzinfo=UTC)
        return Stored(name, received, content)

    def all(self) -> list[Stored]:
        """Return all mails, newest first."""
        return [mail for name in self.ids() if (mail := self.find(name))]

    def clear(self) -> int:
        """Throw all mails away and return how many there were."""
        names = self.ids()
        for name in names:
            self._path(name).unlink(missing_ok=True)
        _content.cache_clear()
        self._settle()
        return len(names)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.eml"

    def _settle(self) -> None:
        """Make the folder's list of names survive a loss of power."""
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@lru_cache(maxsize=_CACHED)
def _content(path: Path) -> Content:
    return read(path.read_bytes())
