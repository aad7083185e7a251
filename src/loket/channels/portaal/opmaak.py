"""From the simple Markdown of a bericht to HTML that can do no harm.

Its headings go below that of the page, or of the part of it that the text stands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from loket.services.mijnservices.opmaak import MARKDOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

CLASSES = {
    "p": "utrecht-paragraph",
    "a": "utrecht-link utrecht-link--html-a",
    "ul": "utrecht-unordered-list",
    "h2": "utrecht-heading-2",
    "h3": "utrecht-heading-3",
}
BULLETS = ("-", "*", "+")


def html(text: str, top: int = 2) -> SafeString:
    """Return the HTML of a text, its headings from level `top`."""
    tokens = MARKDOWN.parse(text)
    _dress(tokens, top)
    made: str = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return mark_safe(made)  # noqa: S308 - the library escapes all that is not Markdown


def _dress(tokens: Sequence[Token], top: int) -> None:
    """Give each element the class of the design system; headings in order, below the page's."""
    deeper = False
    for token in tokens:
        if token.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            token.tag = f"h{top + 1 if deeper and token.tag != 'h1' else top}"
            deeper = True
        if token.nesting == 1 and token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])
        if token.type == "list_item_open" and token.markup in BULLETS:
            token.attrSet("class", "utrecht-unordered-list__item")
        if token.nesting == 1 and token.tag == "a":
            token.attrSet("rel", "noopener noreferrer")
        _dress(token.children or (), top)
