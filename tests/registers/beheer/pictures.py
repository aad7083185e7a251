"""Small pictures, whole and broken."""

from __future__ import annotations

import struct
import zlib

from loket.registers.beheer.logo import PNG, SVG, inlined

SPACE = 'xmlns="http://www.w3.org/2000/svg"'


def png(width: int = 2, height: int = 2) -> bytes:
    """Return a black PNG."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 1) * height))
    chunks = [(b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks)


def chunk(name: bytes, body: bytes) -> bytes:
    """Return one chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def svg(inside: str = '<path d="M0 0h8v8z"/>', colour: str = "#005ea5") -> bytes:
    """Return an SVG with something inside."""
    return f'<svg {SPACE} viewBox="0 0 8 8" fill="{colour}">{inside}</svg>'.encode()


def as_png(content: bytes) -> str:
    """Return a data URI that says it is a PNG."""
    return inlined(PNG, content)


def as_svg(content: bytes) -> str:
    """Return a data URI that says it is an SVG."""
    return inlined(SVG, content)
