"""Mijn zaken: the overview of a citizen's zaken, one of them, and asking to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.channels.portaal.sessie import citizens_only
from loket.grammar.resource import Call
from loket.kernel import clock
from loket.kernel.problems import Conflict, Invalid, NotFound
from loket.services.mijnservices import federatie, zaken
from loket.services.mijnservices import intrekken as stoppen
from loket.services.mijnservices.reageren import LANGSTE_TEKST

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
            "organisaties": federatie.elders(actor),
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


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
def intrekken(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Say what asking to stop a zaak means, and ask it for who says so."""
    reden, fouten = request.POST.get("reden", ""), list[str]()
    try:
        zaak = stoppen.in_te_trekken(actor, uuid)
        if request.method == "POST":
            stoppen.zaak_intrekken(actor, uuid, reden, Call(""))
            messages.success(request, _("Wij hebben uw verzoek ontvangen. U hoort snel van ons."))
            return redirect("portaal:zaak", uuid)
    except NotFound as not_found:
        raise Http404 from not_found
    except Conflict as conflict:
        messages.warning(request, conflict.detail)
        return redirect("portaal:zaak", uuid)
    except Invalid as invalid:
        fouten = [fault.reason for fault in invalid.faults]
    shown = {"regel": zaak.regel, "reden": reden, "fouten": fouten, "langst": LANGSTE_TEKST}
    return render(request, "portaal/intrekken.html", shown)


@require_POST
@citizens_only
def doorgaan(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Come back on a request to stop a zaak."""
    try:
        stoppen.toch_doorgaan(actor, uuid, Call(""))
    except NotFound as not_found:
        raise Http404 from not_found
    except Conflict as conflict:
        messages.warning(request, conflict.detail)
    else:
        messages.success(request, _("Wij trekken uw aanvraag niet in. De zaak loopt door."))
    return redirect("portaal:zaak", uuid)
