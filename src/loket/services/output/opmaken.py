"""From a template to what is sent: text, and HTML beside it, in the language of the recipient."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from markdown_it import MarkdownIt

from loket.registers.output.sjabloonversie import NEDERLANDS
from loket.registers.output.variabelen import filled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MARKDOWN: Final = MarkdownIt("js-default", {"html": False, "linkify": False})
_SIGNS: Final = re.compile(r"([\\`*_{}\[\]<>#|])")
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
    """What is sent: a subject, the text as it was written, as HTML (`body` of it, and whole)."""

    taal: str
    onderwerp: str
    tekst: str
    body: str
    html: str
    sms: str


def maak_op(
    teksten: Sequence[Mapping[str, Any]], taal: str, waarden: Mapping[str, str]
) -> Opgemaakt:
    """Fill a template in; in Dutch where it is not there in the language that was asked for."""
    by_taal = {each["taal"]: each for each in teksten}
    chosen = by_taal.get(taal) or by_taal[NEDERLANDS]
    plain = {name: _one_line(value) for name, value in waarden.items()}
    marked = {name: _SIGNS.sub(r"\\\1", value) for name, value in plain.items()}
    marked["link"] = f"<{plain['link']}>" if plain.get("link") else ""
    onderwerp = _one_line(filled(chosen["onderwerp"], plain))
    rendered = _MARKDOWN.render(filled(chosen["tekst"], marked))
    page = _PAGE.format(taal=chosen["taal"], titel=html.escape(onderwerp), tekst=rendered)
    return Opgemaakt(
        chosen["taal"],
        onderwerp,
        filled(chosen["tekst"], plain),
        rendered,
        page,
        filled(chosen.get("sms") or "", plain).strip(),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
