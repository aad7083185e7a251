"""Mijn sporen: who used the citizen's number, when and what for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.channels.portaal.sessie import citizens_only
from loket.channels.portaal.templatetags.sporen import doel, handeling
from loket.services.mijnservices import sporen
from loket.services.mijnservices.sporen import Door

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from loket.kernel.actor import Actor

MOST = 10_000
"""The last page that can be asked for."""


@require_safe
@citizens_only
def overzicht(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show a page of traces, the newest first: those of others, or one's own."""
    if actor.kvk:
        return render(request, "portaal/sporen_bedrijf.html")
    asked = request.GET.get("bladzijde", "1")
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) <= MOST):
        raise Http404
    door = Door.UZELF if request.GET.get("door") == Door.UZELF else Door.ANDEREN
    mijn = sporen.bladzijde(actor, int(asked), door)
    if mijn.nummer > 1 and not mijn.sporen:
        raise Http404
    regels = [(spoor, handeling(spoor.wat), doel(spoor.doel)) for spoor in mijn.sporen]
    shown = {
        "mijn": mijn, "regels": regels, "eigen": door is Door.UZELF,
        "toon": "door=uzelf&" if door is Door.UZELF else "",
    }  # fmt: skip
    return render(request, "portaal/sporen.html", shown)
