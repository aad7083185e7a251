"""For which vestiging somebody of a company acts: all of it, or one that the municipality knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from loket.channels.portaal import sessie
from loket.channels.portaal.volgende import volgende
from loket.services.mijnservices.inloggen import vestigingen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from loket.kernel.actor import Actor


@require_http_methods(["GET", "HEAD", "POST"])
@sessie.citizens_only
def kiezen(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Let somebody choose, unless eHerkenning lets him act for one vestiging only."""
    held = sessie.known(request) or {}
    if not actor.kvk or held["vast"]:
        raise Http404
    known = vestigingen.bekend(actor.kvk)
    chosen = request.POST.get("vestiging")
    allowed = {"", *(each.nummer for each in known)}
    if request.method == "POST" and chosen in allowed:
        sessie.choose(request, chosen)
        return redirect(volgende(request))
    shown = {"vestigingen": known, "gekozen": actor.vestiging, "fout": request.method == "POST"}
    status = 400 if shown["fout"] else 200
    return render(request, "portaal/vestiging.html", shown, status=status)
