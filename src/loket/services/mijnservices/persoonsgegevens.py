"""What the base registers hold of whoever is logged in: a citizen in the BRP, a company at KVK.

Nothing of it is kept: it is asked anew for each page, so that it is never older than the page.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from loket.connectors import brp, kvk
from loket.connectors.asking import BevragenMislukt
from loket.connectors.brp import Deel
from loket.kernel.actor import Kind
from loket.ledger.database import one
from loket.registers.beheer.basisregistratie import Basis
from loket.services.mijnservices.burger import PURPOSE
from loket.services.mijnservices.klant import demand_klant
from loket.services.mijnservices.toegang import toegang

if TYPE_CHECKING:
    from loket.connectors.asking import Access
    from loket.kernel.actor import Actor

logger = logging.getLogger(__name__)

DELEN: Final = (Deel.NAAM, Deel.GEBOORTE, Deel.ADRES, Deel.OVERLIJDEN)
"""What the page shows of a citizen, and so all that is asked for."""


class Stand(StrEnum):
    """How the question ended."""

    GEVONDEN = "gevonden"
    ONBEKEND = "onbekend"
    """The register knows nobody by this number."""
    MISLUKT = "mislukt"
    """The register did not answer, or does not let us in."""
    NIET_BEVRAAGD = "niet bevraagd"
    """The municipality does not ask this register."""
    GEMACHTIGDE = "gemachtigde"
    """Somebody else acts for the citizen, which gives him no right to these data."""


@dataclass(frozen=True)
class Gegevens:
    """What a base register told, if anything; of a company also the vestiging that it acts for."""

    basis: Basis
    stand: Stand
    persoon: brp.Persoon | None = None
    onderneming: kvk.Onderneming | None = None
    vestiging: kvk.Vestiging | None = None


def gegevens(actor: Actor) -> Gegevens:
    """Return what the register of its kind holds of an actor; Forbidden for employees and others.

    It never fails: a page must stay a page when a neighbour is away.
    """
    demand_klant(actor)
    return _burger(actor) if actor.kind is Kind.BURGER else _bedrijf(actor)


def _burger(actor: Actor) -> Gegevens:
    if actor.user:
        return Gegevens(Basis.BRP, Stand.GEMACHTIGDE)
    access = toegang(Basis.BRP, PURPOSE, actor.kind.value)
    if access is None:
        return Gegevens(Basis.BRP, Stand.NIET_BEVRAAGD)
    number = _opened(actor)
    try:
        found = brp.persoon(access, number, DELEN) if number else None
    except BevragenMislukt as failure:
        return _mislukt(Basis.BRP, failure)
    if found is None:
        return Gegevens(Basis.BRP, Stand.ONBEKEND)
    return Gegevens(Basis.BRP, Stand.GEVONDEN, persoon=found)


def _opened(actor: Actor) -> str:
    """Open the citizen's number for the BRP, which leaves one line in the processing log."""
    row = one(
        "SELECT bsn.bevraag(%s::uuid, %s::text, %s::text, %s::text, %s::text)",
        (actor.number, Basis.BRP.value, PURPOSE, uuid4().hex, actor.logged_as),
    )
    return row[0] or ""


def _bedrijf(actor: Actor) -> Gegevens:
    access = toegang(Basis.KVK, PURPOSE, actor.kind.value)
    if access is None:
        return Gegevens(Basis.KVK, Stand.NIET_BEVRAAGD)
    try:
        found = kvk.onderneming(access, actor.kvk)
        at = _vestiging(access, actor) if found and actor.vestiging else None
    except BevragenMislukt as failure:
        return _mislukt(Basis.KVK, failure)
    if found is None:
        return Gegevens(Basis.KVK, Stand.ONBEKEND)
    return Gegevens(Basis.KVK, Stand.GEVONDEN, onderneming=found, vestiging=at)


def _vestiging(access: Access, actor: Actor) -> kvk.Vestiging | None:
    """Return the vestiging that the company acts for, if it is one of this company."""
    found = kvk.vestiging(access, actor.vestiging)
    return found if found and found.kvk_nummer == actor.kvk else None


def _mislukt(basis: Basis, failure: BevragenMislukt) -> Gegevens:
    """Say in the log of the house what is wrong, without whom it was about."""
    logger.warning("%s: %s: %s", basis.value, type(failure).__name__, failure)
    return Gegevens(basis, Stand.MISLUKT)
