"""The commands of merging: what a body must say, and what the rules of the municipality allow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from loket.grammar import codec
from loket.grammar.change import demand_fresh
from loket.grammar.reading import Query
from loket.grammar.resource import Command
from loket.kernel.problems import Conflict, Fault, Invalid, Malformed, NotFound
from loket.ledger.database import fetch, one, rows, whole
from loket.registers.klantinteracties.partij import Partij
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.samenvoegen import merge, unmerge
from loket.registers.klantinteracties.samenvoeging import Samenvoeging, samenvoegingen
from loket.registers.klantinteracties.waarden import Bewijs, SoortPartij

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

SAMENVOEGEN = ("klantinteracties.samenvoegen",)
LONGEST = 1000

_REGELS = """
SELECT bool_or(true), bool_or(ook_een_zonder_bsn) FROM klantinteracties_samenvoegregel
WHERE soort_partij = %s AND bewijs = ANY(%s)
"""
_NUMMERS = """
SELECT partij_identificator->>'codeSoortObjectId', count(DISTINCT identificeerde_partij_id),
    bool_or(partij_identificator_nummer IS NOT NULL)
FROM klantinteracties_partijidentificator WHERE identificeerde_partij_id = ANY(%s) GROUP BY 1
"""


def voeg_samen(actor: Actor, call: Call) -> Any:
    """Let the partij in the body go into the one in the path."""
    body = checked(call.body)
    grond, bewijs = grond_in(body), _bewijs(body)
    with whole():
        demand_fresh(actor)
        stays, goes = _held(call.key, partij_in(body))
        demand_allowed(stays, goes, bewijs)
        made = merge(
            actor, replace(call, toelichting=grond), stays, goes, grond=grond, bewijs=bewijs
        )
    return _shown(actor, call, made)


def maak_ongedaan(actor: Actor, call: Call) -> Any:
    """Take a merge back."""
    grond = grond_in(checked(call.body))
    with whole():
        demand_fresh(actor)
        merged: Any = fetch(Samenvoeging, call.key, lock=True) if call.key else None
        if merged is None:
            raise NotFound
        _held(merged.blijvende_partij_id, merged.opgegane_partij_id)
        unmerge(actor, replace(call, toelichting=grond), merged, grond=grond)
    return _shown(actor, call, merged)


def demand_allowed(stays: Any, goes: Any, bewijs: Sequence[str]) -> None:
    """Hold a merge to what the privacy officer allows (K19); Conflict says what is in its way."""
    if stays.pk == goes.pk:
        raise Invalid([Fault("partij", "invalid", "Een partij kan niet in zichzelf opgaan.")])
    if stays.opgegaan_in_id or goes.opgegaan_in_id:
        raise Conflict("Een van de partijen is al opgegaan in een andere.")
    if stays.soort_partij != goes.soort_partij:
        raise Conflict("Partijen van verschillende soort zijn verschillende rollen.")
    allowed, without_bsn = one(_REGELS, (stays.soort_partij, list(bewijs)))
    if not allowed:
        raise Conflict("Geen samenvoegregel van de gemeente laat dit bewijs toe.")
    found = list(rows(_NUMMERS, ([stays.pk, goes.pk],)))
    both = [kind for kind, of, _ in found if of > 1]
    if both:
        raise Conflict(f"Beide hebben een eigen {both[0]}; het zijn dus verschillende partijen.")
    one_has = any(is_bsn for _, _, is_bsn in found)
    if stays.soort_partij == SoortPartij.PERSOON and one_has and not without_bsn:
        raise Conflict("Geen regel laat een persoon met een BSN samengaan met een zonder.")


def _held(*keys: Any) -> tuple[Any, Any]:
    """Return two partijen, held against other writers, always in the same order."""
    found = {key: fetch(Partij, key, lock=True) for key in sorted(set(keys), key=str)}
    if found[keys[0]] is None:
        raise NotFound
    if found[keys[1]] is None:
        raise Invalid([Fault("partij", "does_not_exist", "Deze partij bestaat niet.")])
    return found[keys[0]], found[keys[1]]


def checked(body: Any) -> dict[str, Any]:
    """Return a body that is an object; Malformed."""
    if not isinstance(body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    return body


def grond_in(body: dict[str, Any]) -> str:
    """Return the ground that a body gives; Invalid."""
    grond = body.get("grond")
    if not isinstance(grond, str) or not 0 < len(grond.strip()) <= LONGEST or "\x00" in grond:
        reason = f"Zeg waarom, in hoogstens {LONGEST} tekens."
        raise Invalid([Fault("grond", "required", reason)])
    return grond.strip()


def _bewijs(body: dict[str, Any]) -> list[str]:
    given = body.get("bewijs")
    if not isinstance(given, list) or not given or not set(map(str, given)) <= set(Bewijs.values):
        reason = f"Hier hoort een lijst met minstens een van: {', '.join(Bewijs.values)}."
        raise Invalid([Fault("bewijs", "invalid_choice", reason)])
    return [str(each) for each in given]


def partij_in(body: dict[str, Any]) -> UUID:
    """Return the key of the partij that a body names; Invalid."""
    given = body.get("partij")
    try:
        return UUID(given["uuid"] if isinstance(given, dict) else "")
    except (KeyError, ValueError, TypeError, AttributeError):
        reason = 'Een verwijzing noemt de uuid: {"uuid": …}.'
        raise Invalid([Fault("partij", "required", reason)]) from None


def _shown(actor: Actor, call: Call, made: Any) -> Any:
    return codec.decode(samenvoegingen.get(actor, made.pk, Query(call.base, trace=call.trace)))


_GROND = {"type": "string", "minLength": 1, "maxLength": LONGEST, "description": "Waarom."}
_REF = {
    "type": "object",
    "required": ["uuid"],
    "properties": {"uuid": {"type": "string", "format": "uuid"}},
}
Command(
    KLANTINTERACTIES,
    "partijen/{uuid}/samenvoegen",
    voeg_samen,
    SAMENVOEGEN,
    "Laat een andere partij in deze opgaan; het kan ongedaan worden gemaakt.",
    request={
        "type": "object",
        "required": ["partij", "grond", "bewijs"],
        "properties": {
            "partij": {**_REF, "description": "De partij die opgaat in deze."},
            "grond": _GROND,
            "bewijs": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "string", "enum": Bewijs.values},
            },
        },
    },
    success=201,
    of=samenvoegingen,
)
Command(
    KLANTINTERACTIES,
    "samenvoegingen/{uuid}/ongedaan-maken",
    maak_ongedaan,
    SAMENVOEGEN,
    "Maak een samenvoeging ongedaan: alles staat weer zoals het stond.",
    request={"type": "object", "required": ["grond"], "properties": {"grond": _GROND}},
    of=samenvoegingen,
)
