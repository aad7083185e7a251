"""The partij that a citizen or company is: who does something here becomes known (K13, K14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.grammar.change import Change
from loket.grammar.writing import follow
from loket.kernel.actor import Kind
from loket.ledger.database import one, whole
from loket.registers.klantinteracties.bekend import partij_van
from loket.registers.klantinteracties.partij import partijen
from loket.registers.klantinteracties.partijidentificator import partij_identificatoren
from loket.registers.klantinteracties.waarden import (
    CodeObjecttype,
    CodeRegister,
    CodeSoortObjectId,
    SoortPartij,
)
from loket.services.mijnservices import bedrijf
from loket.services.mijnservices.klant import namens

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

_ALONE: Final = "SELECT pg_advisory_xact_lock(hashtext(%s))"
_KVK: Final = """
SELECT id FROM klantinteracties_partijidentificator
WHERE partij_identificator->>'codeSoortObjectId' = 'kvk_nummer'
    AND partij_identificator->>'objectId' = %s ORDER BY id LIMIT 1
"""


def alleen(actor: Actor) -> None:
    """Let what a citizen or company does in this transaction be done by nobody else for him."""
    one(_ALONE, (f"loket klant {actor.kvk or actor.number}",))


def eigen(actor: Actor) -> UUID | None:
    """Return the partij that who asks is; None when he is not known."""
    return partij_van(actor.urn, actor.number)


def word_bekend(actor: Actor, call: Call) -> UUID:
    """Return the partij that who asks is, made when he was not known; part of a transaction."""
    with whole():
        alleen(actor)
        found = eigen(actor)
        if found is not None:
            return found
        made = _burger(actor, call) if actor.kind is Kind.BURGER else _bedrijf(actor, call)
        key: UUID = made.pk
        return key


def _burger(actor: Actor, call: Call) -> Any:
    """Make the partij of a citizen; of his BSN nothing but the pseudonym is needed."""
    body: dict[str, Any] = {"soortPartij": SoortPartij.PERSOON.value, "indicatieActief": True}
    if actor.label:
        body["partijIdentificatie"] = {"contactnaam": {"achternaam": actor.label[:200]}}
    house = namens(actor)
    made = partijen.create(house, body, call).record
    follow(
        partij_identificatoren,
        Change(partijen, house, "create", call, made),
        identificeerde_partij=made,
        partij_identificator={
            "codeObjecttype": CodeObjecttype.NATUURLIJK_PERSOON.value,
            "codeSoortObjectId": CodeSoortObjectId.BSN.value,
            "codeRegister": CodeRegister.BRP.value,
            "objectId": "",
        },
        partij_identificator_nummer=actor.number,
    )
    return made


def _bedrijf(actor: Actor, call: Call) -> Any:
    """Make the partij of a company, or of one vestiging, whose number is a part of its number."""
    if not actor.vestiging:
        return _organisatie(actor, call, CodeSoortObjectId.KVK_NUMMER, actor.kvk)
    above = one(_KVK, (actor.kvk,))
    if above is None:
        word_bekend(bedrijf.at(actor, ""), call)
        above = one(_KVK, (actor.kvk,))
    part = {"subIdentificatorVan": {"uuid": str(above[0])}}
    return _organisatie(actor, call, CodeSoortObjectId.VESTIGINGSNUMMER, actor.vestiging, part)


def _organisatie(
    actor: Actor, call: Call, soort: CodeSoortObjectId, nummer: str, part: Any = None
) -> Any:
    house = namens(actor)
    body = {
        "soortPartij": SoortPartij.ORGANISATIE.value,
        "indicatieActief": True,
        "partijIdentificatie": {"naam": (actor.label or nummer)[:200]},
    }
    made = partijen.create(house, body, call).record
    objecttype = (
        CodeObjecttype.VESTIGING
        if soort is CodeSoortObjectId.VESTIGINGSNUMMER
        else CodeObjecttype.NIET_NATUURLIJK_PERSOON
    )
    identificator = {
        "identificeerdePartij": {"uuid": str(made.pk)},
        "partijIdentificator": {
            "codeObjecttype": objecttype.value,
            "codeSoortObjectId": soort.value,
            "codeRegister": CodeRegister.HR.value,
            "objectId": nummer,
        },
        **(part or {}),
    }
    partij_identificatoren.create(house, identificator, call)
    return made
