"""What becomes of a message: handed over, arrived, over another channel, or to an employee."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.grammar.change import HOUSE, Change, demand_fresh, held
from loket.grammar.resource import Call
from loket.grammar.writing import adjust
from loket.kernel.actor import Actor
from loket.kernel.clock import now
from loket.kernel.problems import Conflict, NotFound
from loket.ledger.database import atomic, fetch, one
from loket.ledger.dispatch import pause_after
from loket.registers.output.klantnotificatie import klantnotificaties
from loket.registers.output.waarden import Verzendstatus
from loket.services.output import vastleggen
from loket.services.output.bezorgen import BINNEN, binnenshuis
from loket.services.output.herkomst import herkomst

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from loket.services.output.bezorgen import Onbezorgd, Zending
    from loket.services.output.herkomst import Herkomst

NAME: Final = "output"
MOST_ATTEMPTS: Final = 24
"""Over one channel, in seven hours; after that another is tried.

A mail server that is being mended is waited for: a letter costs more, and comes later.
"""


def _held(key: UUID, *statussen: Verzendstatus) -> tuple[Any, Change] | None:
    """Return a message, held, and the change in which it is written; None in another status."""
    notificatie: Any = fetch(klantnotificaties.record, key, lock=True)
    if notificatie is None or notificatie.status not in statussen:
        return None
    call = Call(base=HOUSE, toelichting="verzenden")
    return notificatie, Change(
        klantnotificaties, Actor.system(NAME), "partial_update", call, notificatie
    )


def eindig(key: UUID, status: Verzendstatus, uitkomst: str) -> None:
    """Note that a message is not sent, and why."""
    with atomic():
        if held := _held(key, Verzendstatus.GEPLAND):
            adjust(klantnotificaties, *held, status=status.value, uitkomst=uitkomst)


def verzonden(key: UUID, zending: Zending, kenmerk: str, source: Herkomst) -> None:
    """Note that a message was handed over, with the klantcontact that it is (M-F1)."""
    with atomic():
        held = _held(key, Verzendstatus.GEPLAND)
        if held is None:
            return
        notificatie, change = held
        inside = zending.kanaal in BINNEN
        values: dict[str, Any] = {"status": Verzendstatus.VERZONDEN.value, "kenmerk": kenmerk[:250]}
        if inside:
            values = {
                "status": Verzendstatus.BEZORGD.value,
                "kenmerk": binnenshuis(zending, change, source.onderwerp.bij),
                "bezorgd_op": now(),
            }
        adjust(
            klantnotificaties,
            notificatie,
            change,
            verzonden_op=now(),
            klantcontact=vastleggen.contact(
                notificatie, source, tekst=zending.tekst.onderwerp, gelukt=True if inside else None
            ),
            uitkomst="In het portaal gezet." if inside else "Overgedragen.",
            **values,
        )


def mislukt(key: UUID, problem: Onbezorgd, source: Herkomst, ingericht: Collection[str]) -> None:
    """Try again later, or over the next channel, or leave it to an employee."""
    with atomic():
        held = _held(key, Verzendstatus.GEPLAND)
        if held is None:
            return
        notificatie, change = held
        if problem.nergens:
            vastleggen.werkt_niet(notificatie.adres)
        if problem.blijvend or notificatie.pogingen >= MOST_ATTEMPTS:
            _elsewhere(notificatie, change, problem.reden, source, ingericht)
        else:
            later = now() + pause_after(notificatie.pogingen)
            adjust(
                klantnotificaties, notificatie, change,
                gepland_op=later, uitkomst=problem.reden[:500],
            )  # fmt: skip


def _elsewhere(
    notificatie: Any, change: Change, reden: str, source: Herkomst, ingericht: Collection[str]
) -> None:
    """Let a message go over the next channel; when there is none, an employee hears of it."""
    tried = [*notificatie.geprobeerd, {"kanaal": notificatie.kanaal, "reden": reden[:500]}]
    gone = {each["kanaal"] for each in tried}
    left = (each for each in source.keuzes(notificatie, ingericht) if each.kanaal not in gone)
    following = next(left, None)
    values: dict[str, Any] = {
        "status": Verzendstatus.MISLUKT.value, "geprobeerd": tried, "uitkomst": reden[:500],
    }  # fmt: skip
    if following is not None:
        values |= {
            "status": Verzendstatus.GEPLAND.value, "kanaal": following.kanaal,
            "adres": following.adres, "pogingen": 0, "gepland_op": now(), "kenmerk": "",
        }  # fmt: skip
    else:
        values["klantcontact"] = vastleggen.voor_een_medewerker(notificatie, source, reden)
    adjust(klantnotificaties, notificatie, change, **values)


def teruggemeld(
    kenmerk: str, ingericht: Collection[str], *, gelukt: bool, moment: datetime, reden: str = ""
) -> bool:
    """Note what whoever carried a message says of it; tell whether it is one of ours (M-F26)."""
    row = one("SELECT id FROM output_klantnotificatie WHERE kenmerk = %s", (kenmerk,))
    if row is None:
        return False
    with atomic():
        held = _held(row[0], Verzendstatus.VERZONDEN)
        if held is None:
            return True
        notificatie, change = held
        vastleggen.uitslag(notificatie, gelukt=gelukt)
        source = None if gelukt else herkomst(notificatie)
        if source is not None:
            _elsewhere(notificatie, change, reden or "Niet aangekomen.", source, ingericht)
            return True
        status = Verzendstatus.BEZORGD if gelukt else Verzendstatus.MISLUKT
        adjust(
            klantnotificaties,
            notificatie,
            change,
            status=status.value,
            bezorgd_op=moment if gelukt else None,
            uitkomst="Aangekomen." if gelukt else (reden or "Niet aangekomen.")[:500],
        )
    return True


def opnieuw(actor: Actor, call: Call, ingericht: Collection[str]) -> None:
    """Let a message that reached nobody be sent at once, over whatever channel there is now.

    What fell away before is tried anew: an employee mended it, or thinks so. Conflict, NotFound.
    """
    with atomic():
        notificatie, change = _asked(actor, call, Verzendstatus.MISLUKT, Verzendstatus.ONBEREIKBAAR)
        source = herkomst(notificatie)
        if source is None:
            raise Conflict("Er valt niets meer te melden.")
        first = next(iter(source.keuzes(notificatie, ingericht)), None)
        if first is None:
            raise Conflict("Er is geen kanaal om deze ontvanger langs te bereiken.")
        adjust(
            klantnotificaties,
            notificatie,
            change,
            status=Verzendstatus.GEPLAND.value,
            kanaal=first.kanaal,
            adres=first.adres,
            geprobeerd=[],
            pogingen=0,
            kenmerk="",
            gepland_op=now(),
            uitkomst="Een medewerker laat het opnieuw proberen.",
        )


def laat_vervallen(actor: Actor, call: Call) -> None:
    """Let a message that was not sent yet never be sent; Conflict, NotFound."""
    with atomic():
        adjust(
            klantnotificaties,
            *_asked(actor, call, Verzendstatus.GEPLAND),
            status=Verzendstatus.VERVALLEN.value,
            uitkomst="Een medewerker liet het vervallen.",
        )


def _asked(actor: Actor, call: Call, *statussen: Verzendstatus) -> tuple[Any, Change]:
    """Return the message that an employee asks something of, held; Conflict in another status."""
    if call.key is None:
        raise NotFound
    demand_fresh(actor)
    notificatie = held(klantnotificaties, call.key, actor)
    if notificatie.status not in statussen:
        raise Conflict(f"Het bericht is {Verzendstatus(notificatie.status).label.lower()}.")
    return notificatie, Change(klantnotificaties, actor, "partial_update", call, notificatie)
