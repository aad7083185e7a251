"""A logo holds nothing that acts, nothing from elsewhere and nothing large."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.kernel.problems import InvalidValue
from loket.registers.beheer.logo import LARGEST, PNG, SVG, image, logo
from tests.registers.beheer.pictures import SPACE, as_png, as_svg, chunk, png, svg

GOOD = {
    "png": as_png(png()),
    "svg": as_svg(svg()),
    "gradient": as_svg(
        svg('<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>'
            '<rect fill="url(#a)" style="stroke:#fff"/>')
    ),
    "use": as_svg(svg('<g id="b"/><use href="#b"/>')),
}  # fmt: skip
ACTING = {
    "script": svg("<script>alert(1)</script>"),
    "handler": svg('<path onload="alert(1)"/>'),
    "page": svg(f"<foreignObject><p {SPACE}/></foreignObject>"),
    "html": svg('<p xmlns="http://www.w3.org/1999/xhtml"/>'),
    "elsewhere": svg('<use href="https://elders.example/x.svg#a"/>'),
    "javascript": svg('<use href="javascript:alert(1)"/>'),
    "xlink": svg('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="//elders.example/"/>'),
    "image": svg('<image href="data:image/png;base64,AA"/>'),
    "style": svg("<style>@import url(//elders.example)</style>"),
    "url": svg('<rect fill="url(https://elders.example)"/>'),
    "escaped": svg('<rect style="fill:u\\72l(//elders.example)"/>'),
    "animation": svg('<animate attributeName="href"/>'),
    "doctype": b"<!DOCTYPE svg>" + svg(),
    "entities": b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"),
    "instruction": b'<?xml-stylesheet href="//elders.example"?>' + svg(),
    "half": svg()[:-3],
    "no svg": b"<html/>",
    "nothing": b"",
}
BROKEN = {
    "jpeg": b"\xff\xd8\xff",
    "half": png()[:-6],
    "headless": b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
    "bare": b"\x89PNG\r\n\x1a\n",
    "wide": png(1201, 1),
    "tampered": png().replace(b"IDAT", b"IDAX"),
    "followed": png() + svg(),
}


@pytest.mark.parametrize("uri", GOOD.values(), ids=GOOD)
def test_a_picture_stays_as_it_is(uri: str) -> None:
    assert logo(uri) == uri
    kind, content = image(uri)
    assert kind in (PNG, SVG)
    assert content


@pytest.mark.parametrize("content", ACTING.values(), ids=ACTING)
def test_what_acts_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidValue):
        logo(as_svg(content))


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_png_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidValue):
        logo(as_png(content))


@pytest.mark.parametrize(
    "uri",
    [
        "https://elders.example/logo.png",
        "data:image/gif;base64,AA==",
        "data:text/html;base64,AA==",
        "data:image/png;base64,A",
        as_svg(svg(f'<path d="{"M0 0" * (LARGEST // 4)}"/>')),
    ],
    ids=["address", "gif", "html", "no base64", "large"],
)
def test_another_form_is_refused(uri: str) -> None:
    with pytest.raises(InvalidValue):
        logo(uri)


@given(st.binary(max_size=200), st.sampled_from([as_png, as_svg]))
def test_whatever_comes_is_taken_or_refused(content: bytes, as_uri: object) -> None:
    assert callable(as_uri)
    with suppress(InvalidValue):
        logo(as_uri(content))
