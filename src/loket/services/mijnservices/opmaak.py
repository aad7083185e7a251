"""The simple Markdown of a bericht, as whoever reads it sees it.

What is HTML in it stays as it was typed, pictures are not fetched, and a link leads to the web, to
mail or to a telephone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.token import Token

ALLOWED: Final = ("https://", "http://", "mailto:", "tel:")
_BREAKS: Final = ("softbreak", "hardbreak")


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is the library's
        return url.lower().startswith(ALLOWED) and super().validateLink(url)


MARKDOWN: Final = _Markdown("js-default", {"html": False, "linkify": False}).disable(
    ["image", "table"]
)


def tekst(markdown: str) -> str:
    """Return what is read of a text: its words without the signs, a line for each paragraph."""
    return "\n".join(filter(None, map(_tekst, MARKDOWN.parse(markdown))))


def _tekst(token: Token) -> str:
    if token.children is None:
        return token.content
    return "".join("\n" if each.type in _BREAKS else each.content for each in token.children)
