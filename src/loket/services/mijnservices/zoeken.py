"""Zoeken in one's own, of every kind, in one statement.

What is searched is what one may see; nobody has so much that it needs an index. Every word has to
be there, in any of the texts; what means something to LIKE means only itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.codec import decode
from loket.grammar.filters import Filter, escaped
from loket.grammar.gathering import gather
from loket.kernel.problems import NotFound
from loket.registers.berichten.bericht import berichten
from loket.registers.besluiten.besluit import besluiten
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.taken.externetaak import externetaken
from loket.registers.zaken.zaak import zaken
from loket.services.mijnservices import taken, treffers
from loket.services.mijnservices.klant import demand_klant
from loket.services.mijnservices.treffers import Treffer
from loket.services.mijnservices.vragen import gekozen, vraag

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.grammar.reading import Tree
    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor

KORTST: Final = 2
LANGST: Final = 100
"""How many signs one can search for."""

SIZE: Final = 10
"""How many of each kind are shown together; of one kind alone a page holds more."""

PAGE: Final = 50
WORDS: Final = 10


class Soort(StrEnum):
    """Waarin gezocht wordt, in de volgorde waarin het getoond wordt."""

    ZAKEN = "zaken"
    BESLUITEN = "besluiten"
    TAKEN = "taken"
    BERICHTEN = "berichten"
    DOCUMENTEN = "documenten"
    CONTACTMOMENTEN = "contactmomenten"


@dataclass(frozen=True)
class Groep:
    """Wat er van één soort gevonden is; `aantal` telt alles."""

    soort: Soort
    aantal: int
    treffers: tuple[Treffer, ...]

    @property
    def meer(self) -> bool:
        """Zeg of er meer is dan hier staat."""
        return self.aantal > len(self.treffers)


@dataclass(frozen=True)
class _Bron:
    """Where one kind is found: what is searched, what is shown, and how that becomes a hit."""

    resource: Resource
    teksten: str
    velden: tuple[Any, ...]
    treffer: Callable[[dict[str, Any], treffers.Merk], Treffer]
    op: tuple[str, ...] = ()
    alleen: tuple[Filter, ...] = ()


_BESLUITTYPE: Final = (
    "(SELECT b.omschrijving FROM catalogi_besluittype b WHERE b.id = {row}.besluittype_id)"
)
_BIJ_ZAAK: Final = Filter("bij", "({row}.zaak_id IS NOT NULL) = {value}", lambda raw, _: raw)
_ZAAKTYPE: Final = "(SELECT z.omschrijving FROM catalogi_zaaktype z WHERE z.id = {row}.zaaktype_id)"


@cache
def _bronnen() -> dict[Soort, _Bron]:
    return {
        Soort.ZAKEN: _Bron(
            zaken,
            f"{{row}}.omschrijving, {{row}}.identificatie, {{row}}.toelichting, {_ZAAKTYPE}",
            ("uuid", "identificatie", "omschrijving", "toelichting", "registratiedatum",
             {"zaaktype": ["omschrijving"]}),
            treffers.zaak, ("-registratiedatum",),
        ),
        Soort.BESLUITEN: _Bron(
            besluiten, f"{{row}}.identificatie, {{row}}.toelichting, {_BESLUITTYPE}",
            ("identificatie", "toelichting", "datum", {"besluittype": ["omschrijving"]},
             {"zaak": ["uuid"]}),
            treffers.besluit, ("-datum",), (_BIJ_ZAAK,),
        ),
        Soort.TAKEN: _Bron(
            externetaken, "{row}.titel, {row}.toelichting",
            ("uuid", "titel", "toelichting", "einddatumHandelingsTermijn"),
            treffers.taak, ("einddatum_handelings_termijn",), (taken.GEZIEN,),
        ),
        Soort.BERICHTEN: _Bron(
            berichten, "{row}.onderwerp, {row}.bericht_tekst, {row}.referentie",
            ("uuid", "onderwerp", "berichtTekst", "publicatiedatum"), treffers.bericht,
        ),
        Soort.DOCUMENTEN: _Bron(
            enkelvoudiginformatieobjecten, "{row}.titel, {row}.beschrijving, {row}.bestandsnaam",
            ("uuid", "titel", "beschrijving", "creatiedatum"), treffers.document,
        ),
        Soort.CONTACTMOMENTEN: _Bron(
            klantcontacten, "{row}.onderwerp, {row}.inhoud, {row}.reactie",
            ("uuid", "onderwerp", "inhoud", "reactie", "plaatsgevondenOp"), treffers.contact,
        ),
    }  # fmt: skip


def woorden(tekst: str) -> tuple[str, ...]:
    """Return the words that somebody looks for; nothing when it is too little or too much."""
    asked = " ".join(tekst.replace("\x00", " ").split())
    return tuple(asked.split(" ")[:WORDS]) if KORTST <= len(asked) <= LANGST else ()


def zoek(
    actor: Actor, tekst: str, soort: Soort | None = None, bladzijde: int = 1
) -> tuple[Groep, ...]:
    """Return what who asks has with these words, of every kind that has any; one statement.

    Of one `soort` there are pages; NotFound beyond the last one.
    """
    demand_klant(actor)
    wanted = woorden(tekst)
    if not wanted:
        return ()
    size = PAGE if soort else SIZE
    asked = {
        each: (bron.resource, _vraag(each, bron, wanted, bladzijde, size))
        for each, bron in _bronnen().items()
        if soort in (None, each)
    }
    found = gather(actor, {each.value: pair for each, pair in asked.items()})
    merk = treffers.Merk(wanted)
    groepen = [
        Groep(each, page.count, tuple(_bronnen()[each].treffer(row, merk) for row in rows))
        for each in asked
        if (page := found[each.value]).count and (rows := decode(page.results)) is not None
    ]
    if bladzijde > 1 and not any(groep.treffers for groep in groepen):
        raise NotFound
    return tuple(groepen)


def _vraag(soort: Soort, bron: _Bron, wanted: tuple[str, ...], bladzijde: int, size: int) -> Any:
    patterns = [f"%{escaped(word)}%" for word in wanted]
    met = Filter("met", f"concat_ws(' ', {bron.teksten}) ILIKE ALL({{value}}::text[])", _as_it_is)
    alleen = ((each, True) for each in bron.alleen)
    return vraag(
        (met, patterns), *alleen, kies=_kies(soort), op=bron.op, bladzijde=bladzijde, size=size
    )


@cache
def _kies(soort: Soort) -> Tree:
    bron = _bronnen()[soort]
    return gekozen(bron.resource, *bron.velden)


def _as_it_is(raw: str, _: str) -> str:
    return raw


__all__ = ["KORTST", "LANGST", "PAGE", "Groep", "Soort", "Treffer", "woorden", "zoek"]
