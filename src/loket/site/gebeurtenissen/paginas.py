"""The list of events, the life of one, and setting going again what is stuck."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from loket.grammar.codec import decode
from loket.ledger import deliveries, dispatch
from loket.ledger.database import atomic, one
from loket.site.gebeurtenissen import lezen, woorden
from loket.site.gebeurtenissen.deur import (
    BEKIJKEN,
    HERSTELLEN,
    done,
    mag_herstellen,
    page,
    refused,
    shown,
)
from loket.site.gebeurtenissen.vraag import gevraagd, zoek
from loket.site.output import rechten

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

MOST = 2**63 - 1
"""The highest number that the ledger can hold."""


@page(BEKIJKEN)
def lijst(request: HttpRequest) -> HttpResponse:
    """Show what happened, the newest first."""
    vraag = gevraagd(request.GET.dict())
    found = zoek(vraag)
    asked = {name: value for name, value in vraag.asked.items() if value}

    def address(**more: int) -> str:
        return f"?{urlencode({**asked, **more})}"

    return shown(
        request,
        "lijst",
        "Gebeurtenissen",
        vraag=vraag,
        regels=found.regels,
        soorten=woorden.soorten(),
        nieuwste=address() if vraag.voor or vraag.na else "",
        nieuwer=address(na=found.nieuwer) if found.nieuwer else "",
        ouder=address(voor=found.ouder) if found.ouder else "",
    )


@page(BEKIJKEN)
def leven(request: HttpRequest, positie: int) -> HttpResponse:
    """Show what became of one event: who was told, when, and how it went."""
    event = _event(positie)
    told, reachable = lezen.afnemers(positie)
    before, after = lezen.rondom(event["hoofd_key"], positie)
    kenmerken = decode(event["kenmerken"])
    return shown(
        request,
        "gebeurtenis",
        f"Gebeurtenis {positie}",
        gebeurtenis=event,
        kenmerken=sorted(kenmerken.items()) if isinstance(kenmerken, dict) else [],
        bladzijde=lezen.bladzijde(event, request.user),
        afleveringen=told,
        vast=sum(each.staat == "vast" for each in told),
        afnemers=reachable,
        eerder=before,
        later=after,
        berichten=lezen.berichten(positie),
        mag_berichten=rechten.mag(request.user, rechten.BERICHTEN),
        mag_herstellen=mag_herstellen(request),
    )


@page(HERSTELLEN)
@require_POST
def opnieuw(request: HttpRequest, positie: int, nummer: int) -> HttpResponse:
    """Let one delivery of an event be tried again at once."""
    sql = "SELECT 1 FROM ledger_delivery WHERE id = %s AND position = %s"
    if max(positie, nummer) > MOST or one(sql, (nummer, positie)) is None:
        raise Http404
    if dispatch.release(nummer):
        log.info("%s released delivery %s", request.user, nummer)
        done(request, "De aflevering wordt meteen opnieuw geprobeerd.")
    else:
        refused(request, "Deze aflevering zat niet meer vast. Er is niets gewijzigd.")
    return redirect("gebeurtenissen:gebeurtenis", positie)


@page(HERSTELLEN)
def herhalen(request: HttpRequest, positie: int) -> HttpResponse:
    """Say what delivering again from an event on would be, and do it."""
    event = _event(positie)
    asked: Any = request.POST if request.method == "POST" else request.GET
    reachable = {each.naam: each for each in lezen.afnemers(positie)[1]}
    who = reachable.get(asked.get("afnemer", ""))
    if who is None or not deliveries.known(who.naam):
        raise Http404
    if request.method == "POST":
        number = dispatch.replay(who.naam, positie, _until(asked.get("tot", ""), positie))
        log.info("%s replayed %s deliveries to %s", request.user, number, who.naam)
        what = "aflevering wordt" if number == 1 else "afleveringen worden"
        done(request, f"{number} {what} herhaald: {who.woorden}.")
        return redirect("gebeurtenissen:gebeurtenis", positie)
    with atomic():
        size = dispatch.extent(who.naam, positie)
    return shown(
        request,
        "herhalen",
        "Herhalen",
        gebeurtenis=event,
        afnemer=who,
        omvang=size,
        van_het_huis=who.naam in woorden.HUIS,
    )


def _event(positie: int) -> dict[str, Any]:
    found = lezen.gebeurtenis(positie) if positie <= MOST else None
    if found is None:
        raise Http404
    return found


def _until(raw: str, positie: int) -> int | None:
    """Return the last event of those that were counted on the page."""
    plain = raw.isascii() and raw.isdigit() and len(raw) <= 18
    return int(raw) if plain and int(raw) >= positie else None
