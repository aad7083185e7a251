"""Whatever a mail holds, what we show of it can do no harm."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.simulators.mailsink.markup import from_html, from_text

HARMLESS = {
    *("h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "blockquote", "strong", "em", "a"),
    *("div", "br"),
}
SAFE = ("http://", "https://", "mailto:", "tel:")


class Checked(HTMLParser):
    """Fails on any element or attribute that is not harmless, and on what is left open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in HARMLESS
        if tag == "a":
            assert [name for name, _ in attrs] == ["href", "rel"]
            assert (attrs[0][1] or "").lower().startswith(SAFE)
        else:
            assert attrs == []
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)


def check(markup: str) -> None:
    checked = Checked()
    checked.feed(markup)
    checked.close()
    assert checked.open == []


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Dag <b>Jelle</b></p>", "<p>Dag <strong>Jelle</strong></p>"),
        ("<h1>Nieuws</h1>", "<h3>Nieuws</h3>"),
        ("<p>Niet <em>gesloten", "<p>Niet <em>gesloten</em></p>"),
        ("<b><i>Door</b> elkaar</i>", "<strong><em>Door</em></strong> elkaar"),
        ("</p>Los", "Los"),
        ("a<br/>b", "a<br>b"),
        ("<script>alert(1)</script>Na", "Na"),
        ("<style>p{}</style>Na", "Na"),
        ("<svg><script>alert(1)</script></svg>Na", "Na"),
        ("<img src=x onerror=alert(1) alt='Wapen'>", "Wapen"),
        ("<p onclick=alert(1)>Dag</p>", "<p>Dag</p>"),
        ("<a href='javascript:alert(1)'>Klik</a>", "Klik"),
        ("<a href=' JaVa\tscript:alert(1)'>Klik</a>", "Klik"),
        ("<a href='data:text/html,x'>Klik</a>", "Klik"),
        (
            "<a href='https://example.nl/?a=1&amp;b=\"'>Klik</a>",
            '<a href="https://example.nl/?a=1&amp;b=&#34;" rel="noreferrer">Klik</a>',
        ),
        ("&lt;script&gt;", "&lt;script&gt;"),
        ("<!-- stil --><!doctype html>Na", "Na"),
    ],
)
def test_html_is_built_anew_from_what_we_know(html: str, shown: str) -> None:
    assert from_html(html) == shown
    check(shown)


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<a href='https://x.nl'>", "<a href=javascript:x>", "</a>", "<svg>"),
        *("</svg>", "<script>", "</script>", "<!--", "-->", "<td>", "</td>", "<h1 id=x>"),
        *("&lt;", "&#60;script>", "<", ">", "'", '"', "\x00", "</", "<textarea>", "<b/>", "tekst"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=5)).map("".join))
def test_no_html_gets_through_as_anything_else(html: str) -> None:
    check(from_html(html))


@given(st.lists(st.sampled_from(["https://x.nl/", "<", ">", '"', "&", " ", "."]) | st.text()))
def test_no_text_gets_through_as_anything_else(pieces: list[str]) -> None:
    check(from_text("".join(pieces)))


def test_a_link_in_text_ends_where_the_sentence_does() -> None:
    shown = from_text("Kijk (op https://example.nl/mijn).")
    assert shown == (
        'Kijk (op <a href="https://example.nl/mijn" rel="noreferrer">https://example.nl/mijn</a>).'
    )
