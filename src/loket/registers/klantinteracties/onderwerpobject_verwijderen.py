"""Removing an onderwerpobject; with `cascade` also the klantcontact that is about nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.resource import Command
from loket.grammar.words import Flag
from loket.kernel.problems import Fault, Invalid, InvalidValue
from loket.ledger.database import fetch, whole
from loket.registers.klantinteracties.digitaaladres import digitaleadressen
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.klantinteracties.onderwerpobject import onderwerpobjecten
from loket.registers.klantinteracties.register import BIJWERKEN, KLANTINTERACTIES

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor


def verwijder(actor: Actor, call: Call) -> dict[str, list[str]] | None:
    """Remove an onderwerpobject; return which klantcontacten were kept, None when none was."""
    key: Any = call.key
    cascade = _cascade(call)
    with whole():
        found: Any = fetch(onderwerpobjecten.record, key)
        contact = found.klantcontact if found is not None else None
        onderwerpobjecten.destroy(actor, key, call)
        if not cascade or contact is None:
            return None
        if contact.ging_over_onderwerpobjecten.exists():
            return {"behouden": [klantcontacten.address(contact, call.base)]}
        for adres in _loose_after(contact.pk):
            digitaleadressen.destroy(actor, adres, call)
        klantcontacten.destroy(actor, contact.pk, call)
    return None


def _cascade(call: Call) -> bool:
    try:
        return Flag("").value(call.query.get("cascade", ["false"])[-1])
    except InvalidValue as problem:
        raise Invalid([Fault("cascade", problem.code, problem.reason)]) from None


def _loose_after(contact: UUID) -> list[UUID]:
    """Return the addresses that only the betrokkenen of a klantcontact gave."""
    model: Any = digitaleadressen.record
    loose = model.objects.filter(
        verstrekt_door_betrokkene__had_klantcontact_id=contact, verstrekt_door_partij=None
    )
    return list(loose.values_list("pk", flat=True))


Command(
    KLANTINTERACTIES,
    "onderwerpobjecten/{uuid}",
    verwijder,
    BIJWERKEN,
    "Verwijder een onderwerpobject, en met cascade het klantcontact dat nergens anders over ging.",
    method="DELETE",
    query=("cascade",),
    response={
        "type": "object",
        "required": ["behouden"],
        "properties": {
            "behouden": {"type": "array", "items": {"type": "string", "format": "uri"}},
        },
    },
    empty=True,
)
