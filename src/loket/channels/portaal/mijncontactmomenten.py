"""Mijn contactmomenten: what was said, and to say that it is not right (M47-M49, K7)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loket.channels.portaal import fouten
from loket.channels.portaal.antwoord import belofte
from loket.channels.portaal.bladzijden import gevonden, gevraagd
from loket.channels.portaal.sessie import citizens_only
from loket.grammar.resource import Call
from loket.kernel.problems import Conflict, Invalid
from loket.services.mijnservices import contactmomenten, reageren

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from loket.kernel.actor import Actor


@require_safe
@citizens_only
def overzicht(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show a page of the contactmomenten, the newest first, or of those about one zaak."""
    nummer, asked = gevraagd(request), request.GET.get("zaak")
    with gevonden():
        if asked is None:
            zaak, mijn = None, contactmomenten.overzicht(actor, nummer)
        else:
            zaak, mijn = contactmomenten.bij_zaak(actor, _key(asked), nummer)
    shown = {"mijn": mijn, "zaak": zaak, "toon": f"zaak={zaak.uuid}&" if zaak else ""}
    return render(request, "portaal/contactmomenten.html", shown)


@require_safe
@citizens_only
def detail(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Show one contactmoment, with what was recorded of it before."""
    with gevonden():
        contact = contactmomenten.detail(actor, uuid)
    shown = {"contact": contact, "regel": contact.regel}
    return render(request, "portaal/contactmoment.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
def klopt_niet(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Let somebody say what is not right, once at a time."""
    shown: dict[str, Any] = {"tekst": "", "fouten": (), "langst": reageren.LANGSTE_TEKST}
    status = 200
    with gevonden():
        if request.method == "POST":
            shown["tekst"] = request.POST.get("tekst", "")
            try:
                made = reageren.vraag_verbetering(actor, uuid, shown["tekst"], Call(""))
            except (Invalid, Conflict) as problem:
                shown["fouten"], status = fouten.van(problem), problem.status
            else:
                said = _("Uw verzoek om verbetering is verstuurd. %s")
                messages.success(request, said % belofte(made.uiterlijk))
                return redirect("portaal:contactmoment", uuid)
        contact = contactmomenten.detail(actor, uuid)
    if not contact.verbetering_kan and not shown["fouten"]:
        return redirect("portaal:contactmoment", uuid)
    shown |= {"contact": contact, "regel": contact.regel}
    return render(request, "portaal/klopt_niet.html", shown, status=status)


def _key(asked: str) -> UUID:
    try:
        return UUID(asked)
    except ValueError as no_key:
        raise Http404 from no_key
