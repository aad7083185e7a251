"""Mijn dossier: everything that one sees here, as one ZIP that is made while it is read (M51).

It holds what the pages and the MijnServices API show, in the shapes of that API, with the files and
a page to read. Nothing of it is whole in memory: lists come by the page, files by the piece.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar
from zipfile import ZIP_DEFLATED, ZIP_STORED

from zipstream import ZipStream

from loket.grammar.codec import encode
from loket.grammar.files import Unavailable
from loket.grammar.sending import file_name
from loket.kernel.actor import Kind
from loket.kernel.problems import NotFound
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.services.mijnservices import (
    berichten,
    contactmomenten,
    documenten,
    profiel,
    sporen,
    taken,
    voorkeuren,
    zaken,
)
from loket.services.mijnservices.klant import demand_zelf
from loket.services.mijnservices.mijn.vormen import tonen
from loket.services.mijnservices.vragen import bladzijde_van, vraag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime

    from loket.kernel.actor import Actor
    from loket.services.mijnservices.documenten import DocumentRegel
    from loket.services.mijnservices.vragen import Bladzijde

T = TypeVar("T")

INDEX: Final = "index.html"
MAP: Final = "documenten"


@dataclass(frozen=True)
class Regel:
    """What the index tells of one thing; `pad` is its file, empty when there is none."""

    titel: str
    moment: date | datetime | None = None
    pad: str = ""
    ontbreekt: bool = False


@dataclass(frozen=True)
class Deel:
    """A part of the dossier: its name, the file with the data, and what is in there."""

    naam: str
    pad: str
    regels: list[Regel] = field(default_factory=list)


def dossier(actor: Actor, inhoudsopgave: Callable[[list[Deel]], str]) -> Iterator[bytes]:
    """Yield the ZIP with all that who asks sees; Forbidden for who is not the klant himself.

    `inhoudsopgave` makes the page to read, of what turned out to be in it.
    """
    demand_zelf(actor)
    return _zip(_Dossier(actor), inhoudsopgave)


def _zip(of: _Dossier, inhoudsopgave: Callable[[list[Deel]], str]) -> Iterator[bytes]:
    archive = ZipStream(compress_type=ZIP_DEFLATED)
    for pad, pieces in of.bestanden():
        stored = pad.startswith(f"{MAP}/")  # files are mostly compressed as they are
        archive.add(pieces, pad, compress_type=ZIP_STORED if stored else ZIP_DEFLATED)
        yield from archive.file()
    archive.add(inhoudsopgave(of.delen), INDEX)
    yield from archive.finalize()


class _Dossier:
    """What goes into the archive of one klant, and what was told of it so far."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.delen: list[Deel] = []

    def bestanden(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield the path of each file with its pieces; each is read before the next is asked."""
        actor = self.actor
        yield self._deel("profiel", self._profiel(), lambda _: Regel("Naam, adressen en taal"))
        yield self._deel(
            "voorkeuren", [voorkeuren.lees(actor)], lambda _: Regel("Hoe u bericht wilt krijgen")
        )
        yield self._deel("zaken", self._zaken(), _zaak)
        yield self._deel("taken", self._taken(), lambda e: Regel(e.regel.titel, e.regel.uiterlijk))
        yield self._deel("berichten", self._berichten(), _bericht)
        yield self._deel("contactmomenten", self._contacten(), _contact)
        if actor.kind is Kind.BURGER:
            yield self._deel("sporen", self._sporen(), lambda e: Regel(e.wat, e.moment))
        yield from self._documenten()

    def _deel(
        self, naam: str, waarden: Iterable[T], regel: Callable[[T], Regel]
    ) -> tuple[str, Iterator[bytes]]:
        deel = Deel(naam, f"{naam}.json")
        self.delen.append(deel)

        def noted() -> Iterator[Any]:
            for each in waarden:
                deel.regels.append(regel(each))
                yield tonen(each)

        return deel.pad, _json(noted())

    def _profiel(self) -> Iterator[profiel.Profiel]:
        found = profiel.profiel(self.actor)
        if found is not None:
            yield found

    def _zaken(self) -> Iterator[zaken.ZaakDetail]:
        for each in _alle(lambda nummer: zaken.bladzijde(self.actor, nummer)):
            yield zaken.detail(self.actor, each.uuid)

    def _taken(self) -> Iterator[taken.TaakDetail]:
        found = taken.overzicht(self.actor)
        for each in (*found.open, *found.gedaan):
            yield taken.detail(self.actor, each.uuid)

    def _berichten(self) -> Iterator[berichten.BerichtDetail]:
        for each in _alle(lambda nummer: berichten.overzicht(self.actor, nummer)):
            yield berichten.detail(self.actor, each.uuid)

    def _contacten(self) -> Iterator[contactmomenten.ContactDetail]:
        for each in _alle(lambda nummer: contactmomenten.overzicht(self.actor, nummer)):
            yield contactmomenten.detail(self.actor, each.uuid)

    def _sporen(self) -> Iterator[sporen.Spoor]:
        nummer, more = 1, True
        while more:
            page = sporen.bladzijde(self.actor, nummer)
            yield from page.sporen
            nummer, more = nummer + 1, page.volgende

    def _documenten(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield the file of each document, and after these the list of them all."""
        deel = Deel(MAP, f"{MAP}.json")
        self.delen.append(deel)
        shown = []
        for nr, each in enumerate(_alle(self._bladzijde_documenten), 1):
            pad = f"{MAP}/{nr:04d} {file_name(each.bestandsnaam or each.titel)}"
            pieces = self._inhoud(each)
            if pieces is not None:
                yield pad, pieces
            there = pad if pieces is not None else ""
            lacks = pieces is None and each.omvang is not None
            deel.regels.append(Regel(each.titel, each.datum, there, lacks))
            shown.append({**tonen(each), "bestand": there or None})
        yield deel.pad, _json(iter(shown))

    def _inhoud(self, document: DocumentRegel) -> Iterator[bytes] | None:
        """Return the pieces of a file; None when there is none, or it can't be had now."""
        if document.omvang is None:
            return None
        try:
            found = documenten.inhoud(self.actor, document.uuid)
            return found.read(0, found.size)
        except (NotFound, Unavailable):
            return None

    def _bladzijde_documenten(self, nummer: int) -> Bladzijde[DocumentRegel]:
        asked = vraag(kies=documenten.kies_document(), bladzijde=nummer)
        page = enkelvoudiginformatieobjecten.list(self.actor, asked)
        return bladzijde_van(nummer, page, lambda rows: map(documenten.regel, rows))


def _alle(haal: Callable[[int], Bladzijde[T]]) -> Iterator[T]:
    """Yield all of a list, page by page."""
    nummer, more = 1, True
    while more:
        page = haal(nummer)
        yield from page.regels
        nummer, more = nummer + 1, page.volgende


def _json(waarden: Iterator[Any]) -> Iterator[bytes]:
    """Yield a list as JSON, a line for each."""
    yield b"["
    for nr, each in enumerate(waarden):
        yield (b",\n" if nr else b"\n") + encode(each)
    yield b"\n]\n"


def _zaak(zaak: zaken.ZaakDetail) -> Regel:
    return Regel(f"{zaak.regel.omschrijving} ({zaak.regel.zaaknummer})", zaak.startdatum)


def _bericht(bericht: berichten.BerichtDetail) -> Regel:
    return Regel(bericht.regel.onderwerp, bericht.regel.verzonden_op)


def _contact(contact: contactmomenten.ContactDetail) -> Regel:
    return Regel(contact.regel.onderwerp, contact.regel.moment)
