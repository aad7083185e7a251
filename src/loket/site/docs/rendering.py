"""Markdown in, HTML out: plain pages that need nothing from another site."""

from __future__ import annotations

import html
import os
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from markdown_it.token import Token

_PARTS = ("tutorial", "how-to", "reference", "explanation")

_FRAME = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Loket</title>
<style>
body {{ margin: 0; font: 1.05rem/1.55 system-ui, sans-serif; color: #1a1a1a; background: #fff;
  display: grid; grid-template-columns: minmax(12rem, 18rem) minmax(0, 48rem); gap: 2rem; }}
nav, main {{ padding: 1.5rem; }}
nav {{ background: #f3f5f7; font-size: .95rem; }}
nav ul {{ list-style: none; padding: 0; }}
nav li {{ margin: .35rem 0; }}
a {{ color: #154273; }}
pre {{ background: #f3f5f7; padding: 1rem; overflow-x: auto; }}
code {{ font-size: .92em; }}
table {{ border-collapse: collapse; display: block; overflow-x: auto; }}
th, td {{ border-bottom: 1px solid #c8ced4; padding: .4rem .8rem .4rem 0; text-align: left;
  vertical-align: top; }}
.skip {{ position: absolute; left: -100rem; }}
.skip:focus {{ left: 0; }}
@media (max-width: 50rem) {{ body {{ display: block; }} }}
</style>
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<nav aria-label="Manual">
{navigation}
</nav>
<main id="main">
{text}</main>
</body>
</html>
"""


@dataclass(frozen=True)
class Page:
    """A page of the manual: its text as tokens, with its links and headings."""

    path: Path
    title: str
    tokens: Sequence[Token]
    links: tuple[str, ...]
    anchors: frozenset[str]


def read(path: Path) -> Page:
    """Read a Markdown file."""
    tokens = _markdown().parse(path.read_text(encoding="utf-8"))
    headings = list(_headings(tokens))
    for opening, text in headings:
        opening.attrSet("id", anchor(text))
    return Page(
        path=path.resolve(),
        title=headings[0][1] if headings else path.stem,
        tokens=tokens,
        links=tuple(str(link.attrGet("href")) for link in _links(tokens)),
        anchors=frozenset(anchor(text) for _, text in headings),
    )


def anchor(heading: str) -> str:
    """Return the fragment by which a heading is known, as forges make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def page_html(page: Page, pages: Sequence[Page], root: Path) -> str:
    """Return a page as HTML, its links to other pages turned into theirs."""
    for link in _links(page.tokens):
        link.attrSet("href", re.sub(r"\.md(?=#|$)", ".html", str(link.attrGet("href"))))
    markdown = _markdown()
    return _FRAME.format(
        title=html.escape(page.title),
        navigation=_navigation(page, pages, root),
        text=markdown.renderer.render(page.tokens, markdown.options, {}),
    )


def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            text = "".join(part.content for part in inline.children or ())
            yield opening, text


def _links(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from (part for part in token.children or () if part.type == "link_open")


def _navigation(page: Page, pages: Sequence[Page], root: Path) -> str:
    lines = ["<ul>", *_entries(page, (other for other in pages if other.path.parent == root))]
    for part in _PARTS:
        lines.append(f"<li><strong>{part.capitalize()}</strong><ul>")
        lines += _entries(page, (other for other in pages if other.path.parent == root / part))
        lines.append("</ul></li>")
    return "\n".join([*lines, "</ul>"])


def _entries(page: Page, others: Iterator[Page]) -> Iterator[str]:
    for other in others:
        address = os.path.relpath(other.path.with_suffix(".html"), page.path.parent)
        current = ' aria-current="page"' if other is page else ""
        yield f'<li><a href="{html.escape(address)}"{current}>{html.escape(other.title)}</a></li>'
