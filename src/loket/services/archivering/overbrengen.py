"""Transfer to an archive: a zaak as a ZIP of MDTO and files; no file is ever whole in memory.

What was said about the zaak goes along, each klantcontact as a file of its own (K35).
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

from loket.grammar import files
from loket.grammar.authorisation import demand_scope, demand_type
from loket.kernel.problems import Conflict, NotFound
from loket.ledger.database import fetch
from loket.registers.beheer.current import instellingen
from loket.registers.zaken.zaak import zaken
from loket.services.archivering import mdto
from loket.services.archivering.contacten import over

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO
    from uuid import UUID

    from loket.kernel.actor import Actor
    from loket.services.archivering.contacten import Stuk


def exporteer(
    actor: Actor, key: UUID, to: IO[bytes], tell: Callable[[int, int], None] = lambda *_: None
) -> int:
    """Write a closed zaak with its documents to a ZIP; return how many documents went along.

    `tell` hears how far it is. NotFound, Forbidden; Conflict while the zaak is open.
    """
    scopes = zaken.scopes_for("retrieve")
    demand_scope(actor, scopes)
    zaak = fetch(zaken.record, key)
    if zaak is None:
        raise NotFound
    demand_type(zaken, zaak, actor, scopes)
    if zaak.einddatum is None:
        raise Conflict("De zaak is nog niet afgerond.")
    geldend = instellingen()
    herkomst = mdto.Herkomst(geldend.naam, geldend.rsin)
    documenten, contacten = _documenten(zaak), list(over(zaak.pk))
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as made:
        folder = _map(zaak)
        made.writestr(
            f"{folder}/{folder}.mdto.xml", mdto.dossier(zaak, [*documenten, *contacten], herkomst)
        )
        for nr, document in enumerate(documenten, start=1):
            _document(made, folder, document, zaak, herkomst)
            tell(nr, len(documenten))
        for contact in contacten:
            _contact(made, folder, contact, zaak, herkomst)
    return len(documenten)


def _contact(
    made: zipfile.ZipFile, folder: str, contact: Stuk, zaak: Any, herkomst: mdto.Herkomst
) -> None:
    place = f"{folder}/{contact.identificatie}"
    described = mdto.archiefstuk(contact, zaak, herkomst)
    made.writestr(f"{place}/{contact.identificatie}.mdto.xml", described)
    made.writestr(
        f"{place}/{contact.bestandsnaam}.bestand.mdto.xml", mdto.bestand(contact, herkomst)
    )
    made.writestr(f"{place}/{contact.bestandsnaam}", contact.tekst)


def _documenten(zaak: Any) -> list[Any]:
    """Return the documents of a zaak and of its besluiten, each once."""
    along = "informatieobject__informatieobjecttype"
    relations = list(zaak.zaakinformatieobjecten.select_related(along))
    for besluit in zaak.besluiten.all():
        relations += besluit.besluitinformatieobjecten.select_related(along)
    found = {each.informatieobject_id: each.informatieobject for each in relations}
    return sorted(found.values(), key=lambda each: (each.identificatie, each.pk))


def _map(record: Any) -> str:
    """Return a name for a folder: the identification, of signs that every system takes."""
    safe = "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in record.identificatie)
    return safe or str(record.pk)


def _document(
    made: zipfile.ZipFile, folder: str, document: Any, zaak: Any, herkomst: mdto.Herkomst
) -> None:
    place = f"{folder}/{_map(document)}"
    made.writestr(f"{place}/{_map(document)}.mdto.xml", mdto.archiefstuk(document, zaak, herkomst))
    if document.inhoud is None:
        return
    name = mdto.bestandsnaam(document)
    made.writestr(f"{place}/{name}.bestand.mdto.xml", mdto.bestand(document, herkomst))
    with made.open(f"{place}/{name}", "w", force_zip64=True) as written:
        for piece in files.storage().read(document.inhoud["sleutel"]):
            written.write(piece)
