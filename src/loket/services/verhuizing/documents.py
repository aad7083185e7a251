"""The files of a document: from the source to the storage, past the scanner, version by version.

A file is kept before the transaction begins, under a key that follows from document and version:
killed in between, a next run writes over it, and no file stays behind without a row.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from loket.connectors.zgw import Broken, Gone, Unreachable
from loket.grammar.blobs import Stored, kept
from loket.grammar.files import Unavailable, storage
from loket.grammar.spool import Spool
from loket.registers.documenten.bestanden import described

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.connectors.zgw import Source

Json = dict[str, Any]

ATTEMPTS: Final = 3
"""How often a file is fetched that breaks off on the way."""


@dataclass
class Version:
    """A version of a document: what the source tells of it, its file, and where that is kept."""

    record: Json
    spool: Spool | None = None
    stored: Stored | None = None


def fetch_versions(source: Source, url: str, record: Json) -> list[Version]:
    """Fetch every version of a document with its file; what the source lacks is passed over."""
    newest = int(record.get("versie") or 1)
    made: list[Version] = []
    for number in range(1, newest + 1):
        told = record if number == newest else _older(source, url, number)
        if told is not None:
            made.append(Version(told))
    try:
        for version in made:
            version.spool = _file(source, url, version.record)
    except BaseException:
        close(made)
        raise
    return made


def _older(source: Source, url: str, number: int) -> Json | None:
    try:
        found = source.get(url, {"versie": str(number)})
    except Gone:
        return None
    return found if isinstance(found, dict) and found.get("versie") == number else None


def _file(source: Source, url: str, record: Json) -> Spool | None:
    """Fetch the file of a version, whole; Broken when it is not what the source says it is."""
    if not record.get("inhoud"):
        return None
    for attempt in range(1, ATTEMPTS + 1):
        spool = Spool()
        try:
            with source.download(f"{url}/download", {"versie": str(record["versie"])}) as chunks:
                for chunk in chunks:
                    spool.write(chunk)
        except Unreachable as problem:
            spool.close()
            if attempt == ATTEMPTS:
                raise Broken(str(problem)) from None
            continue
        except BaseException:
            spool.close()
            raise
        if record.get("bestandsomvang") in (None, spool.size):
            return spool
        size = spool.size
        spool.close()
    raise Broken(f"{url}: het bestand telt {size} bytes, niet {record['bestandsomvang']}.")


def close(versions: list[Version]) -> None:
    """Let go of what was fetched."""
    for version in versions:
        if version.spool is not None:
            version.spool.close()


@contextmanager
def stored(key: UUID | None, versions: list[Version]) -> Iterator[None]:
    """Keep the files of a document for as long as nothing goes wrong; Infected, Unavailable."""
    with ExitStack() as stack:
        for version in versions:
            spool = version.spool
            if spool is None or key is None:
                continue
            name = uuid5(key, str(version.record.get("versie") or 1))
            known = described(key, spool, version.record)
            version.stored = replace(known, key=f"{key}/{name}")
            stack.enter_context(kept(version.stored.key, spool.chunks))
            _read_back(version.stored)
        yield


def _read_back(made: Stored) -> None:
    """See that the storage gives back what it was given."""
    found = hashlib.sha256()
    for chunk in storage().read(made.key):
        found.update(chunk)
    if found.hexdigest() != made.sha256:
        raise Unavailable(f"De opslag gaf {made.key} anders terug dan het erin ging.")


def forget(versions: list[Version]) -> None:
    """Remove the files of a document that did not come in."""
    for version in versions:
        if version.stored is not None:
            storage().remove(version.stored.key)
