"""Carrying out a list: each zaak in a transaction of its own, from the event that released it.

The worker gets the lines of one list in order. What cannot be destroyed stays, with the reason on
its line, and holds up nothing else; after the last line the statement of destruction is made.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from loket.grammar.change import HOUSE, Change
from loket.grammar.resource import Call
from loket.grammar.writing import adjust, follow
from loket.kernel.actor import Actor
from loket.kernel.clock import now
from loket.kernel.problems import Conflict, Problem
from loket.ledger.database import atomic, fetch, one, rows
from loket.ledger.dispatch import Subscriber, subscribe
from loket.ledger.events import forget
from loket.registers.archief.vernietigingslijst import vernietigingslijsten
from loket.registers.archief.vernietigingsregel import vernietigingsregels
from loket.registers.archief.vernietigingsverklaring import vernietigingsverklaringen
from loket.registers.archief.waarden import Regelstand, Stand
from loket.registers.besluiten.besluit import besluiten
from loket.registers.documenten.enkelvoudiginformatieobject import (
    enkelvoudiginformatieobjecten as documenten,
)
from loket.registers.klantinteracties.digitaaladres import digitaleadressen
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.zaken.zaak import zaken
from loket.services.archivering.aan_de_beurt import bezwaren, zaak_van

if TYPE_CHECKING:
    from uuid import UUID

    from loket.ledger.dispatch import Happened

NAME = "archivering"
GRONDSLAG = (
    "Archiefwet 1995, artikel 3, en de selectielijst gemeenten en intergemeentelijke organen; "
    "de categorie staat bij elke regel van de lijst."
)


def connect() -> None:
    """Subscribe to the ledger."""
    subscribe(Subscriber(NAME, wants, deliver))


def wants(event: Happened) -> bool:
    """Tell whether a line of a list may have been released."""
    what = (event.register, event.resource, event.actie)
    return what == ("archief", "vernietigingsregels", "partial_update")


def deliver(event: Happened) -> str:
    """Destroy the zaak of a line, once; return what was done."""
    regel = fetch(vernietigingsregels.record, event.key, lock=True)
    if regel is None or regel.stand != Regelstand.TE_VERNIETIGEN:
        return "niets te doen"
    change = Change(
        vernietigingsregels,
        Actor.system(NAME),
        "partial_update",
        Call(base=HOUSE, toelichting=f"vernietigingslijst {regel.lijst.nummer}"),
        regel,
    )
    try:
        with atomic():
            told = _vernietig(regel, change)
    except Problem as problem:
        told = f"niet vernietigd: {problem.detail}"
        reden = _reden(problem)
        adjust(
            vernietigingsregels, regel, change,
            stand=Regelstand.NIET_VERNIETIGD.value, reden=reden,
        )  # fmt: skip
    _rond_af(regel.lijst_id, change)
    return told


def _reden(problem: Problem) -> str:
    faults = getattr(problem, "faults", ())
    return " ".join(fault.reason for fault in faults) or problem.detail


def _vernietig(regel: Any, change: Change) -> str:
    zaak = zaak_van(regel, lock=True)
    if zaak is None:
        raise Conflict("De zaak is er niet meer.")
    alle = (zaak, *zaak.deelzaken.select_for_update(no_key=True).order_by("id"))
    redenen = list(bezwaren(zaak))
    if redenen:
        raise Conflict(" ".join(redenen))
    keys = [each.pk for each in alle]
    digest, beslist = _controlegetal(keys), _besluiten(keys)
    erbij = _documenten(keys, beslist)
    for key in beslist:
        besluiten.destroy(change.actor, key, change.call)
    for key in _contacten(keys):
        _vernietig_contact(key, change)
    zaken.destroy(change.actor, zaak.pk, change.call)
    alleen = _nergens_anders(erbij)
    for key in alleen:
        documenten.destroy(change.actor, key, change.call)
    adjust(
        vernietigingsregels, regel, change, stand=Regelstand.VERNIETIGD.value, vernietigd_op=now(),
        documenten=len(alleen), besluiten=len(beslist), controlegetal=digest,
    )  # fmt: skip
    return f"vernietigd, met {len(alleen)} document(en) en {len(beslist)} besluit(en)"


def _contacten(keys: list[UUID]) -> list[UUID]:
    """Return the klantcontacten that were about zaken, and about nothing else."""
    found = rows(
        "SELECT DISTINCT o.klantcontact_id FROM klantinteracties_onderwerpobject o "
        "WHERE o.klantcontact_id IS NOT NULL "
        "AND o.onderwerpobjectidentificator->>'objectId' = ANY(%(keys)s) AND NOT EXISTS ("
        "SELECT FROM klantinteracties_onderwerpobject a "
        "WHERE a.klantcontact_id = o.klantcontact_id AND (a.was_klantcontact_id IS NOT NULL OR "
        "a.onderwerpobjectidentificator->>'objectId' <> ALL(%(keys)s))) ORDER BY 1",
        {"keys": [str(key) for key in keys]},
    )
    return [key for (key,) in found]


def _vernietig_contact(key: UUID, change: Change) -> None:
    """Destroy a klantcontact, with the addresses that were given for it alone, and its past."""
    given = rows(
        "SELECT a.id FROM klantinteracties_digitaaladres a "
        "JOIN klantinteracties_betrokkene b ON b.id = a.verstrekt_door_betrokkene_id "
        "WHERE b.had_klantcontact_id = %s AND a.verstrekt_door_partij_id IS NULL",
        (key,),
    )
    for (adres,) in list(given):
        digitaleadressen.destroy(change.actor, adres, change.call)
        forget(adres)
    klantcontacten.destroy(change.actor, key, change.call)
    forget(key)


def _controlegetal(keys: list[UUID]) -> str:
    """Return the SHA-256 of all that the ledger knows of main records, in its order."""
    row = one(
        "SELECT encode(sha256(convert_to(coalesce(string_agg(nieuw, E'\\n' ORDER BY position), "
        "''), 'UTF8')), 'hex') FROM ledger_event WHERE main_key = ANY(%s)",
        (keys,),
    )
    return str(row[0])


def _besluiten(keys: list[UUID]) -> list[UUID]:
    """Return the besluiten of zaken."""
    found = rows("SELECT id FROM besluiten_besluit WHERE zaak_id = ANY(%s) ORDER BY id", (keys,))
    return [key for (key,) in found]


def _documenten(keys: list[UUID], beslist: list[UUID]) -> list[UUID]:
    """Return the documents of zaken and of their besluiten."""
    found = rows(
        "SELECT informatieobject_id FROM zaken_zaakinformatieobject WHERE zaak_id = ANY(%s) "
        "UNION SELECT informatieobject_id FROM besluiten_besluitinformatieobject "
        "WHERE besluit_id = ANY(%s) ORDER BY 1",
        (keys, beslist),
    )
    return [key for (key,) in found]


def _nergens_anders(keys: list[UUID]) -> list[UUID]:
    """Return which documents belong to nothing else any more."""
    found = rows(
        f'SELECT d.id FROM "{documenten.table}" d WHERE d.id = ANY(%s) AND NOT EXISTS '  # noqa: S608 - our own names
        "(SELECT FROM documenten_objectinformatieobject o WHERE o.informatieobject_id = d.id) "
        "ORDER BY 1 FOR NO KEY UPDATE",
        (keys,),
    )
    return [key for (key,) in found]


def _rond_af(key: UUID, change: Change) -> None:
    """Make the statement of destruction when the last line of a list has had its turn."""
    lijst = fetch(vernietigingslijsten.record, key, lock=True)
    if lijst.stand != Stand.VASTGESTELD or lijst.regels.filter(stand=Regelstand.TE_VERNIETIGEN):
        return
    moment = now()
    vernietigd = list(lijst.regels.filter(stand=Regelstand.VERNIETIGD).order_by("zaaknummer", "id"))
    adjust(vernietigingslijsten, lijst, change, stand=Stand.UITGEVOERD.value, uitgevoerd_op=moment)
    follow(
        vernietigingsverklaringen, change, lijst=lijst, opgemaakt_op=moment,
        opsteller=lijst.opsteller, beoordelaar=lijst.beoordelaar, grondslag=GRONDSLAG,
        zaken=len(vernietigd), documenten=sum(each.documenten for each in vernietigd),
        besluiten=sum(each.besluiten for each in vernietigd),
        niet_vernietigd=lijst.regels.filter(stand=Regelstand.NIET_VERNIETIGD).count(),
        controlegetal=_over_regels(vernietigd),
    )  # fmt: skip


def _over_regels(vernietigd: list[Any]) -> str:
    """Return the SHA-256 over the lines of a list, as anybody can work it out again."""
    lines = (
        f"{each.zaaknummer};{each.zaaktype};{each.selectielijstklasse};{each.documenten};"
        f"{each.besluiten};{each.controlegetal}\n"
        for each in vernietigd
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()
