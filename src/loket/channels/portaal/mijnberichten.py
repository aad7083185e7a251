"""Mijn berichten: what the municipality wrote, one bericht, and the reply to it (M44, M45)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.channels.portaal import fouten, opmaak
from loket.channels.portaal.antwoord import belofte
from loket.channels.portaal.bladzijden import gevonden, gevraagd
from loket.channels.portaal.sessie import citizens_only
from loket.grammar.resource import Call
from loket.kernel.problems import Conflict, Invalid
from loket.services.mijnservices import berichten, reageren

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from loket.channels.portaal.fouten import Fout
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.berichten import BerichtDetail

ONGELEZEN = "ongelezen"


@require_safe
@citizens_only
def overzicht(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show a page of the berichten, the newest first, or of those that are unread."""
    alleen = request.GET.get("toon") == ONGELEZEN
    with gevonden():
        postvak = berichten.postvak(actor, gevraagd(request), ongelezen_alleen=alleen)
    shown = {
        "mijn": postvak.bladzijde,
        "ongelezen": postvak.ongelezen,
        "alleen": alleen,
        "toon": f"toon={ONGELEZEN}&" if alleen else "",
    }
    return render(request, "portaal/berichten.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
def detail(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Show one bericht, which is then read; or take the reply to it."""
    with gevonden():
        if request.method == "POST":
            return _reageer(request, actor, uuid)
        lees = berichten.lees if _opened(request) else berichten.detail
        return _toon(request, lees(actor, uuid))


@require_POST
@citizens_only
def ongelezen(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Let a bericht be unread again."""
    with gevonden():
        berichten.leg_terug(actor, uuid)
    messages.success(request, _("Het bericht staat weer bij de ongelezen berichten."))
    return redirect("portaal:berichten")


def _opened(request: HttpRequest) -> bool:
    """Tell whether somebody looks at it: a browser that only fetches ahead does not."""
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    return request.method == "GET" and not ahead


def _reageer(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    tekst = request.POST.get("tekst", "")
    try:
        made = reageren.beantwoord(actor, uuid, tekst, Call(""))
    except (Invalid, Conflict) as problem:
        found = berichten.detail(actor, uuid)
        return _toon(request, found, tekst, fouten.van(problem), problem.status)
    messages.success(request, _("Uw reactie is verstuurd. %s") % belofte(made.uiterlijk))
    return redirect("portaal:bericht", uuid)


def _toon(
    request: HttpRequest,
    found: BerichtDetail,
    tekst: str = "",
    wrong: Sequence[Fout] = (),
    status: int = 200,
) -> HttpResponse:
    shown = {
        "bericht": found,
        "regel": found.regel,
        "inhoud": opmaak.html(found.tekst),
        "tekst": tekst,
        "fouten": wrong,
        "langst": reageren.LANGSTE_TEKST,
    }
    return render(request, "portaal/bericht.html", shown, status=status)
