"""Mijn dossier: everything that one sees here, to read and as one ZIP made while it is read (M51).

The ZIP holds what the pages and the MijnServices API show, in the shapes of that API, with the
files and a page to read. Nothing of it is whole in memory: lists come by the page, files by the
piece. What is read to make the page is read again; where the files are is known only then.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
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
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from uuid import UUID

    from loket.kernel.actor import Actor
    from loket.services.mijnservices.documenten import DocumentRegel
    from loket.services.mijnservices.vragen import Bladzijde

T = TypeVar("T")

INDEX: Final = "index.html"
MAP: Final = "documenten"


@dataclass(frozen=True)
class Deel:
    """A part of the dossier: its name and what is in there, read while one goes through it."""

    naam: str
    waarden: Iterable[Any]

    @property
    def pad(self) -> str:
        """The file in the ZIP that holds it for a computer."""
        return f"{self.naam}.json"


def delen(actor: Actor) -> tuple[Deel, ...]:
    """Return the parts, the documents last; Forbidden for who is not the klant himself."""
    demand_zelf(actor)
    found = [
        Deel("profiel", _profiel(actor)),
        Deel("voorkeuren", _voorkeuren(actor)),
        Deel("zaken", _elk(actor, _alle(partial(zaken.bladzijde, actor)), zaken.detail)),
        Deel("taken", _elk(actor, _taken(actor), taken.detail)),
        Deel(
            "berichten", _elk(actor, _alle(partial(berichten.overzicht, actor)), berichten.detail)
        ),
        Deel(
            "contactmomenten",
            _elk(actor, _alle(partial(contactmomenten.overzicht, actor)), contactmomenten.detail),
        ),
    ]
    if actor.kind is Kind.BURGER:
        found.append(Deel("sporen", _sporen(actor)))
    return (*found, Deel(MAP, _documenten(actor)))


def dossier(actor: Actor, blad: Callable[[Mapping[UUID, str]], Iterator[bytes]]) -> Iterator[bytes]:
    """Yield the ZIP with all that who asks sees; Forbidden for who is not the klant himself.

    `blad` makes the page to read, by where in the ZIP the file of each document is.
    """
    return _zip(actor, delen(actor), blad)


def _zip(
    actor: Actor,
    found: tuple[Deel, ...],
    blad: Callable[[Mapping[UUID, str]], Iterator[bytes]],
) -> Iterator[bytes]:
    archive = ZipStream(compress_type=ZIP_DEFLATED)
    paden: dict[UUID, str] = {}
    for pad, pieces in _bestanden(actor, found, paden):
        stored = pad.startswith(f"{MAP}/")  # files are mostly compressed as they are
        archive.add(pieces, pad, compress_type=ZIP_STORED if stored else ZIP_DEFLATED)
        yield from archive.file()
    archive.add(blad(paden), INDEX)
    yield from archive.finalize()


def _bestanden(
    actor: Actor, found: tuple[Deel, ...], paden: dict[UUID, str]
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the path of each file with its pieces; each is read before the next is asked.

    Where the file of a document is goes into `paden`.
    """
    *others, last = found
    for deel in others:
        yield deel.pad, _json(map(tonen, deel.waarden))
    shown = []
    for nr, each in enumerate(last.waarden, 1):
        pieces = _inhoud(actor, each)
        if pieces is not None:
            paden[each.uuid] = f"{MAP}/{nr:04d} {file_name(each.bestandsnaam or each.titel)}"
            yield paden[each.uuid], pieces
        shown.append({**tonen(each), "bestand": paden.get(each.uuid)})
    yield last.pad, _json(iter(shown))


def _profiel(actor: Actor) -> Iterator[profiel.Profiel]:
    found = profiel.profiel(actor)
    if found is not None:
        yield found


def _voorkeuren(actor: Actor) -> Iterator[voorkeuren.Voorkeuren]:
    yield voorkeuren.lees(actor)


def _taken(actor: Actor) -> Iterator[taken.TaakRegel]:
    found = taken.overzicht(actor)
    yield from (*found.open, *found.gedaan)


def _sporen(actor: Actor) -> Iterator[sporen.Spoor]:
    nummer, more = 1, True
    while more:
        page = sporen.bladzijde(actor, nummer)
        yield from page.sporen
        nummer, more = nummer + 1, page.volgende


def _documenten(actor: Actor) -> Iterator[DocumentRegel]:
    def bladzijde(nummer: int) -> Bladzijde[DocumentRegel]:
        asked = vraag(kies=documenten.kies_document(), bladzijde=nummer)
        page = enkelvoudiginformatieobjecten.list(actor, asked)
        return bladzijde_van(nummer, page, lambda rows: map(documenten.regel, rows))

    return _alle(bladzijde)


def _inhoud(actor: Actor, document: DocumentRegel) -> Iterator[bytes] | None:
    """Return the pieces of a file; None when there is none, or it can't be had now."""
    if document.omvang is None:
        return None
    try:
        found = documenten.inhoud(actor, document.uuid)
        return found.read(0, found.size)
    except (NotFound, Unavailable):
        return None


def _elk(actor: Actor, regels: Iterable[Any], lees: Callable[[Actor, UUID], T]) -> Iterator[T]:
    """Yield in full what a list told of, but for what was taken away in the meantime."""
    for regel in regels:
        with suppress(NotFound):
            yield lees(actor, regel.uuid)


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
