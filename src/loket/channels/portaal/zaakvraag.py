"""A question about a zaak: asked here, answered by an employee, and seen among the contacten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loket.channels.portaal import fouten
from loket.channels.portaal.antwoord import belofte
from loket.channels.portaal.bladzijden import gevonden
from loket.channels.portaal.sessie import citizens_only
from loket.grammar.resource import Call
from loket.kernel.problems import Conflict, Invalid
from loket.services.mijnservices import reageren

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from loket.kernel.actor import Actor


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
def stellen(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Let somebody ask something about his zaak."""
    asked = {name: request.POST.get(name, "") for name in ("onderwerp", "tekst")}
    shown: dict[str, Any] = {
        **asked, "fouten": (),
        "langst": reageren.LANGSTE_TEKST, "langst_onderwerp": reageren.LANGSTE_ONDERWERP,
    }  # fmt: skip
    status = 200
    with gevonden():
        if request.method == "POST":
            try:
                made = reageren.stel_vraag(actor, uuid, **asked, call=Call(""))
            except (Invalid, Conflict) as problem:
                shown["fouten"], status = fouten.van(problem), problem.status
            else:
                said = _("Uw vraag is verstuurd. %s") % belofte(made.uiterlijk)
                messages.success(request, said)
                return redirect("portaal:contactmoment", made.contact)
        shown["zaak"], shown["termijn"] = reageren.om_te_vragen(actor, uuid)
    return render(request, "portaal/zaak_vraag.html", shown, status=status)
