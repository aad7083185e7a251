"""The documents that a citizen or company may see: of zaken, of besluiten, with berichten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.codec import decode
from loket.grammar.filters import Filter
from loket.grammar.gathering import gather
from loket.grammar.resource import Call
from loket.kernel.problems import NotFound
from loket.registers.documenten.downloaden import download
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.registers.zaken.zaak import zaken
from loket.services.mijnservices import zaakkort
from loket.services.mijnservices.klant import demand_klant
from loket.services.mijnservices.vragen import SLEUTEL, een, gekozen, vraag

if TYPE_CHECKING:
    from loket.grammar.blobs import Download
    from loket.grammar.reading import Tree
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.zaakkort import ZaakKort

VELDEN: Final = (
    "uuid", "titel", "creatiedatum", "formaat", "bestandsnaam", "bestandsomvang", "beschrijving",
    "auteur", "ontvangstdatum", "verzenddatum",
)  # fmt: skip
IN_DE_PAGINA: Final = ("application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp")
"""What can be looked at in the page itself."""
BEELDEN: Final = (
    (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"),
)  # fmt: skip
"""How the images begin that a page may show; SVG, which can hold script, is not among them."""
_VAN_DOCUMENT: Final = Filter(
    "document",
    "{row}.id IN (SELECT k.zaak_id FROM zaken_zaakinformatieobject k "
    "WHERE k.informatieobject_id = {value})",
    lambda raw, _: raw,
)


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


@dataclass(frozen=True)
class DocumentDetail:
    """Een document met wie het schreef, en bij welke zaken van de lezer het hoort."""

    regel: DocumentRegel
    auteur: str
    zaken: tuple[ZaakKort, ...]


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


def detail(actor: Actor, uuid: UUID) -> DocumentDetail:
    """Return what is known of a document that who asks may see, in one statement; NotFound."""
    demand_klant(actor)
    found = gather(
        actor,
        {
            "document": (
                enkelvoudiginformatieobjecten,
                vraag((SLEUTEL, uuid), kies=kies_document(), size=1),
            ),
            "zaken": (zaken, vraag((_VAN_DOCUMENT, uuid), kies=zaakkort.kies(), size=5)),
        },
    )
    shown = een(found["document"])
    if shown is None:
        raise NotFound
    bij = tuple(map(zaakkort.regel, decode(found["zaken"].results)))
    return DocumentDetail(regel(shown), shown["auteur"], bij)


def inhoud(actor: Actor, uuid: UUID) -> Download:
    """Return the file of a document that who asks may see; NotFound."""
    demand_klant(actor)
    return download(actor, Call("", key=uuid))


def beeld(actor: Actor, uuid: UUID) -> Download:
    """Return the file of a document as the image that it really is; NotFound when it is none."""
    found = inhoud(actor, uuid)
    kind = _beeld(b"".join(found.read(0, min(found.size, 12)))) if found.size else ""
    if not kind:
        raise NotFound("Dit is geen afbeelding die in een pagina kan staan.")
    return replace(found, kind=kind)


def _beeld(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for begin, kind in BEELDEN if head.startswith(begin)), "")
