"""A file on its way out: whole or in part, as an attachment, never in memory (RFC 9110, 6266)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loket.grammar.blobs import Download

_RANGE = re.compile(r"bytes=\s*(\d{0,20})-(\d{0,20})\s*")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def file_name(name: str) -> str:
    """Return a name that stays in its folder and means nothing to a shell or a header."""
    plain = "".join(
        sign for sign in _UNSAFE.sub("_", name) if unicodedata.category(sign) not in ("Cf", "Cs")
    )
    return plain.strip(" .")[-150:] or "document"


def disposition(name: str) -> str:
    """Return the header that makes a browser save a file under a name."""
    safe = file_name(name)
    ascii_only = re.sub(r"[^\x20-\x7e]|%", "_", safe)
    return f"attachment; filename=\"{ascii_only}\"; filename*=UTF-8''{quote(safe, safe='')}"


def range_of(asked: str, size: int) -> tuple[int, int] | None:
    """Return begin and end of the one range asked for; None when it is to be passed over.

    Raises IndexError when it lies outside the file.
    """
    match = _RANGE.fullmatch(asked)
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        start, end = max(0, size - int(match[2])), size
    else:
        start = int(match[1])
        end = min(int(match[2]) + 1, size) if match[2] else size
        if match[2] and int(match[2]) < start:
            return None
    if start >= size or start == end:
        raise IndexError
    return start, end


def sent(
    download: Download, asked: Mapping[str, str], *, only_headers: bool
) -> tuple[int, bytes | Iterator[bytes], dict[str, str]]:
    """Return status, body and headers of the answer with a file."""
    tag = f'"{download.tag}"'
    headers = {
        "Content-Type": download.kind,
        "Content-Disposition": disposition(download.name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-cache",
        "Accept-Ranges": "bytes",
        "ETag": tag,
    }
    known = asked.get("if-none-match", "")
    if known and (known.strip() == "*" or tag in re.findall(r'"[^"]*"', known)):
        return 304, b"", headers
    start, end, status = 0, download.size, 200
    if not only_headers and asked.get("if-range", tag).strip() == tag:
        try:
            part = range_of(asked.get("range", ""), download.size)
        except IndexError:
            return 416, b"", {**headers, "Content-Range": f"bytes */{download.size}"}
        if part is not None:
            start, end = part
            status = 206
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{download.size}"
    headers["Content-Length"] = str(end - start)
    body: Any = b"" if only_headers or start == end else download.read(start, end)
    return status, body, headers
