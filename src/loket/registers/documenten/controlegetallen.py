"""Checksums of a file, by the names of the standard."""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHA_3 = {56: "sha3_224", 64: "sha3_256", 96: "sha3_384", 128: "sha3_512"}
_HASHES = {"md5": "md5", "sha_1": "sha1", "sha_256": "sha256", "sha_512": "sha512"}


def declared(body: dict[str, Any]) -> tuple[str, str]:
    """Return algorithm and value of the checksum in a body; empty when there is none."""
    given = body.get("integriteit")
    if not isinstance(given, dict):
        return "", ""
    return str(given.get("algoritme", "")), str(given.get("waarde", "")).strip().lower()


def checksum(algoritme: str, waarde: str, chunks: Iterable[bytes]) -> str:
    """Return the checksum of a file to hold beside `waarde`; empty where nobody can tell.

    The others of the list have several forms in use, or (hmac) a key that we do not have.
    """
    if algoritme == "crc_32":
        number = 0
        for chunk in chunks:
            number = zlib.crc32(chunk, number)
        return f"{number:08x}"
    name = _SHA_3.get(len(waarde), "") if algoritme == "sha_3" else _HASHES.get(algoritme, "")
    if not name:
        return ""
    made = hashlib.new(name, usedforsecurity=False)
    for chunk in chunks:
        made.update(chunk)
    return made.hexdigest()
