"""Mijn gegevens: who one is to the base registers, how the municipality knows and reaches one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.channels.portaal import bronnen
from loket.channels.portaal.sessie import citizens_only
from loket.services.mijnservices import persoonsgegevens, profiel
from loket.services.mijnservices.profiel_wijzigen import kan_code

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from loket.kernel.actor import Actor


@require_safe
@citizens_only
def overzicht(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what is known."""
    mijn = profiel.profiel(actor)
    emails, telefoons = (mijn.van(soort) if mijn else () for soort in ("email", "telefoonnummer"))
    shown = {
        "bron": bronnen.blok(persoonsgegevens.gegevens(actor)),
        "mijn": mijn,
        "emails": emails,
        "telefoons": telefoons,
        "te_controleren": [each.uuid for each in (*emails, *telefoons) if kan_code(each)],
    }
    return render(request, "portaal/gegevens.html", shown)
