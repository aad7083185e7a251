"""From a template to what is sent: text, and HTML beside it, in the language of the recipient.

What goes outside only tells that there is news. What stays inside is read after logging in, and is
Markdown in which values are words and nothing else.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from markdown_it import MarkdownIt

from loket.registers.output.sjabloonversie import NEDERLANDS, ONDERWERP, TEKST
from loket.registers.output.variabelen import PLACE, filled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Tekst = Mapping[str, Any]
    Waarden = Mapping[str, str]

_MARKDOWN: Final = MarkdownIt("js-default", {"html": False, "linkify": False})
_SIGNS: Final = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_START: Final = re.compile(r"^(\d{0,9})([-+=.)])")
"""What begins a list or underlines a heading, where a value begins a line."""

_LINK: Final = re.compile(r"(\]\(\s*)?\{\{\s*link\s*\}\}")
_LINK_WORDS: Final = {"nl": "Ga naar de pagina hierover", "en": "Go to the page about this"}
SHORTEST: Final = 10
"""Characters that a value keeps in a subject, however little room there is."""

_PAGE: Final = """\
<!doctype html>
<html lang="{taal}">
<head><meta charset="utf-8"><title>{titel}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body style="margin:0 auto;max-width:38em;padding:1.5em;font-family:Arial,sans-serif;\
font-size:1em;line-height:1.5;color:#1a1a1a;background:#ffffff">
{tekst}
</body>
</html>
"""


@dataclass(frozen=True)
class Opgemaakt:
    """What is sent: a subject, the text as it was written, as HTML (`body` of it, and whole).

    Inside the house the text is Markdown.
    """

    taal: str
    onderwerp: str
    tekst: str
    body: str
    html: str
    sms: str


def maak_op(teksten: Sequence[Tekst], taal: str, waarden: Waarden) -> Opgemaakt:
    """Fill a template in; in Dutch where it is not there in the language that was asked for."""
    chosen, plain = _chosen(teksten, taal), _plain(waarden)
    onderwerp = _one_line(filled(chosen["onderwerp"], plain))
    return _dressed(
        chosen["taal"],
        onderwerp,
        filled(chosen["tekst"], plain),
        filled(chosen["tekst"], _marked(plain)),
        filled(chosen.get("sms") or "", plain).strip(),
    )


def maak_op_binnen(
    teksten: Sequence[Tekst], taal: str, waarden: Waarden, *, besloten: bool = False
) -> Opgemaakt:
    """Fill a template in for who is logged in: with the text for the portal, where there is one.

    What is `besloten` is not told there either.
    """
    chosen, plain = _chosen(teksten, taal), _plain(waarden)
    onderwerp, tekst = chosen["onderwerp"], chosen["tekst"]
    if chosen.get("tekstPortaal") and not besloten:
        onderwerp = chosen["onderwerpPortaal"]
        tekst = _without_gaps(chosen["tekstPortaal"], plain)
    words = _LINK_WORDS.get(chosen["taal"], _LINK_WORDS[NEDERLANDS])
    tekst = _LINK.sub(lambda place: place[0] if place[1] else f"[{words}]({place[0]})", tekst)
    marked = _marked(plain)
    made = _fitting(filled(tekst, marked), f"[{words}]({marked['link']})")
    return _dressed(chosen["taal"], _shortened(onderwerp, plain), made, made, "")


def _chosen(teksten: Sequence[Tekst], taal: str) -> Tekst:
    by_taal = {each["taal"]: each for each in teksten}
    return by_taal.get(taal) or by_taal[NEDERLANDS]


def _plain(waarden: Waarden) -> Waarden:
    return {name: _one_line(value) for name, value in waarden.items()}


def _marked(plain: Waarden) -> Waarden:
    """Return the values as they stand in Markdown: words, whatever signs are in them."""
    link = plain.get("link")
    words = {name: _START.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", v)) for name, v in plain.items()}
    return {**words, "link": f"<{link}>" if link else ""}


def _dressed(taal: str, onderwerp: str, tekst: str, markdown: str, sms: str) -> Opgemaakt:
    rendered = _MARKDOWN.render(markdown)
    page = _PAGE.format(taal=taal, titel=html.escape(onderwerp), tekst=rendered)
    return Opgemaakt(taal, onderwerp, tekst, rendered, page, sms)


def _without_gaps(tekst: str, waarden: Waarden) -> str:
    """Leave the lines out that name what has no value."""
    lines = tekst.split("\n")
    return "\n".join(
        line for line in lines if all(waarden.get(name) for name in PLACE.findall(line))
    )


def _shortened(onderwerp: str, waarden: Waarden) -> str:
    """Fill a subject in so that it fits in a bericht: the longest values give way first."""
    for most in range(ONDERWERP, SHORTEST, -1):
        made = filled(onderwerp, {name: _cut(value, most) for name, value in waarden.items()})
        if len(_one_line(made)) <= ONDERWERP:
            return _one_line(made)
    return _cut(_one_line(filled(onderwerp, waarden)), ONDERWERP)


def _fitting(tekst: str, link: str) -> str:
    """Cut a text that does not fit in a bericht between two paragraphs; its link stays."""
    if len(tekst) <= TEKST:
        return tekst
    end = f"\n\n…\n\n{link}"
    room = tekst[: TEKST - len(end)]
    whole, _, _ = room.rpartition("\n\n")
    return f"{whole or room}{end}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _one_line(text: str) -> str:
    return " ".join(text.split())
