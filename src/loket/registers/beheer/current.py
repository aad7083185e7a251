"""The settings that hold now in the current municipality, for whoever acts on them.

They are read where they are used: one row by one statement, so that a change holds at once in every
worker and nothing has to be told. The logo, the one large field, is read apart.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from loket.grammar.codec import decode
from loket.kernel import tenant
from loket.ledger.database import one

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant

_SQL = """
SELECT naam, rsin, kleur_hoofd, kleur_hoofd_tekst, kleur_accent, left(md5(logo), 12),
    afzender_naam, afzender_email, portaal, contactpagina, privacyverklaring,
    toegankelijkheidsverklaring, grootste_bestand, selectielijst, bestandsoorten,
    vertrouwde_adressen, doelbindingen
FROM beheer_instellingen
"""
_EMPTY_MD5 = "d41d8cd98f00"


@dataclass(frozen=True)
class Geldend:
    """What the municipality set; what it left open is empty."""

    naam: str
    rsin: str = ""
    kleur_hoofd: str = ""
    kleur_hoofd_tekst: str = ""
    kleur_accent: str = ""
    logo: str = ""
    """A mark of the logo's content, empty without a logo."""
    afzender_naam: str = ""
    afzender_email: str = ""
    portaal: str = ""
    contactpagina: str = ""
    privacyverklaring: str = ""
    toegankelijkheidsverklaring: str = ""
    grootste_bestand: int | None = None
    """MB."""
    selectielijst: str = ""
    bestandsoorten: tuple[str, ...] = ()
    vertrouwde_adressen: tuple[str, ...] = ()
    doelbindingen: tuple[str, ...] = ()


_NAMES = tuple(each.name for each in fields(Geldend))
_LISTS = _NAMES[-3:]


def instellingen() -> Geldend:
    """Return the settings of the current municipality; its title only, where none were made yet."""
    here: Tenant = tenant.current()
    row = one(_SQL)
    if row is None:
        return Geldend(here.title)
    shown = dict(zip(_NAMES, row, strict=True))
    shown["logo"] = "" if shown["logo"] == _EMPTY_MD5 else shown["logo"]
    shown |= {name: tuple(decode(shown[name])) for name in _LISTS}
    return Geldend(**shown)


def logo() -> str:
    """Return the logo of the current municipality as a data URI, empty without one."""
    row = one("SELECT logo FROM beheer_instellingen")
    return str(row[0]) if row else ""
