"""Messages that were planned and sent: found, followed, tried again, or let be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from loket.grammar import codec
from loket.kernel.problems import NotFound, Problem
from loket.ledger.database import fetch, one, rows
from loket.registers.output.klantnotificatie import klantnotificaties
from loket.registers.output.waarden import Outputkanaal, Verzendstatus
from loket.services.output import opdrachten
from loket.site.beheer import actor_of
from loket.site.output import woorden
from loket.site.output.deur import call, done, page, refused, shown
from loket.site.output.rechten import BERICHTEN, BERICHTEN_WIJZIGEN
from loket.site.output.zoeken import SIZE, gevonden, gevraagd

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

_ABOUT: Final = """
SELECT z.identificatie, s.naam, s.id, r.naam, k.referentienummer, k.kanaal
FROM output_klantnotificatie n
LEFT JOIN output_outputregel r ON r.id = n.regel_id
LEFT JOIN output_sjabloon s ON s.id = r.sjabloon_id
LEFT JOIN zaken_zaak z ON z.id = substring(n.hoofd_object FROM '/zaken/([0-9a-f-]{36})$')::uuid
LEFT JOIN klantinteracties_klantcontact k ON k.id = nullif(right(n.klantcontact, 36), '')::uuid
WHERE n.id = %s
"""
_LIFE: Final = """
SELECT moment, coalesce(nullif(user_label, ''), user_id), nieuw FROM ledger_event
WHERE key = %s AND actie <> 'destroy' ORDER BY position
"""
STAPPEN: Final = {
    "opnieuw": (opdrachten.opnieuw, "Het bericht wordt opnieuw geprobeerd."),
    "vervallen": (opdrachten.vervallen, "Het bericht wordt niet verzonden."),
}
OPNIEUW: Final = (Verzendstatus.MISLUKT, Verzendstatus.ONBEREIKBAAR)


@page(BERICHTEN)
def berichten(request: HttpRequest) -> HttpResponse:
    """Show the messages that are sought, the newest first."""
    vraag = gevraagd(request.GET)
    found = gevonden(vraag)
    last = found[SIZE - 1]["id"] if len(found) > SIZE else None
    kept = {name: value for name, value in vraag.asked.items() if value}
    return shown(
        request,
        "berichten",
        "Verzonden berichten",
        berichten=[_in_words(each) for each in found[:SIZE]],
        vraag=vraag,
        statussen=[*Verzendstatus.choices, ("niet_aangekomen", "Mislukt of niemand te bereiken")],
        kanalen=Outputkanaal.choices,
        nieuwste=f"?{urlencode(kept)}" if vraag.na else "",
        ouder=f"?{urlencode({**kept, 'na': last})}" if last else "",
    )


def _in_words(each: dict[str, Any]) -> dict[str, Any]:
    return {
        **each,
        "wat": woorden.gebeurtenis(each["gebeurtenis"]),
        "waarover": woorden.waarover(each["hoofd_object"], each["zaaknummer"]),
        "kanaal_naam": woorden.kanaal(each["kanaal"]),
        "naar": woorden.ontvanger(each["kanaal"], each["adres"]),
        "status_naam": woorden.status(each["status"]),
    }


@page(BERICHTEN)
def bericht(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the whole life of one message."""
    found: Any = fetch(klantnotificaties.record, key)
    if found is None:
        raise Http404
    zaaknummer, sjabloon, sjabloon_id, regel, contact, contactkanaal = one(_ABOUT, (key,))
    waarover = woorden.waarover(found.hoofd_object, zaaknummer)
    return shown(
        request,
        "bericht",
        f"{found.get_gebeurtenis_display()}: {waarover}",
        bericht=found,
        waarover=waarover,
        naar=woorden.ontvanger(found.kanaal, found.adres),
        kanaal=woorden.kanaal(found.kanaal),
        status_naam=woorden.status(found.status),
        taal=woorden.taal(found.taal),
        regel=regel,
        sjabloon=sjabloon,
        sjabloon_id=sjabloon_id,
        leven=_life(key),
        afgevallen=[(woorden.kanaal(e["kanaal"]), e["reden"]) for e in found.geprobeerd],
        contact=contact,
        contactkanaal=contactkanaal,
        contact_key=found.klantcontact.rpartition("/")[2],
        kan_opnieuw=found.status in OPNIEUW,
        kan_vervallen=found.status == Verzendstatus.GEPLAND,
    )


def _life(key: UUID) -> list[dict[str, Any]]:
    """Return what became of a message, step by step, as the ledger holds it."""
    return [_step(*row) for row in rows(_LIFE, (key,))]


def _step(moment: Any, wie: str, nieuw: str | None) -> dict[str, Any]:
    said = codec.decode(nieuw) if nieuw else {}
    status = said.get("status")
    return {
        "moment": moment,
        "wie": wie,
        "status": status or "",
        "status_naam": woorden.status(status) if status else "De inhoud is vernietigd",
        "kanaal": woorden.kanaal(said.get("kanaal") or ""),
        "uitkomst": said.get("uitkomst") or "",
        "pogingen": said.get("pogingen") or 0,
    }


@page(BERICHTEN_WIJZIGEN)
@require_POST
def stap(request: HttpRequest, key: UUID, naam: str) -> HttpResponse:
    """Do what an employee asks of a message."""
    if naam not in STAPPEN:
        raise Http404
    command, said = STAPPEN[naam]
    try:
        command.run(actor_of(request), call(key))
    except NotFound:
        raise Http404 from None
    except Problem as problem:
        return refused(request, reverse("output:bericht", args=[key]), problem)
    done(request, said)
    return redirect("output:bericht", key)
