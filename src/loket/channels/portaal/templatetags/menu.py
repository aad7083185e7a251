"""Short names in the menu: "Mijn zaken" is seen as "Zaken", and heard in full."""

from __future__ import annotations

from django import template
from django.utils.html import format_html

register = template.Library()


@register.filter
def kort(naam: str) -> str:
    """Leave the first of several words to who listens."""
    first, space, rest = naam.partition(" ")
    if not space:
        return naam
    return format_html(
        '<span class="loket-onzichtbaar">{} </span>{}', first, rest[:1].upper() + rest[1:]
    )
