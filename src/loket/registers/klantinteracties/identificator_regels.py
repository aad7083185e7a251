"""Which numbers a partij may have, and how they fit each other.

The codes of the faults are those that clients know from the register in production.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.rule import rule
from loket.kernel.problems import Fault, InvalidValue
from loket.kernel.values import digits, rsin
from loket.registers.klantinteracties.waarden import (
    CodeObjecttype,
    CodeRegister,
    CodeSoortObjectId,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.grammar.change import Change
    from loket.registers.klantinteracties.partijidentificator import PartijIdentificator

_PERSOON, _ORGANISATIE, _VESTIGING = CodeObjecttype
SOORTEN: dict[str, tuple[str, str, int]] = {
    CodeSoortObjectId.BSN: (CodeRegister.BRP, _PERSOON, 9),
    CodeSoortObjectId.RSIN: (CodeRegister.HR, _ORGANISATIE, 9),
    CodeSoortObjectId.KVK_NUMMER: (CodeRegister.HR, _ORGANISATIE, 8),
    CodeSoortObjectId.VESTIGINGSNUMMER: (CodeRegister.HR, _VESTIGING, 12),
}
"""Of each kind of number: the register that hands it out, what it is of, and how long it is."""


def soort(record: Any) -> str:
    """Return what kind of number an identificator is."""
    return str(record.partij_identificator["codeSoortObjectId"])


def codes_passen(record: PartijIdentificator, change: Change) -> Sequence[Fault]:
    """Hold register, kind of thing, kind of number and the number itself to each other."""
    register, objecttype, length = SOORTEN[soort(record)]
    group = record.partij_identificator
    faults = [
        Fault(f"partijIdentificator.{name}", "invalid", f"Bij {soort(record)} hoort hier {right}.")
        for name, right in (("codeRegister", register), ("codeObjecttype", objecttype))
        if group[name] != right
    ]
    return [*faults, *_nummer(record, group["objectId"], length, change)]


def _nummer(
    record: PartijIdentificator, number: str, length: int, change: Change
) -> Sequence[Fault]:
    """Check the number; of a BSN that was done before it was put apart."""
    if soort(record) == CodeSoortObjectId.BSN:
        kept = getattr(change.before, "partij_identificator_nummer", None)
        given = bool((change.sent.get("partijIdentificator") or {}).get("objectId"))
        if given or kept is not None:
            return ()
        return [Fault("partijIdentificator.objectId", "blank", "Dit veld mag niet leeg zijn.")]
    if not number:
        return [Fault("partijIdentificator.objectId", "blank", "Dit veld mag niet leeg zijn.")]
    try:
        digits(number, length, f"Een {soort(record)}")
        if soort(record) == CodeSoortObjectId.RSIN:
            rsin(number)
    except InvalidValue as problem:
        return [Fault("partijIdentificator.objectId", problem.code, problem.reason)]
    return ()


@rule("sub_identificator_van", on="subIdentificatorVan")
def vestiging_hoort_bij_kvk(record: PartijIdentificator) -> bool:
    """Een vestigingsnummer is een deel van een KVK-nummer."""
    if soort(record) != CodeSoortObjectId.VESTIGINGSNUMMER:
        return True
    above = record.sub_identificator_van
    return above is not None and soort(above) == str(CodeSoortObjectId.KVK_NUMMER)


@rule("invalid", on="subIdentificatorVan")
def is_niet_van_zichzelf(record: PartijIdentificator) -> bool:
    """Een nummer kan geen deel van zichzelf zijn."""
    return bool(record.sub_identificator_van_id != record.pk)


@rule("invalid", on="partijIdentificator.codeSoortObjectId", verbs=("update",))
def soort_blijft_met_delen(record: PartijIdentificator, change: Change) -> bool:
    """De soort kan niet veranderen zolang er vestigingsnummers onder dit nummer staan."""
    before: Any = change.before
    return soort(record) == soort(before) or not record.sub_identificatoren.exists()


@rule("invalid", on="nonFieldErrors", verbs=("destroy",))
def heeft_geen_delen(record: PartijIdentificator) -> bool:
    """Er staan vestigingsnummers onder dit nummer; verwijder die eerst."""
    return not record.sub_identificatoren.exists()
