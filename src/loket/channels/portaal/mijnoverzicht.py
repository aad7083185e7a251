"""Mijn overzicht: where one arrives, with what asks attention now; and searching in one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from loket.channels.portaal.sessie import citizens_only
from loket.kernel.problems import NotFound
from loket.services.mijnservices import overzicht, zoeken
from loket.services.mijnservices.zoeken import Soort

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from loket.kernel.actor import Actor

MOST = 1_000
"""The last page that can be asked for."""

KOPPEN = {
    Soort.ZAKEN: (_("Zaken"), "portaal:zaak"),
    Soort.BESLUITEN: (_("Besluiten"), "portaal:zaak"),
    Soort.TAKEN: (_("Taken"), "portaal:taak"),
    Soort.BERICHTEN: (_("Berichten"), "portaal:bericht"),
    Soort.DOCUMENTEN: (_("Documenten"), "portaal:document_lezen"),
    Soort.CONTACTMOMENTEN: (_("Contactmomenten"), "portaal:contactmoment"),
}
"""What each kind is called, and which page shows one."""


@require_safe
@citizens_only
def pagina(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what asks attention."""
    return render(request, "portaal/overzicht.html", {"mijn": overzicht.overzicht(actor)})


@require_safe
@citizens_only
def zoek(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Search, and show what was found by kind; or all of one kind, in pages."""
    tekst = request.GET.get("q", "").strip()
    soort, bladzijde = _soort(request), _bladzijde(request)
    try:
        groepen = zoeken.zoek(actor, tekst, soort, bladzijde)
    except NotFound as not_found:
        raise Http404 from not_found
    found = [(groep, *KOPPEN[groep.soort]) for groep in groepen]
    shown = {
        "q": tekst,
        "gevraagd": "q" in request.GET,
        "fout": "q" in request.GET and not zoeken.woorden(tekst),
        "kortst": zoeken.KORTST,
        "langst": zoeken.LANGST,
        "groepen": found,
        "aantal": sum(groep.aantal for groep in groepen),
        "soort": soort,
        "bladzijde": bladzijde,
        "volgende": soort and any(groep.aantal > bladzijde * zoeken.PAGE for groep in groepen),
    }
    return render(request, "portaal/zoeken.html", shown)


def _soort(request: HttpRequest) -> Soort | None:
    asked = request.GET.get("soort")
    if asked is None:
        return None
    try:
        return Soort(asked)
    except ValueError:
        raise Http404 from None


def _bladzijde(request: HttpRequest) -> int:
    asked = request.GET.get("bladzijde", "1")
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) <= MOST):
        raise Http404
    return int(asked) if "soort" in request.GET else 1
