"""A message as a letter: PDF/UA, that a screen reader can read as well as a person.

The engine needs system libraries (Pango), which a house that sends no letters can do without: so it
is loaded when the first letter is made.
"""

from __future__ import annotations

import html
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.kernel.clock import AMSTERDAM
from loket.ledger.database import fetch
from loket.registers.beheer.current import instellingen, logo
from loket.registers.klantinteracties.partij import partijen
from loket.services.output.onderwerp import dag

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from loket.services.output.bezorgen import Zending
    from loket.services.output.opmaken import Opgemaakt

logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it tells each step, for each letter

_STYLE: Final = """
@page { size: A4; margin: 25mm 20mm 22mm 25mm;
    @bottom-right { content: counter(page) " / " counter(pages);
        font-family: "Liberation Sans", Arial, sans-serif; font-size: 9pt } }
html { font-family: "Liberation Sans", Arial, sans-serif; font-size: 11pt; line-height: 1.45 }
header { height: 24mm } header img { max-height: 20mm }
.adres { height: 30mm; margin: 0 0 10mm 0 }
.kenmerken { margin: 0 0 8mm 0 } .kenmerken dt { float: left; width: 28mm; clear: left }
.kenmerken dd { margin: 0 0 0 28mm }
h1 { font-size: 12pt; margin: 0 0 6mm 0 } ul, ol { padding-left: 6mm }
"""
_PAGE: Final = """\
<!doctype html>
<html lang="{taal}"><head><meta charset="utf-8"><title>{onderwerp}</title>
<style>{stijl}</style></head>
<body>
<header>{kop}</header>
<p class="adres">{adres}</p>
<dl class="kenmerken"><dt>{datum_naam}</dt><dd>{datum}</dd><dt>{kenmerk_naam}</dt>\
<dd>{kenmerk}</dd></dl>
<main><h1>{onderwerp}</h1>
{tekst}</main>
</body></html>
"""
_NAMEN: Final = {"nl": ("Datum", "Ons kenmerk"), "en": ("Date", "Our reference")}


@dataclass(frozen=True)
class Brief:
    """A letter: whom it is for, in the lines that stand on the envelope, and its PDF."""

    regels: Sequence[str]
    pdf: bytes


class GeenAdres(Exception):
    """It is not known where a letter should go."""


def maak(zending: Zending) -> Brief:
    """Make the letter of a message; GeenAdres."""
    return zet(zending.tekst, _envelope(zending.notificatie), zending.moment, zending.kenmerk)


def zet(tekst: Opgemaakt, regels: Sequence[str], moment: datetime, kenmerk: str) -> Brief:
    """Set a text as a letter to whom some lines name."""
    names = _NAMEN.get(tekst.taal, _NAMEN["nl"])
    page = _PAGE.format(
        taal=tekst.taal,
        onderwerp=html.escape(tekst.onderwerp),
        stijl=_STYLE,
        kop=_head(),
        adres="<br>".join(html.escape(each) for each in regels),
        datum_naam=names[0],
        datum=dag(moment.astimezone(AMSTERDAM).date()),
        kenmerk_naam=names[1],
        kenmerk=kenmerk[:8],
        tekst=tekst.body,
    )
    return Brief(regels, _as_pdf(page))


def _head() -> str:
    """Return the logo of the municipality, or else its name."""
    naam, image = html.escape(instellingen().naam), logo()
    if not image:
        return f"<strong>{naam}</strong>"
    return f'<img src="{html.escape(image)}" alt="{naam}">'


def _as_pdf(page: str) -> bytes:
    """Return a page as PDF/UA; nothing is fetched for it but what stands in it."""
    from weasyprint import HTML  # noqa: PLC0415 - needs libraries of the system
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 - idem

    source = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols={"data"}))
    made: bytes = source.write_pdf(pdf_variant="pdf/ua-1")
    return made


def _envelope(notificatie: Any) -> list[str]:
    key = notificatie.partij.rpartition("/")[2]
    partij: Any = fetch(partijen.record, UUID(key)) if key else None
    adres = (partij.correspondentieadres or partij.bezoekadres) if partij else None
    if not adres:
        raise GeenAdres("Er is geen postadres bekend.")
    return [each for each in (_name(partij), *_lines(adres)) if each]


def _name(partij: Any) -> str:
    form = partij.partij_identificatie or {}
    named = form.get("contactnaam") or {}
    names = ("voorletters", "voorvoegselAchternaam", "achternaam")
    full = " ".join(filter(None, (named.get(each) for each in names)))
    return str(full or form.get("naam") or form.get("volledigeNaam") or "")


def _lines(adres: dict[str, Any]) -> list[str]:
    free = [adres.get(f"adresregel{nr}") or "" for nr in (1, 2, 3)]
    if any(free):
        return [*free, adres.get("land") or ""]
    number = f"{adres.get('huisnummer') or ''}{adres.get('huisnummertoevoeging') or ''}"
    street = f"{adres.get('straatnaam') or ''} {number}".strip()
    return [street, f"{adres.get('postcode') or ''}  {adres.get('stad') or ''}".strip()]
