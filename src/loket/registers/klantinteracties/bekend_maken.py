"""From unknown to known: a betrokkene turns out to be, or becomes, a partij; in one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from loket.grammar import codec
from loket.grammar.change import Change, demand_fresh, held
from loket.grammar.reading import Query
from loket.grammar.resource import Command
from loket.grammar.writing import adjust
from loket.kernel.problems import Conflict, Fault, Invalid
from loket.ledger.database import fetch, whole
from loket.registers.klantinteracties.betrokkene import betrokkenen
from loket.registers.klantinteracties.digitaaladres import digitaleadressen
from loket.registers.klantinteracties.partij import Partij, partijen
from loket.registers.klantinteracties.register import BIJWERKEN, KLANTINTERACTIES
from loket.registers.klantinteracties.samenvoegopdrachten import checked, grond_in, partij_in
from loket.registers.klantinteracties.waarden import SoortPartij

if TYPE_CHECKING:
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor


def maak_bekend(actor: Actor, call: Call) -> Any:
    """Let an unknown betrokkene be a partij: the one in the body, or a new one with his name.

    The addresses that he gave are for that contact only (K12), unless he agreed to more.
    """
    body = checked(call.body)
    call = replace(call, toelichting=grond_in(body))
    key: Any = call.key
    with whole():
        demand_fresh(actor)
        betrokkene = held(betrokkenen, key, actor)
        if betrokkene.was_partij_id is not None:
            raise Conflict("Deze betrokkene is al bekend als partij.")
        partij = _partij(actor, call, body, betrokkene)
        change = Change(betrokkenen, actor, "partial_update", call, betrokkene)
        adjust(betrokkenen, betrokkene, change, was_partij=partij)
        if body.get("adressenMee") is True:
            model: Any = digitaleadressen.record
            for adres in model.objects.filter(
                verstrekt_door_betrokkene=betrokkene, verstrekt_door_partij=None
            ):
                adjust(digitaleadressen, adres, change, verstrekt_door_partij=partij)
    query = Query(call.base, trace=call.trace)
    return codec.decode(betrokkenen.get(actor, betrokkene.pk, query))


def _partij(actor: Actor, call: Call, body: dict[str, Any], betrokkene: Any) -> Any:
    """Return the partij that is meant, or a new one with the name of the betrokkene."""
    if body.get("partij") is not None:
        found: Any = fetch(Partij, partij_in(body), lock=True)
        if found is None or found.opgegaan_in_id is not None:
            reason = "Deze partij bestaat niet, of is opgegaan in een andere."
            raise Invalid([Fault("partij", "does_not_exist", reason)])
        return found
    if not betrokkene.contactnaam:
        reason = "Zonder naam kan er geen partij van worden gemaakt; noem een partij."
        raise Invalid([Fault("partij", "required", reason)])
    made = {
        "soortPartij": SoortPartij.PERSOON.value,
        "indicatieActief": True,
        "partijIdentificatie": {"contactnaam": betrokkene.contactnaam},
    }
    return partijen.create(actor, made, call).record


Command(
    KLANTINTERACTIES,
    "betrokkenen/{uuid}/bekend-maken",
    maak_bekend,
    BIJWERKEN,
    "Maak van een ongekende betrokkene een gekende: een bestaande partij, of een nieuwe.",
    request={
        "type": "object",
        "required": ["grond"],
        "properties": {
            "partij": {
                "type": "object",
                "required": ["uuid"],
                "properties": {"uuid": {"type": "string", "format": "uuid"}},
                "description": "De partij die het is; anders wordt er een gemaakt.",
            },
            "grond": {"type": "string", "minLength": 1, "maxLength": 1000},
            "adressenMee": {
                "type": "boolean",
                "description": "Of de klant instemde met vaker gebruik van zijn adressen.",
            },
        },
    },
    of=betrokkenen,
)
