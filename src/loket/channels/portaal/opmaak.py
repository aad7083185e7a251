"""From the simple Markdown of a bericht to HTML that can do no harm.

What is HTML in it is shown as it was typed, pictures are not fetched, and a link leads to the web,
to mail or to a telephone. Its headings go below that of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

ALLOWED = ("https://", "http://", "mailto:", "tel:")
CLASSES = {
    "p": "utrecht-paragraph",
    "a": "utrecht-link utrecht-link--html-a",
    "ul": "utrecht-unordered-list",
    "h2": "utrecht-heading-2",
    "h3": "utrecht-heading-3",
}
BULLETS = ("-", "*", "+")


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is the library's
        return url.lower().startswith(ALLOWED) and super().validateLink(url)


_MARKDOWN = _Markdown("js-default", {"html": False, "linkify": False}).disable(["image", "table"])


def html(text: str) -> SafeString:
    """Return the HTML of a text."""
    tokens = _MARKDOWN.parse(text)
    _dress(tokens)
    made: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return mark_safe(made)  # noqa: S308 - the library escapes all that is not Markdown


def _dress(tokens: Sequence[Token]) -> None:
    """Give each element the class of the design system; headings in order, below the page's."""
    deeper = False
    for token in tokens:
        if token.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            token.tag = "h3" if deeper and token.tag != "h1" else "h2"
            deeper = True
        if token.nesting == 1 and token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])
        if token.type == "list_item_open" and token.markup in BULLETS:
            token.attrSet("class", "utrecht-unordered-list__item")
        if token.nesting == 1 and token.tag == "a":
            token.attrSet("rel", "noopener noreferrer")
        _dress(token.children or ())
