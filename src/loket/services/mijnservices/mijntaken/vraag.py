"""What a portal asks: whose tasks, of which context, and how far they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.urns import OF_PERSON, is_person, urn
from loket.kernel.problems import Fault, Invalid, InvalidValue, Malformed
from loket.kernel.values import bsn
from loket.registers.taken.waarden import TaakStatus

if TYPE_CHECKING:
    from collections.abc import Callable

TAKEN: Final = "taken"
"""The one kind of thing that can be asked for; others are left out of the answer."""

OPEN: Final = "open"
STATUSSEN: Final[dict[str, tuple[str, ...]]] = {
    OPEN: (TaakStatus.OPEN.value,),
    "afgerond": (TaakStatus.UITGEVOERD.value, TaakStatus.VERWERKT.value),
    "geannuleerd": (TaakStatus.NIET_UITGEVOERD.value,),
}
"""The statuses that portals know, and ours; what was withdrawn (`afgebroken`) nobody sees."""

_NUMBER: Final = re.compile(r"[0-9]{9}")


@dataclass(frozen=True)
class Klant:
    """Whose tasks: a BSN, the URN of a company or of whoever else, or a partij."""

    bsn: str = ""
    urn: str = ""
    partij: UUID | None = None


@dataclass(frozen=True)
class Vraag:
    """What is asked, checked; `statussen` are ours, `taken` whether tasks are asked for at all."""

    klant: Klant
    context: str
    taken: bool
    statussen: tuple[str, ...]


def gevraagd(body: Any) -> Vraag:
    """Return what a body asks; Malformed, Invalid."""
    if not isinstance(body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    found: dict[str, Any] = {}
    faults = []
    if "klantId" not in body:
        faults.append(Fault("klantId", "required", "Dit veld is vereist."))
    for name in _CHECKS.keys() & body.keys():
        try:
            found[name] = _CHECKS[name](body[name])
        except InvalidValue as problem:
            faults.append(Fault(name, problem.code, problem.reason))
    if faults:
        raise Invalid(sorted(faults, key=lambda fault: fault.name))
    include = found.get("include")
    asked = found.get("status") or [OPEN]
    return Vraag(
        found["klantId"],
        found.get("contextId", ""),
        not include or TAKEN in include,
        tuple(ours for each in asked for ours in STATUSSEN[each]),
    )


def klant(raw: Any) -> Klant:
    """Return who is meant; InvalidValue."""
    if isinstance(raw, str):
        if is_person(raw) or _NUMBER.fullmatch(raw):
            return Klant(bsn=bsn(raw[len(OF_PERSON) :] if is_person(raw) else raw))
        if raw.lower().startswith("urn:"):
            return Klant(urn=urn(raw))
        try:
            return Klant(partij=UUID(raw))
        except ValueError:
            pass
    raise InvalidValue("invalid", "Geef een URN, een BSN of de uuid van een partij.")


def _context(raw: Any) -> str:
    if is_person(raw):
        raise InvalidValue("invalid_urn", "Een burgerservicenummer hoort hier niet.")
    return urn(raw)


def _texts(raw: Any) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(each, str) for each in raw):
        raise InvalidValue("not_a_list", "Hier hoort een lijst van teksten.")
    return raw


def _statussen(raw: Any) -> list[str]:
    for each in _texts(raw):
        if each not in STATUSSEN:
            raise InvalidValue("invalid_choice", f"Kies uit {', '.join(STATUSSEN)}.")
    return list(raw)


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "klantId": klant,
    "contextId": _context,
    "include": _texts,
    "status": _statussen,
}
