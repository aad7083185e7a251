"""Where this house keeps files and who scans them, from the settings."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from django.conf import settings

from loket.connectors.opslag import LocalDisk
from loket.connectors.virusscanner import Clamd, Limits, Scanner, Unset
from loket.grammar import files
from loket.kernel import clock, tenant
from loket.site import tenants

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

log = logging.getLogger(__name__)

NEVER_AFTER = timedelta(days=1)
FOLDER = "documenten"
ASIDE = "tijdelijk"
"""Where files stand while they are looked at; they have no name there."""
ON_DISK = "file:"


class _Storage(files.Storage, Protocol):
    """A storage as the house knows it, which is more than a register needs of it."""

    def check(self) -> None: ...
    def sweep(self, before: datetime) -> int: ...


class _House(NamedTuple):
    """What this process keeps files with: a storage below a name, and a scanner."""

    storage: Callable[[str], _Storage]
    scanner: Scanner | Unset


_house: list[_House] = []


def connect() -> None:
    """Bind the storage and the scanner of the settings; ValueError when they cannot work."""
    house = _House(_storage(), _scanner())
    _house[:] = [house]
    files.bind(lambda: house.storage(tenant.current().name), lambda: house.scanner)


def missing() -> list[str]:
    """Return what does not answer; nothing when files can be stored."""
    found = []
    (house,) = _house
    for name, check in (("opslag", house.storage("").check), ("virusscanner", house.scanner.check)):
        try:
            check()
        except files.Unavailable as problem:
            found.append(f"{name}: {problem.detail}")
    return found


def sweep() -> int:
    """Throw away, for all tenants, what a day later still is of files that never came whole."""
    (house,) = _house
    swept = 0
    for each in tenants.everyone():
        try:
            swept += house.storage(each.name).sweep(clock.now() - NEVER_AFTER)
        except files.Unavailable as problem:
            log.warning("half files of %s stay: %s", each.name, problem)
    return swept


def _storage() -> Callable[[str], _Storage]:
    """Return what makes the storage below a name: of a tenant, or of all together."""
    url: str = settings.STORAGE
    if url.startswith("s3:"):
        # Half a second of start-up that only S3 needs.
        from loket.connectors.opslag.s3 import S3, Account  # noqa: PLC0415

        account = Account(url, settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY)
        client = account.client()
        return lambda name: S3(client, account.bucket, f"{name}/" if name else "")
    if not url.startswith(ON_DISK):
        raise ValueError(f"LOKET_STORAGE={url!r} is neither file:/folder nor s3://bucket.")
    folder: Path = settings.DATA_DIR / (url.removeprefix(ON_DISK) or FOLDER)
    return lambda name: LocalDisk(folder / name)


def _scanner() -> Scanner | Unset:
    if not settings.CLAMD_URL:
        return Unset()
    limits = Limits(
        most_bytes=settings.SCAN_MOST_BYTES,
        window=settings.SCAN_WINDOW,
        depth=settings.SCAN_DEPTH,
        expansion=settings.SCAN_EXPANSION,
        ratio=settings.SCAN_RATIO,
    )
    clamd = Clamd(settings.CLAMD_URL, timeout=settings.SCAN_TIMEOUT)
    return Scanner(clamd, settings.DATA_DIR / ASIDE, limits)
