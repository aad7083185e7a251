"""The parts of an upload made into one file, before the transaction that needs it."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from loket.grammar.blobs import Stored, kept
from loket.grammar.files import storage
from loket.grammar.spool import HEAD
from loket.kernel.problems import Fault, Invalid
from loket.kernel.values import uuid7
from loket.registers.documenten.controlegetallen import checksum
from loket.registers.documenten.formaten import real_type

if TYPE_CHECKING:
    from collections.abc import Iterator

Parts = list[tuple[Any, Any]]


@contextmanager
def joined(document: Any, *, throw_away: bool) -> Iterator[tuple[Parts, Stored | None]]:
    """Join the parts of a document's upload, and yield what they were and what they became.

    An upload without parts, or that is thrown away, becomes nothing; Invalid when one lacks.
    """
    parts: Parts = [(each.pk, each.inhoud) for each in document.delen.order_by("volgnummer")]
    if throw_away or not parts:
        yield parts, None
        return
    if any(file is None for _, file in parts):
        raise _refused("incomplete-upload", "Nog niet alle bestandsdelen zijn er.")
    size = sum(file["omvang"] for _, file in parts)
    if size != document.bestandsomvang:
        raise _refused("file-size", "De delen zijn samen niet zo groot als de bestandsomvang.")
    watched = _Watched([file["sleutel"] for _, file in parts])
    key = f"{document.pk}/{uuid7()}"
    with kept(key, watched.chunks):
        yield parts, watched.described(key, size, document.integriteit)


class _Watched:
    """Files read one after another, with what is learned of the whole in reading it."""

    def __init__(self, keys: list[str]) -> None:
        self.keys = keys
        self.head = b""
        self.sha256 = ""

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes of all parts."""
        made, head = hashlib.sha256(), b""
        kept_in = storage()
        for key in self.keys:
            for chunk in kept_in.read(key):
                made.update(chunk)
                if len(head) < HEAD:
                    head += chunk[: HEAD - len(head)]
                yield chunk
        self.sha256, self.head = made.hexdigest(), head

    def described(self, key: str, size: int, integriteit: Any) -> Stored:
        """Describe the whole."""
        algoritme, waarde = (
            (integriteit["algoritme"], integriteit["waarde"]) if integriteit else ("", "")
        )
        total = checksum(algoritme, waarde, self.chunks() if algoritme else ())
        return Stored(
            key=key,
            size=size,
            sha256=self.sha256,
            kind=real_type(self.head),
            sums={algoritme: total} if total else {},
        )


def _refused(code: str, reason: str) -> Invalid:
    return Invalid([Fault("nonFieldErrors", code, reason)])
