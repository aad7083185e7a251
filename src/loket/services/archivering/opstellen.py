"""Making a list of what is due, in one go: what may not be on it is told, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loket.grammar.change import HOUSE
from loket.kernel.problems import Invalid
from loket.ledger.database import atomic, fetch
from loket.registers.archief.vernietigingslijst import vernietigingslijsten
from loket.registers.archief.vernietigingsregel import vernietigingsregels
from loket.registers.zaken.zaak import zaken
from loket.services.archivering.aan_de_beurt import te_vernietigen

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor


@dataclass(frozen=True)
class Geweigerd:
    """A zaak that could not be put on a list, and why."""

    zaaknummer: str
    reden: str


@dataclass(frozen=True)
class Opgesteld:
    """A list as it was made; None where nothing could be on it."""

    lijst: Any
    aantal: int
    geweigerd: tuple[Geweigerd, ...]


class _LeegError(Exception):
    """Nothing could be put on the list."""


def stel_op(actor: Actor, body: dict[str, str], zaaktype: UUID, call: Call) -> Opgesteld:
    """Make a list with the zaken of a zaaktype that are due and on no list yet.

    One transaction: a list that is seen is whole. Forbidden, Invalid (of the list itself).
    """
    geweigerd: list[Geweigerd] = []
    keys = te_vernietigen(actor, zaaktype)
    try:
        with atomic():
            lijst = vernietigingslijsten.create(actor, body, call).record
            for key in keys:
                geweigerd += _zet_erop(actor, lijst, key, call)
            _demand_some(len(keys) - len(geweigerd))
    except _LeegError:
        lijst = None
    return Opgesteld(lijst, len(keys) - len(geweigerd), tuple(geweigerd))


def _demand_some(aantal: int) -> None:
    if not aantal:
        raise _LeegError


def _zet_erop(actor: Actor, lijst: Any, key: UUID, call: Call) -> list[Geweigerd]:
    zaak = fetch(zaken.record, key)
    if zaak is None:
        return [Geweigerd(str(key), "De zaak is er niet meer.")]
    body = {"lijst": {"uuid": str(lijst.pk)}, "zaak": zaken.address(zaak, HOUSE)}
    try:
        vernietigingsregels.create(actor, body, call)
    except Invalid as problem:
        return [Geweigerd(zaak.identificatie, " ".join(each.reason for each in problem.faults))]
    return []
