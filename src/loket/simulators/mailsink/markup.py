"""A mail's text and HTML as harmless markup: built up from what we know, not cut down."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from markupsafe import Markup, escape

_LINK: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
_SAFE_HREF: Final = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
# the page itself has h1 and h2
_KEPT: Final = {
    **{f"h{level}": f"h{min(level + 2, 6)}" for level in range(1, 7)},
    **{name: name for name in ("p", "ul", "ol", "li", "blockquote", "strong", "em", "a")},
    "b": "strong",
    "i": "em",
    **dict.fromkeys(("div", "section", "article", "table", "tr", "td", "th"), "div"),
}
_SKIPPED: Final = {
    *("script", "style", "title", "template", "noscript"),
    *("svg", "math", "object", "iframe", "textarea", "select"),
}


def from_text(text: str) -> Markup:
    """Return plain text with its links made clickable."""
    parts, end = [], 0
    for link in _LINK.finditer(text):
        parts += [escape(text[end : link.start()]), _anchor(link[0]), escape(link[0])]
        parts.append(Markup("</a>"))
        end = link.end()
    return Markup("").join([*parts, escape(text[end:])])


def from_html(html: str) -> Markup:
    """Return the structure, text and links of `html`, and nothing else of it."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.built()


def _anchor(href: str) -> Markup:
    return Markup('<a href="{}" rel="noreferrer">').format(href)


class _Builder(HTMLParser):
    """Writes anew the few elements that it knows; text of all others stays, as text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[Markup] = []
        self._open: list[str] = []
        self._skipping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping.append(tag)
        elif self._skipping:
            return
        elif tag == "br":
            self._parts.append(Markup("<br>"))
        elif tag == "img":
            self.handle_data(dict(attrs).get("alt") or "")
        elif tag in _KEPT:
            self._start(_KEPT[tag], dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            if tag == self._skipping[-1]:
                self._skipping.pop()
        elif _KEPT.get(tag) in self._open:
            while self._end() != _KEPT[tag]:
                pass

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._parts.append(escape(data))

    def built(self) -> Markup:
        while self._open:
            self._end()
        return Markup("").join(self._parts)

    def _start(self, tag: str, href: str) -> None:
        if tag == "a" and not _SAFE_HREF.match(href):
            return
        self._open.append(tag)
        self._parts.append(_anchor(href) if tag == "a" else Markup("<{}>").format(tag))

    def _end(self) -> str:
        tag = self._open.pop()
        self._parts.append(Markup("</{}>").format(tag))
        return tag
