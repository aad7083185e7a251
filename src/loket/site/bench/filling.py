"""A municipality to measure: types through the front door, then zaken by the hundred thousand."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from loket.grammar.installing import recount
from loket.grammar.resource import Call, Resource
from loket.grammar.writing import HOUSE
from loket.kernel.actor import Actor
from loket.ledger.database import atomic, connection, one
from loket.registers.autorisaties.applicatie import applicaties
from loket.registers.beheer.client import clients
from loket.registers.catalogi.catalogus import catalogussen
from loket.registers.catalogi.informatieobjecttype import informatieobjecttypen
from loket.registers.catalogi.roltype import roltypen
from loket.registers.catalogi.statustype import statustypen
from loket.registers.catalogi.zaaktype import zaaktypen
from loket.registers.documenten.enkelvoudiginformatieobject import (
    enkelvoudiginformatieobjecten,
)
from loket.registers.zaken.rol import rollen
from loket.registers.zaken.status import statussen
from loket.registers.zaken.zaak import zaken
from loket.site.bench.copying import insert

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

CLIENT_ID = "bench"
CLIENT_SECRET = "bench-secret-of-at-least-32-characters"  # noqa: S105 - of a house that is thrown away
PURPOSE = "urn:loket:verwerking:dienstverlening"
RSIN = "517439943"
BSN = "999993653"
STEP = 20_000
"""Zaken that are loaded in one transaction."""

ZAAKTYPE = {
    "identificatie": "BENCH",
    "omschrijving": "Aanvraag behandelen",
    "vertrouwelijkheidaanduiding": "openbaar",
    "doel": "Beslissen",
    "aanleiding": "Een aanvraag",
    "indicatieInternOfExtern": "extern",
    "handelingInitiator": "aanvragen",
    "onderwerp": "Vergunning",
    "handelingBehandelaar": "behandelen",
    "doorlooptijd": "P56D",
    "opschortingEnAanhoudingMogelijk": False,
    "verlengingMogelijk": False,
    "publicatieIndicatie": False,
    "productenOfDiensten": [],
    "referentieproces": {"naam": "Vergunnen"},
    "verantwoordelijke": "Vergunningen",
    "besluittypen": [],
    "deelzaaktypen": [],
    "gerelateerdeZaaktypen": [],
    "beginGeldigheid": "2024-01-01",
}
FILE = b"%PDF-1.7\n" + bytes(range(256)) * 400
"""About 100 kB: the document that is posted and downloaded."""

_ACTOR = Actor.system("bench")


def zaak_body(zaaktype: UUID, base: str = HOUSE) -> dict[str, Any]:
    """Return what an application sends to make a zaak."""
    return {
        "zaaktype": f"{base}/catalogi/api/v1/zaaktypen/{zaaktype}",
        "bronorganisatie": RSIN,
        "verantwoordelijkeOrganisatie": RSIN,
        "startdatum": "2026-01-05",
        "registratiedatum": "2026-01-05",
        "omschrijving": "Terras op het plein",
        "toelichting": "Aangevraagd aan de balie.",
    }


def document_body(kind: str) -> dict[str, Any]:
    """Return what an application sends to make a document of 100 kB."""
    return {
        "informatieobjecttype": kind,
        "bronorganisatie": RSIN,
        "creatiedatum": "2026-01-05",
        "titel": "Aanvraag",
        "auteur": "Jansen",
        "taal": "nld",
        "formaat": "application/pdf",
        "bestandsnaam": "aanvraag.pdf",
        "inhoud": base64.b64encode(FILE).decode(),
    }


def document() -> tuple[str, str]:
    """Make a type of documents and one document; return both addresses."""
    catalogus = one("SELECT id FROM catalogi_catalogus")[0]
    kind = _make(
        informatieobjecttypen,
        catalogus=catalogus,
        omschrijving="Aanvraag",
        vertrouwelijkheidaanduiding="openbaar",
        informatieobjectcategorie="brief",
        beginGeldigheid="2024-01-01",
    )
    one("UPDATE catalogi_informatieobjecttype SET concept = false")
    address = _url(informatieobjecttypen, kind)
    made = _make(enkelvoudiginformatieobjecten, **document_body(address))
    return address, _url(enkelvoudiginformatieobjecten, made)


def _make(resource: Resource, **body: Any) -> Any:
    return resource.create(_ACTOR, body, Call(base=HOUSE)).record


def furnish() -> UUID:
    """Make a client, the types and one whole zaak, through the front door; return that zaak."""
    with atomic():
        _make(clients, clientId=CLIENT_ID, geheim=CLIENT_SECRET, doelbindingen=[PURPOSE])
        _make(applicaties, clientIds=[CLIENT_ID], label="Bench", heeftAlleAutorisaties=True)
        catalogus = _make(catalogussen, domein="BENCH", rsin=RSIN, contactpersoonBeheerNaam="Bench")
        zaaktype = _make(zaaktypen, **ZAAKTYPE, catalogus=_url(catalogussen, catalogus))
        address = _url(zaaktypen, zaaktype)
        steps = [
            _make(statustypen, zaaktype=address, omschrijving=f"Stap {nr}", volgnummer=nr)
            for nr in (1, 2, 3, 4)
        ]
        parts = [
            _make(roltypen, zaaktype=address, omschrijving=kind, omschrijvingGeneriek=kind)
            for kind in ("initiator", "behandelaar")
        ]
        one("UPDATE catalogi_zaaktype SET concept = false")
        return _whole_zaak(zaaktype.pk, steps[:3], parts)


def _url(resource: Resource, record: Any) -> str:
    return resource.address(record, HOUSE)


def _whole_zaak(zaaktype: UUID, steps: list[Any], parts: list[Any]) -> UUID:
    """Make the zaak of which the others are copies: 3 statussen and 2 rollen."""
    zaak = _make(zaken, **zaak_body(zaaktype))
    address = _url(zaken, zaak)
    for nr, step in enumerate(steps, start=1):
        _make(
            statussen,
            zaak=address,
            statustype=_url(statustypen, step),
            datumStatusGezet=f"2026-01-0{5 + nr}T12:00:00Z",
            statustoelichting="De behandeling is een stap verder.",
        )
    persons: list[dict[str, Any]] = [
        {"betrokkeneType": "natuurlijk_persoon",
         "betrokkeneIdentificatie": {"inpBsn": BSN, "geslachtsnaam": "Jansen"}},
        {"betrokkeneType": "medewerker",
         "betrokkeneIdentificatie": {"identificatie": "m123", "achternaam": "Bakker"}},
    ]  # fmt: skip
    for part, person in zip(parts, persons, strict=True):
        roltype = _url(roltypen, part)
        _make(rollen, zaak=address, roltype=roltype, roltoelichting="bench", **person)
    key: UUID = zaak.pk
    return key


def grow(template: UUID, count: int, tell: Callable[[int], None]) -> None:
    """Copy the whole zaak, with its statussen and rollen, until there are `count` zaken."""
    have = one("SELECT count(*) FROM zaken_zaak")[0]
    while have < count:
        step = min(STEP, count - have)
        with atomic():
            one("SET LOCAL session_replication_role = replica")
            one("SET LOCAL synchronous_commit = off")
            _copy(template, have, step)
        have += step
        tell(have)
    for resource in (zaken, rollen, statussen):
        if resource.counted:
            recount(resource)
    connection().execute("VACUUM ANALYZE")
    connection().execute("CHECKPOINT")


def _copy(template: UUID, have: int, count: int) -> None:
    one(
        "CREATE TEMP TABLE copied ON COMMIT DROP AS "
        "SELECT uuidv7() AS id, nr FROM generate_series(%s::int, %s::int) nr",
        (have + 1, have + count),
    )
    number = "'BENCH-' || lpad(copied.nr::text, 10, '0')"
    begun = "DATE '2024-01-01' + copied.nr %% 730"
    dates = {"startdatum": begun, "registratiedatum": begun}
    insert(
        "zaken_zaak", "copied", "t.id = %s", (template,),
        id="copied.id", identificatie=number, **dates,
    )  # fmt: skip
    own = {"id": "uuidv7()", "zaak_id": "copied.id"}
    insert("zaken_status", "copied", "t.zaak_id = %s", (template,), **own)
    pseudonym = "CASE WHEN t.betrokkene_identificatie_nummer IS NOT NULL THEN gen_random_uuid() END"
    own["betrokkene_identificatie_nummer"] = pseudonym
    insert("zaken_rol", "copied", "t.zaak_id = %s", (template,), **own)


def zaaktype_of(zaak: UUID) -> UUID:
    """Return the key of the zaaktype of a zaak."""
    key: UUID = one("SELECT zaaktype_id FROM zaken_zaak WHERE id = %s", (zaak,))[0]
    return key


def part_named(table: str, omschrijving: str) -> UUID:
    """Return the key of a part of the zaaktype, by its omschrijving."""
    key: UUID = one(f"SELECT id FROM {table} WHERE omschrijving = %s", (omschrijving,))[0]  # noqa: S608 - our own names
    return key


__all__ = ["document", "document_body", "furnish", "grow", "part_named", "zaak_body", "zaaktype_of"]
