"""A logo: a small SVG without anything that acts, or a small PNG, kept as a data URI."""

from __future__ import annotations

import base64
import binascii
import re
import struct
import zlib
from xml.parsers import expat

from loket.kernel.problems import InvalidValue

LARGEST = 48 * 1024
"""Bytes: a logo goes along with every page."""

WIDEST = 1200
"""Pixels of a PNG, in either direction."""

PNG, SVG = "image/png", "image/svg+xml"
_URI = re.compile(r"data:(image/png|image/svg\+xml);base64,([A-Za-z0-9+/=\s]+)")
_SIGNATURE = b"\x89PNG\r\n\x1a\n"

_SPACE = "http://www.w3.org/2000/svg"
_ELEMENT_NAMES = """
    svg g path rect circle ellipse line polyline polygon text tspan title desc defs linearGradient
    radialGradient stop clipPath mask use symbol
"""
_ATTRIBUTE_NAMES = """
    id class style transform d x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height viewBox points
    version preserveAspectRatio fill fill-rule fill-opacity stroke stroke-width stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity opacity
    clip-path clip-rule clipPathUnits mask maskUnits offset stop-color stop-opacity gradientUnits
    gradientTransform spreadMethod href font-family font-size font-weight font-style letter-spacing
    text-anchor dominant-baseline color display visibility role aria-label aria-hidden focusable
    lang space
"""
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_REFERENCE = re.compile(r"url\(\s*(?!#)", re.IGNORECASE)


def logo(raw: str) -> str:
    """Return the data URI of a logo without white space, or raise InvalidValue."""
    match = _URI.fullmatch(raw)
    if match is None:
        raise InvalidValue(
            "invalid", "Een logo is een data-URI met een PNG of SVG (data:image/png;base64,…)."
        )
    kind, content = match[1], _bytes(match[2])
    if len(content) > LARGEST:
        raise InvalidValue("max_length", f"Een logo is hoogstens {LARGEST // 1024} kB groot.")
    (_check_png if kind == PNG else _check_svg)(content)
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def inlined(kind: str, content: bytes) -> str:
    """Return an image as a data URI."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def image(uri: str) -> tuple[str, bytes]:
    """Return media type and content of a logo that was checked."""
    head, _, content = uri.partition(",")
    return head[len("data:") : -len(";base64")], base64.b64decode(content)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error:
        raise InvalidValue("invalid", "De inhoud van het logo is geen geldige base64.") from None


def _check_png(content: bytes) -> None:
    if not content.startswith(_SIGNATURE):
        raise InvalidValue("invalid", "Dit bestand is geen PNG.")
    chunks = _chunks(content)
    if [chunks[0][0], chunks[-1][0]] != [b"IHDR", b"IEND"] or len(chunks[0][1]) != 13:
        raise InvalidValue("invalid", "Deze PNG is niet heel.")
    width, height = struct.unpack(">II", chunks[0][1][:8])
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        raise InvalidValue("invalid", f"Een logo is hoogstens {WIDEST} bij {WIDEST} pixels.")


def _chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    """Return the chunks of a PNG, each held to its checksum."""
    made, at = [], len(_SIGNATURE)
    while at < len(content):
        head = content[at : at + 8]
        if len(head) < 8:
            raise InvalidValue("invalid", "Deze PNG is niet heel.")
        length, name = struct.unpack(">I4s", head)
        body, end = content[at + 8 : at + 8 + length], content[at + 8 + length : at + 12 + length]
        if len(end) < 4 or zlib.crc32(name + body) != int.from_bytes(end):
            raise InvalidValue("invalid", "Deze PNG is niet heel.")
        made.append((name, body))
        at += 12 + length
    if not made:
        raise InvalidValue("invalid", "Deze PNG is niet heel.")
    return made


def _check_svg(content: bytes) -> None:
    reading = _Svg()
    try:
        reading.parser.Parse(content, True)  # noqa: FBT003 - the parser's own signature
    except expat.ExpatError as problem:
        raise InvalidValue("invalid", f"Deze SVG is geen geldige XML: {problem}.") from None
    except ValueError:
        if reading.refused:
            raise InvalidValue("invalid", reading.refused) from None
        raise InvalidValue("invalid", "Deze SVG kan niet worden gelezen.") from None


class _Svg:
    """Reads an SVG and stops at the first thing that a logo does not need."""

    def __init__(self) -> None:
        self.refused = ""
        self._first = True
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._element
        self.parser.StartDoctypeDeclHandler = self._never("een DOCTYPE")
        self.parser.EntityDeclHandler = self._never("een entiteit")
        self.parser.ProcessingInstructionHandler = self._never("een verwerkingsopdracht")

    def _never(self, what: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - expat's handlers differ
        def stop(*_: object) -> None:
            self._refuse(f"Een logo mag niet bevatten: {what}.")

        return stop

    def _refuse(self, reason: str) -> None:
        self.refused = reason
        raise ValueError(reason)

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition("}")
        if self._first and (space, local) != (_SPACE, "svg"):
            self._refuse("Dit bestand is geen SVG.")
        self._first = False
        if space != _SPACE or local not in _ELEMENTS:
            self._refuse(f"Een logo mag niet bevatten: het element {local}.")
        for attribute, value in attributes.items():
            self._attribute(attribute.rpartition("}")[2], value)

    def _attribute(self, name: str, value: str) -> None:
        if name not in _ATTRIBUTES:
            self._refuse(f"Een logo mag niet bevatten: het attribuut {name}.")
        if name == "href" and not value.startswith("#"):
            self._refuse("Een logo mag alleen naar iets in zichzelf verwijzen.")
        if _REFERENCE.search(value) or "\\" in value:
            self._refuse("Een logo mag alleen naar iets in zichzelf verwijzen.")
