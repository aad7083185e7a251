"""The documents that a citizen or company may see: of zaken, of besluiten, with berichten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.resource import Call
from loket.registers.documenten.downloaden import download
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.services.mijnservices.klant import demand_klant
from loket.services.mijnservices.vragen import gekozen

if TYPE_CHECKING:
    from loket.grammar.blobs import Download
    from loket.grammar.reading import Tree
    from loket.kernel.actor import Actor

VELDEN: Final = (
    "uuid", "titel", "creatiedatum", "formaat", "bestandsnaam", "bestandsomvang", "beschrijving",
    "auteur", "ontvangstdatum", "verzenddatum",
)  # fmt: skip
IN_DE_PAGINA: Final = ("application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp")
"""What can be looked at in the page itself."""


@dataclass(frozen=True)
class DocumentRegel:
    """Een document; `omvang` in bytes is leeg als er (nog) geen bestand is."""

    uuid: UUID
    titel: str
    datum: date
    formaat: str
    bestandsnaam: str
    omvang: int | None
    beschrijving: str

    @property
    def leesbaar(self) -> bool:
        """Zeg of het in de pagina zelf gelezen kan worden."""
        return self.formaat in IN_DE_PAGINA and self.omvang is not None


@cache
def kies_document() -> Tree:
    """Return what a list shows of a document."""
    return gekozen(enkelvoudiginformatieobjecten, *VELDEN)


def regel(shown: dict[str, Any], naam: str = "") -> DocumentRegel:
    """Return a document as a list shows it, under the name that it has there."""
    day = shown["verzenddatum"] or shown["ontvangstdatum"] or shown["creatiedatum"]
    return DocumentRegel(
        uuid=UUID(shown["uuid"]),
        titel=naam or shown["titel"],
        datum=date.fromisoformat(day),
        formaat=shown["formaat"],
        bestandsnaam=shown["bestandsnaam"],
        omvang=shown["bestandsomvang"],
        beschrijving=shown["beschrijving"],
    )


def inhoud(actor: Actor, uuid: UUID) -> Download:
    """Return the file of a document that who asks may see; NotFound."""
    demand_klant(actor)
    return download(actor, Call("", key=uuid))
