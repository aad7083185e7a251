"""Mijn gegevens: how the municipality knows the citizen, and how it reaches him."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.channels.portaal.sessie import citizens_only
from loket.services.mijnservices import profiel

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from loket.kernel.actor import Actor


@require_safe
@citizens_only
def overzicht(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what is known."""
    mijn = profiel.profiel(actor)
    emails, telefoons = (mijn.van(soort) if mijn else () for soort in ("email", "telefoonnummer"))
    shown = {"mijn": mijn, "emails": emails, "telefoons": telefoons}
    return render(request, "portaal/gegevens.html", shown)
