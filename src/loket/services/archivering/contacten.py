"""What was said about a zaak goes along to the archive: each klantcontact as a file of its own.

It is the JSON that clients know, with its earlier readings and who took part, and without a BSN.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from loket.grammar.change import HOUSE
from loket.grammar.codec import decode
from loket.grammar.reading import Query, filters_of
from loket.kernel.actor import Actor
from loket.registers.catalogi.waarden import Vertrouwelijkheidaanduiding
from loket.registers.klantinteracties.klantcontact import klantcontacten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_LEVELS = Vertrouwelijkheidaanduiding.values
_OPEN, _CLOSED = (
    _LEVELS.index(level)
    for level in (
        Vertrouwelijkheidaanduiding.ZAAKVERTROUWELIJK,
        Vertrouwelijkheidaanduiding.VERTROUWELIJK,
    )
)
_SUBJECT = "onderwerpobject__onderwerpobjectidentificator"
_EXPAND = (("hadBetrokkenen", ()), ("hadBetrokkenActoren", ()), ("omvatteBijlagen", ()))
_NOBODY = Actor.system("archivering")
"""Reads without a purpose, so that no BSN is shown."""


class _Soort:
    omschrijving = "Klantcontact"


@dataclass(frozen=True)
class Stuk:
    """A klantcontact, by the names that a document has."""

    pk: UUID
    identificatie: str
    titel: str
    beschrijving: str
    taal: str
    creatiedatum: date
    vertrouwelijkheidaanduiding: int
    tekst: bytes
    auteur: str = "Gemeente"
    formaat: str = "application/json"
    trefwoorden: tuple[str, ...] = ("klantcontact",)
    informatieobjecttype: type[_Soort] = _Soort

    @property
    def bestandsnaam(self) -> str:
        """The name of its file."""
        return f"{self.identificatie}.json"

    @property
    def inhoud(self) -> dict[str, Any]:
        """What is to be known of its file."""
        return {
            "omvang": len(self.tekst),
            "sha256": hashlib.sha256(self.tekst).hexdigest(),
            "type": self.formaat,
        }


def over(zaak: UUID) -> Iterator[Stuk]:
    """Yield the klantcontacten that were about a zaak, the first one first."""
    chosen = filters_of(klantcontacten)[f"{_SUBJECT}ObjectId"]
    page, most = 1, 100
    while True:
        query = Query(HOUSE, ((chosen, str(zaak)),), _EXPAND, ("plaatsgevonden_op",), page, most)
        found = klantcontacten.list(_NOBODY, query)
        yield from map(_stuk, decode(found.results))
        if page * most >= found.count:
            return
        page += 1


def _stuk(shown: dict[str, Any]) -> Stuk:
    text = json.dumps(shown, ensure_ascii=False, indent=2) + "\n"
    return Stuk(
        pk=UUID(shown["uuid"]),
        identificatie=f"KLANTCONTACT-{shown['referentienummer']}",
        titel=shown["onderwerp"],
        beschrijving=f"Contact over {shown['kanaal']}",
        taal=shown["taal"],
        creatiedatum=datetime.fromisoformat(shown["plaatsgevondenOp"]).date(),
        vertrouwelijkheidaanduiding=_CLOSED if shown["vertrouwelijk"] else _OPEN,
        tekst=text.encode(),
    )
