"""The file of a document on its way out."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from loket.grammar import codec
from loket.grammar.asking import VERSION_QUERY, detail_query
from loket.grammar.blobs import Download
from loket.grammar.files import Storage, storage
from loket.grammar.reading import detail
from loket.grammar.resource import Command
from loket.kernel.problems import NotFound
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.registers.documenten.register import DOCUMENTEN, LEZEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

_COLUMNS: Final = "t.inhoud, t.bestandsnaam, t.titel"


def download(actor: Actor, call: Call) -> Download:
    """Return the file of the newest version, or of the one that is asked for; NotFound."""
    if call.key is None:
        raise NotFound
    asked = [(name, value) for name, values in call.query.items() for value in values]
    query = detail_query(enkelvoudiginformatieobjecten, asked, call.base, call.trace, {})
    query = replace(query, looks=True)
    found = codec.decode(detail(enkelvoudiginformatieobjecten, actor, call.key, query, _COLUMNS))
    file = found["inhoud"]
    if file is None:
        raise NotFound("Dit document heeft geen bestand.")
    kept_in = storage()

    def read(start: int, end: int) -> Iterator[bytes]:
        return _begun(kept_in, file["sleutel"], start, end)

    name = found["bestandsnaam"] or found["titel"]
    return Download(name=name, size=file["omvang"], tag=file["sha256"], read=read)


def _begun(kept_in: Storage, key: str, start: int, end: int) -> Iterator[bytes]:
    """Read a file of which the first piece is there, so that what lacks is told in time."""
    try:
        chunks: Any = iter(kept_in.read(key, start, end))
        first = next(chunks, b"")
    except KeyError:
        raise NotFound("Het bestand ontbreekt in de opslag.") from None
    return chain([first], chunks)


Command(
    DOCUMENTEN,
    "enkelvoudiginformatieobjecten/{uuid}/download",
    download,
    (LEZEN,),
    "Download het bestand van een document.",
    method="GET",
    query=tuple(VERSION_QUERY),
    response={"type": "string", "format": "binary"},
    produces="application/octet-stream",
    fresh=True,
    of=enkelvoudiginformatieobjecten,
)
