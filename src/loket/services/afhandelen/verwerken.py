"""A verzoek becomes a zaak: with rollen, documents and a klantcontact, in one transaction.

Published registers leave this to a form engine, which makes each in a call of its own and leaves
half a zaak behind when one fails. Here the verzoek is dealt with when the zaak is there, and at no
other moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.grammar import codec
from loket.grammar.links import key_in
from loket.grammar.openapi_schemas import part_schema
from loket.grammar.reading import Query
from loket.grammar.resource import Command
from loket.grammar.together import Together, together
from loket.kernel.problems import Conflict, NotFound
from loket.registers.catalogi.zaaktype import zaaktypen
from loket.registers.klantinteracties.bekend import partij_van
from loket.registers.klantinteracties.betrokkene import betrokkenen
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.klantinteracties.onderwerpobject import onderwerpobjecten
from loket.registers.verzoeken.register import VERZOEKEN
from loket.registers.verzoeken.verzoek import verzoeken
from loket.registers.verzoeken.waarden import VerwerkStatus
from loket.registers.zaken.rol import rollen
from loket.registers.zaken.zaak import zaken
from loket.registers.zaken.zaakinformatieobject import zaakinformatieobjecten
from loket.registers.zaken.zaakverzoek import zaakverzoeken
from loket.services.afhandelen import opstellen
from loket.services.afhandelen.opstellen import CONTACT, ZAAK

if TYPE_CHECKING:
    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

Part = tuple[str, "Resource", Any]

VERWERKT: Final = VerwerkStatus.VERWERKT.value
ZAAK_URN: Final = "urn:nld:loket:zaken:zaak:"


def verwerk(actor: Actor, call: Call) -> Any:
    """Make the zaak of a verzoek; Conflict when it has one, Invalid, Forbidden, NotFound."""
    if call.key is None:
        raise NotFound
    given, about = opstellen.asked(call.body)
    verzoek = codec.decode(verzoeken.get(actor, call.key, Query(call.base, trace=call.trace)))
    parts = _parts(call, verzoek, given, about)
    with together(actor, call, parts) as doors:
        held = doors.hold(verzoeken, call.key)
        if held.verwerk_status == VERWERKT:
            raise Conflict("Dit verzoek is al verwerkt.")
        zaak = doors.create(ZAAK, zaken)
        for path, resource, _ in parts:
            if path not in (ZAAK, CONTACT):
                doors.create(path, resource, zaak=zaak)
        contact = _contact(doors, held, zaak) if about is not None else None
        doors.stop()
        related = [*held.is_gerelateerd_aan, {"urn": f"{ZAAK_URN}{zaak.pk}"}]
        verzoeken.patch(
            actor, call.key, {"verwerkStatus": VERWERKT, "isGerelateerdAan": related}, call
        )
    (shown,) = doors.shown(verzoeken, held)
    return {
        "verzoek": shown,
        ZAAK: zaken.address(zaak, call.base),
        CONTACT: klantcontacten.address(contact, call.base) if contact else None,
    }


def _parts(call: Call, verzoek: Any, given: Any, about: Any) -> list[Part]:
    """Return all that is to be made, by its path in what is told of faults."""
    naam = opstellen.naam_van(verzoek["verzoekType"].rpartition("/")[2])
    zaaktype = key_in(given.get("zaaktype"), zaaktypen, call.base)
    found = opstellen.rollen(verzoek, zaaktype, call) if zaaktype else ()
    parts: list[Part] = [(ZAAK, zaken, opstellen.zaak(verzoek, naam, given))]
    parts += [(f"rollen.{nr}", rollen, each) for nr, each in enumerate(found)]
    parts += [
        (f"zaakinformatieobjecten.{nr}", zaakinformatieobjecten, each)
        for nr, each in enumerate(opstellen.documenten(verzoek, call))
    ]
    parts.append(("zaakverzoek", zaakverzoeken, {"verzoek": verzoek["url"]}))
    if about is not None:
        parts.append((CONTACT, klantcontacten, opstellen.contact(verzoek, naam, about)))
    return parts


def _contact(doors: Together, verzoek: Any, zaak: Any) -> Any:
    """Make the contact by which the verzoek came: with whom, and about what."""
    contact = doors.create(CONTACT, klantcontacten)
    if contact is None or zaak is None:
        return None
    who = partij_van(verzoek.initiator, verzoek.initiator_nummer)
    with doors.part(CONTACT):
        body = {"hadKlantcontact": contact, "rol": "klant", "initiator": True, "wasPartij": who}
        betrokkenen.create(doors.actor, body, doors.call)
        for each in opstellen.onderwerpen(zaak.pk, verzoek.pk):
            onderwerpobjecten.create(doors.actor, {**each, "klantcontact": contact}, doors.call)
    return contact


def _request() -> dict[str, Any]:
    zaak, contact = part_schema(zaken), part_schema(klantcontacten)
    zaak["required"] = ["zaaktype", "bronorganisatie", "verantwoordelijkeOrganisatie"]
    zaak["description"] = "De zaak; wat ontbreekt, komt uit het verzoek."
    del contact["required"]
    contact |= {
        "nullable": True,
        "description": "Het contact; wat ontbreekt, komt uit het verzoek. Bij null is er geen.",
    }
    return {"type": "object", "required": [ZAAK], "properties": {ZAAK: zaak, CONTACT: contact}}


_URI = {"type": "string", "format": "uri"}

verzoek_verwerken = Command(
    VERZOEKEN,
    "verzoeken/{uuid}/verwerken",
    verwerk,
    VERZOEKEN.scopes["update"],
    "Maak van een verzoek een zaak, met rollen, documenten en een klantcontact.",
    request=_request(),
    response={
        "type": "object",
        "required": ["verzoek", ZAAK, CONTACT],
        "properties": {
            "verzoek": {"$ref": "#/components/schemas/Verzoek"},
            ZAAK: _URI,
            CONTACT: {**_URI, "nullable": True},
        },
    },
    success=201,
    of=verzoeken,
)
