"""Mijn zaken: the overview of a citizen's zaken, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.channels.portaal.sessie import citizens_only
from loket.kernel import clock
from loket.kernel.problems import NotFound
from loket.services.mijnservices import zaken

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from loket.kernel.actor import Actor


@require_safe
@citizens_only
def overzicht(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the running and the finished zaken."""
    mijn = zaken.overzicht(actor)
    return render(
        request,
        "portaal/zaken.html",
        {
            "lopend": mijn.lopend,
            "afgerond": mijn.afgerond,
            "elders": any(regel.organisatienaam for regel in (*mijn.lopend, *mijn.afgerond)),
        },
    )


@require_safe
@citizens_only
def detail(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Show one zaak; what is another's looks the same as what does not exist."""
    try:
        zaak = zaken.detail(actor, uuid)
    except NotFound as not_found:
        raise Http404 from not_found
    return render(
        request,
        "portaal/zaak.html",
        {"zaak": zaak, "regel": zaak.regel, "te_laat": zaak.te_laat(clock.today())},
    )
